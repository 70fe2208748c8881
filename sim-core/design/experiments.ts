import type { Distribution, Identified, Origin, ParameterValue } from './values.ts';

/** A network on data, analyses that need neither, or both. */
export interface ExperimentDesign extends Identified {
  /** `NetworkDesign.name`; undefined where the experiment consists of analyses alone. */
  readonly network?: string;
  /** `DatasetDesign.name`; present with a network. */
  readonly data?: string;
  readonly seed: number;
  readonly train?: TrainingDesign;
  /** Weights to start from instead of random ones. */
  readonly weights?: { readonly file: string; readonly origin?: Origin };
  readonly infer?: InferenceDesign;
  readonly transient?: TransientDesign;
  readonly sweep?: SweepDesign;
  /** Figures that open by themselves; absent where there are none. */
  readonly plots?: readonly PlotDesign[];
  /** What is computed without a network, in order. */
  readonly analyses: readonly AnalysisDesign[];
  readonly expectations: readonly ExpectationDesign[];
}

/** Waveforms of some signals in one figure; probes record them. */
export interface PlotDesign {
  readonly signals: InferenceDesign['probes'];
  readonly origin?: Origin;
}

/** An analysis without a network. Its `name` begins the names of its tables and measurements. */
export type AnalysisDesign = CharacterizationDesign | SolveDesign;

/** Drives devices of one kind with stimuli; each stimulus begins with fresh devices. */
export interface CharacterizationDesign extends Identified {
  readonly kind: 'characterize';
  /** `DeviceDesign.name`. */
  readonly device: string;
  /** Voltage at which conductances are read, without disturbing the device; undefined: its crossbar's, or 0.1 V. */
  readonly vRead?: number;
  /** Values of states to start from, by name; what is left out starts where the model has it. */
  readonly initial: Readonly<Record<string, number>>;
  readonly variations: readonly VariationDesign[];
  readonly stimuli: readonly StimulusDesign[];
}

/** A parameter of the device's compact model that differs between devices, or with each pulse of a device. */
export interface VariationDesign {
  readonly parameter: string;
  readonly spread: Distribution;
  readonly each: 'device' | 'pulse';
  readonly origin?: Origin;
}

/** Its `name` follows the analysis's in the names of tables and measurements. */
export type StimulusDesign = WaveDesign | PulsesDesign | ProgrammingDesign;

export interface WaveDesign extends Identified {
  readonly kind: 'sine' | 'triangle';
  /** Volts, peak. */
  readonly amplitude: number;
  /** Hertz. */
  readonly frequency: number;
  readonly periods: number;
  /** Evenly spaced samples of each period. */
  readonly samples: number;
}

/** Trains of pulses one after another, on some devices. */
export interface PulsesDesign extends Identified {
  readonly kind: 'pulses';
  readonly trains: readonly PulseTrainDesign[];
  /** How often the trains follow one another. */
  readonly cycles: number;
  /** Seconds at 0 V after each pulse. */
  readonly gap: number;
  readonly devices: number;
}

/** Write–verify: pulses towards a conductance until a read is near enough. */
export interface ProgrammingDesign extends Identified {
  readonly kind: 'program';
  /** Conductances in siemens, one group of devices for each. */
  readonly targets: readonly number[];
  /** The pulse that raises the conductance, and the one that lowers it. */
  readonly potentiate: PulseDesign;
  readonly depress: PulseDesign;
  /** Volts at the gate of the first raising pulse, and how much more at each further one. */
  readonly gate?: { readonly start: number; readonly step: number };
  /** Seconds at 0 V after each pulse. */
  readonly gap: number;
  /** Accepted deviation, relative to the target. */
  readonly tolerance: number;
  readonly mostPulses: number;
  /** Seconds from programming to the read, of a statistical model; undefined: the earliest time that it knows. */
  readonly readAfter?: number;
  /** Devices to each target. */
  readonly devices: number;
}

/** A rectangular voltage pulse. */
export interface PulseDesign {
  /** Volts. */
  readonly amplitude: number;
  /** Seconds. */
  readonly width: number;
}

export interface PulseTrainDesign extends PulseDesign {
  readonly count: number;
}

/** The static state of a crossbar under vectors of voltages, with all its wires. */
export interface SolveDesign extends Identified {
  readonly kind: 'solve';
  /** `CrossbarDesign.name`: its wires, drivers and read-out. */
  readonly crossbar: string;
  /** Of the cells, word lines by bit lines. */
  readonly cells: MatrixDesign & { readonly quantity: 'conductance' | 'resistance' };
  /** Volts at the word lines, one vector in each row; a line may float. */
  readonly drive: MatrixDesign;
  /** Volts behind the read-outs of the bit lines: one vector for all, or as many as `drive` has; undefined is 0 V. */
  readonly bitDrive?: MatrixDesign;
  /** Drive vectors, where `drive` is no file. */
  readonly vectors: number;
  /** For which vectors all voltages and currents within the array are kept. */
  readonly details: 'none' | 'first' | 'all';
  /** What a terminal writes the tables as. */
  readonly files: 'both' | 'csv' | 'npy';
  /** What NaN means in a binary file of voltages. */
  readonly nan: 'error' | 'floating';
  /** What a conductance of 0 means: a mistake, or a cell without a device. */
  readonly zero: 'error' | 'open';
}

/** Numbers of a file, or one number or random ones throughout. */
export type MatrixDesign =
  | { readonly kind: 'file'; readonly file: string; readonly origin?: Origin }
  | { readonly kind: 'value'; readonly value: number | Distribution };

export interface TrainingDesign {
  readonly optimizer:
    | {
        readonly kind: 'adam';
        readonly rate: number;
        readonly beta1: number;
        readonly beta2: number;
        readonly epsilon: number;
      }
    | { readonly kind: 'sgd'; readonly rate: number; readonly momentum: number }
    | { readonly kind: 'rmsprop'; readonly rate: number; readonly decay: number; readonly epsilon: number };
  readonly epochs: number;
  readonly batch: number;
  readonly loss: 'mse' | 'mae' | 'crossEntropy';
  /** Largest Euclidean norm of the whole gradient. */
  readonly clip?: number;
  /** Stops after so many epochs without a lower validation loss and keeps the best weights. */
  readonly patience?: number;
  /** Share of the training samples, from their end, held out for early stopping. */
  readonly validation: number;
  /** Sequences in random order in each epoch. */
  readonly shuffle: boolean;
  /** `HardwareDesign.name`: train through this hardware, its errors drawn anew for each batch. */
  readonly on?: string;
}

export interface InferenceDesign {
  /** `HardwareDesign.name` of each binding to evaluate beside the ideal network. */
  readonly hardware: readonly string[];
  readonly trials: number;
  /** Signals to record, such as `rnn.i`; empty: every equation and state of every cell. */
  readonly probes: readonly { readonly signal: string; readonly origin?: Origin }[];
}

/** Continuous time: the first time steps of one test sample through the circuits of the first trial. */
export interface TransientDesign {
  /** `HardwareDesign.name` of each binding to simulate. */
  readonly hardware: readonly string[];
  readonly steps: number;
  /** Number of the test sample. */
  readonly sample: number;
  /** Accepted error, relative to the voltage that stands for 1. */
  readonly tolerance: number;
  /** Whether the devices of the crossbars keep their states, or move under the voltages that they are read with. */
  readonly devices: 'static' | 'dynamic';
  /** Whether resistors and circuits make noise. */
  readonly noise: boolean;
  /** What to record; empty: every equation and state of every cell. */
  readonly probes: readonly CircuitProbeDesign[];
  /** Durations in seconds that replace the schedule's, of the phases at whose end a signal is sampled or read. */
  readonly phases: readonly {
    readonly signal: string;
    readonly duration: number;
    readonly origin?: Origin;
  }[];
  readonly origin?: Origin;
}

/**
 * A quantity of a circuit: the voltage at a signal or node, `rnn.i.pair`; the current into a capacitor or out of bit
 * lines; the power of a circuit, a layer or bit lines; the conductance or the states of the devices of a gate's operand,
 * `rnn.i.x`.
 */
export interface CircuitProbeDesign {
  readonly quantity: 'voltage' | 'current' | 'power' | 'conductance' | 'state';
  readonly signal: string;
  readonly origin?: Origin;
}

/** One parameter of a device, crossbar, block or hardware binding. */
export interface ParameterPath {
  readonly owner: string;
  readonly parameter: string;
}

export interface SweepDesign {
  readonly path: ParameterPath;
  /** Each with the text that the user wrote for it. */
  readonly values: readonly { readonly text: string; readonly value: ParameterValue }[];
  readonly origin?: Origin;
}

export interface ExpectationDesign {
  /** As written, for example `rmse.test < 70`. */
  readonly text: string;
  /**
   * `rmse.test` is the ideal network's; `NAME.rmse.test` the mean over the trials on hardware NAME; else the name of a
   * measurement of an analysis.
   */
  readonly metric: string;
  readonly comparator: '<' | '<=' | '>' | '>=';
  readonly value: number;
  readonly origin?: Origin;
}
