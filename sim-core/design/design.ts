/**
 * `Design`: the contract between the language and the engine.
 *
 * One plain, versioned, JSON-able value that says all that a `.loom` file and its imports say: numbers in SI
 * base units, names resolved, defaults filled in, nothing left to parse. Sizes stay symbolic (a cell is written
 * once for every number of units); {@link compileNetwork} binds them. Every node carries a stable `id` and the source
 * range that it came from, so that an error, a wave or a heat-map cell can jump to its text and back.
 */
export const designVersion = 1;

export interface Design {
  readonly version: typeof designVersion;
  readonly devices: readonly DeviceDesign[];
  readonly crossbars: readonly CrossbarDesign[];
  readonly blocks: readonly BlockDesign[];
  readonly cells: readonly CellDesign[];
  readonly hardware: readonly HardwareDesign[];
  readonly networks: readonly NetworkDesign[];
  readonly datasets: readonly DatasetDesign[];
  readonly experiments: readonly ExperimentDesign[];
}

/** A zero-based place in a text, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The source range that a node of the design came from. */
export interface Origin {
  /** URI of the file. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Every node of a design can be found again: by `id` in results and views, by `origin` in the text. */
export interface Identified {
  /** Stable and unique in the design, for example `cell:Lstm/i` or `network:Forecast/rnn`. */
  readonly id: string;
  readonly name: string;
  readonly origin?: Origin;
}

// ---- Values -----------------------------------------------------------------------------------------------------

/**
 * A random quantity. Absolute: `value = mean + sigma·ξ` in the unit of the quantity. Relative (written with a
 * percentage): `value = mean·(1 + sigma·ξ)`, where the mean of a device property is the conductance concerned.
 * `gaussian`: ξ ~ N(0, 1). `uniform`: ξ ~ U(-1, 1), so that `sigma` is the half width.
 * `lognormal`: `value = mean·exp(sigma·ξ)`, ξ ~ N(0, 1); `loguniform`: the same with ξ ~ U(-1, 1); both always relative.
 */
export interface Distribution {
  readonly kind: 'distribution';
  readonly shape: 'gaussian' | 'uniform' | 'lognormal' | 'loguniform';
  readonly mean: number;
  readonly sigma: number;
  readonly relative: boolean;
}
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
}
export interface RangeValue {
  readonly kind: 'range';
  readonly low: number;
  readonly high: number;
}
/** A word out of a fixed choice, such as `voltage` or `rows`. */
export interface WordValue {
  readonly kind: 'word';
  readonly value: string;
}
export type ParameterValue = NumberValue | Distribution | RangeValue | WordValue;
/**
 * Parameters by name, SI base units; percentages as fractions. In equations a range parameter `rails` is referred to
 * as `rails.low` and `rails.high`.
 */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** `constant + Σ coefficient·dimension`, for example `2 m + 1`. */
export interface Size {
  readonly constant: number;
  readonly terms: Readonly<Record<string, number>>;
}

// ---- Equations --------------------------------------------------------------------------------------------------

/** Elementwise functions of one argument. */
export type UnaryFunction =
  | 'negate'
  | 'sigmoid'
  | 'hardSigmoid'
  | 'tanh'
  | 'relu'
  | 'exp'
  | 'ln'
  | 'sqrt'
  | 'abs'
  | 'sinh'
  | 'cosh'
  | 'sign'
  | 'step'
  /** To the nearest integer; its derivative counts as 1 (straight through). */
  | 'round';
export type BinaryFunction = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'minimum' | 'maximum';

/** One typed expression of an equation. Vectors combine elementwise; numbers broadcast. */
export type Expression =
  | { readonly op: 'number'; readonly value: number; readonly origin?: Origin }
  /** The value of an input, state, equation, parameter or local; `next` when it is written with a prime (`c'`). */
  | { readonly op: 'reference'; readonly name: string; readonly next: boolean; readonly origin?: Origin }
  | { readonly op: 'unary'; readonly fn: UnaryFunction; readonly of: Expression; readonly origin?: Origin }
  | {
      readonly op: 'binary';
      readonly fn: BinaryFunction;
      readonly left: Expression;
      readonly right: Expression;
      readonly origin?: Origin;
    }
  /** Limits `of` to `low .. high`. */
  | {
      readonly op: 'clamp';
      readonly of: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly origin?: Origin;
    }
  /**
   * A crossbar product `Σ W_operand · operand`, one column group, one row group per operand. `label` names the
   * weight block: `GATE.label` within the cell, as in `i.x`, `i.h`, `i.bias`. An operand that is the number 1 is a bias.
   */
  | {
      readonly op: 'vmm';
      readonly id: string;
      readonly operands: readonly WeightedOperand[];
      readonly origin?: Origin;
    }
  /** A diagonal product `w ∘ operand` with one weight per unit, which also lives in the crossbar. */
  | {
      readonly op: 'peephole';
      readonly id: string;
      readonly operand: WeightedOperand;
      readonly origin?: Origin;
    };

export interface WeightedOperand {
  /** Name of the weight block within its cell, `GATE.OPERAND`; unique in the cell. */
  readonly weights: string;
  readonly value: Expression;
  /** Size of the operand; `{ constant: 1 }` for a bias. */
  readonly size: Size;
}

export interface Equation extends Identified {
  /** `name` is defined by `value`; with `next`, the state `name` takes it at the end of the time step. */
  readonly next: boolean;
  readonly value: Expression;
  readonly size: Size;
}

// ---- Devices, crossbars, blocks -----------------------------------------------------------------------------------

export interface DeviceDesign extends Identified {
  /** Name of a compact model of the catalogue, or `equations` for a model that the user wrote. */
  readonly model: string;
  /** The model's own parameters, SI, defaults filled in. */
  readonly parameters: Parameters;
  /** State equations of the user's own model. */
  readonly equations?: DeviceEquations;
  /** What the array of such devices adds to the ideal device. */
  readonly array: DeviceArrayProperties;
}

export interface DeviceEquations {
  readonly voltage: string;
  readonly current: string;
  readonly states: readonly {
    readonly name: string;
    readonly low: number;
    readonly high: number;
    readonly initial: number;
  }[];
  /** The current's equation, locals, and one `next` equation per state: its time derivative. */
  readonly equations: readonly Equation[];
}

export interface DeviceArrayProperties {
  /** Conductance of the fully on and fully off device at the read voltage, in siemens. */
  readonly gOn: number;
  readonly gOff: number;
  /** Evenly spaced programmable conductance levels from gOff to gOn; undefined is a continuum. */
  readonly levels?: number;
  /** Error of each programmed conductance; relative to the target where given in percent. */
  readonly programming?: Distribution;
  /** Change of each conductance from read to read; relative to the conductance where given in percent. */
  readonly readNoise?: Distribution;
  /** Probability that a device is stuck at gOn, at gOff. */
  readonly stuckOn: number;
  readonly stuckOff: number;
  /** Spread of the ends of the window from device to device; relative to the end where given in percent. */
  readonly gOnVariation?: Distribution;
  readonly gOffVariation?: Distribution;
  /** Write–verify: a device is written until it is within `tolerance` of its target, relative to it, at most `tries` times. */
  readonly verify?: { readonly tolerance: number; readonly tries: number };
  /** When and where the array is used; undefined: right after programming, before anything has changed. */
  readonly conditions?: OperatingConditions;
}

/** What time and temperature do to a conductance. Times in seconds, temperatures in kelvin, energy in joules. */
export interface OperatingConditions {
  /** From programming to use. */
  readonly age: number;
  readonly temperature: number;
  /** Where the drift was measured. */
  readonly referenceTemperature: number;
  /** Of the drift (Arrhenius); undefined: temperature does not change its pace. */
  readonly activationEnergy?: number;
  /** `G(t) = G·((t + onset)/onset)^-ν`; of each device `ν = exponent·(1 + variation·ξ)`. A statistical model has its own. */
  readonly drift: { readonly exponent: number; readonly variation: number; readonly onset: number };
  /**
   * 1/f noise: its standard deviation, relative to the conductance, in a band of a factor e. A statistical model may have
   * its own; undefined: that, or none.
   */
  readonly flicker?: number;
  /** Of one read, which is also the time from one time step to the next. */
  readonly readTime: number;
}

export interface CrossbarDesign extends Identified {
  /** `DeviceDesign.name`. */
  readonly device: string;
  /** Word lines × bit lines of one array; undefined: as large as the wiring needs. */
  readonly size?: { readonly rows: number; readonly columns: number };
  /** A layer that is larger than `size` is spread over several arrays. */
  readonly tiling: boolean;
  /**
   * How the parts of a sum that is spread over several arrays are added: `digital`, exactly, each behind its own
   * converter (the hardware's `output` block), or `analog`, by summing amplifiers (its `sum` block) before one converter.
   */
  readonly partialSums: 'digital' | 'analog';
  /** Bit slices of each weight, each in devices of its own; undefined: the weight is one analog value. */
  readonly slices?: number;
  /** Bits of each slice. */
  readonly sliceBits: number;
  readonly readout: 'voltage' | 'current';
  /**
   * `differential`: two devices, one of them at gOff. `complementary`: two devices that move by as much in opposite
   * directions about the middle of the window. `offset`: one device about the middle of the window, and a reference bit
   * line of devices at the middle for each gate, whose output is subtracted.
   */
  readonly coding: 'differential' | 'complementary' | 'offset';
  /**
   * Where the two devices of a weight sit: two word lines driven +v and -v, or two bit lines subtracted. Without meaning
   * for `coding = offset`.
   */
  readonly pairs: 'rows' | 'columns';
  /**
   * Voltage read-out only: how unequal column sums are undone. `dummyRow`: a row of devices to ground brings every
   * column to the same sum. `amplifier`: each column's amplifier takes the gain that its nominal sum asks for.
   */
  readonly normalise: 'dummyRow' | 'amplifier';
  /** Word-line voltage that stands for the number 1. */
  readonly vRead: number;
  /** Resistance of one wire segment, in ohms; of word lines `wordWire` and of bit lines `bitWire` where they are given. */
  readonly wire: number;
  readonly wordWire?: number;
  readonly bitWire?: number;
  /** Resistance of a word line's driver, in ohms; undefined is 0. */
  readonly source?: number;
  /** Input resistance of a read-out of currents, in ohms; undefined is 0. */
  readonly sense?: number;
  /** The ends at which word lines are driven; undefined is `left`. */
  readonly drive?: 'left' | 'both';
  /** Capacitance of one wire segment to ground, in farads. */
  readonly wireCapacitance: number;
  /** Conductance that loads each column in voltage read-out, in siemens. */
  readonly load: number;
  /** Largest absolute weight that the conductance window shall hold; undefined: the largest weight of the array. */
  readonly weightMax?: number;
}

export interface PortDesign {
  readonly name: string;
  /** SI unit of the port, for example `V`, `A`, `S`, or `1`. */
  readonly unit: string;
}

export interface ParameterDesign {
  readonly name: string;
  readonly unit: string;
  readonly default: ParameterValue;
  readonly low?: number;
  readonly high?: number;
  readonly doc?: string;
}

/**
 * Inputs that the hardware supplies by name rather than by wiring: `unit` (volts per unit of the mathematics); for
 * read-out blocks `gColumn` (conductance of the column), `rF` (transimpedance) and `gain` (closed-loop gain), the
 * latter two as the mapping of the weights asks for; for converters (roles `input` and `output`) `fullScale` (volts,
 * calibrated on the training data) and `dither` (uniform in -0.5 .. 0.5, new for each conversion).
 */
export const suppliedPorts = ['unit', 'gColumn', 'rF', 'gain', 'fullScale', 'dither'] as const;

/** An analog block: a static transfer written as equations between ports, with parameters that may be random. */
export interface BlockDesign extends Identified {
  readonly inputs: readonly PortDesign[];
  readonly output: PortDesign;
  readonly parameters: readonly ParameterDesign[];
  /** Locals and the output; evaluated elementwise. */
  readonly equations: readonly Equation[];
}

/** Roles of the mathematics that hardware realises. Elementwise functions are roles of their own name. */
export type Role =
  | 'sigmoid'
  | 'hardSigmoid'
  | 'tanh'
  | 'relu'
  | 'product'
  | 'sum'
  | 'state'
  | 'readout'
  | 'input'
  | 'output';

export interface BlockUse extends Identified {
  /** `BlockDesign.name`. */
  readonly block: string;
  /** Values that differ from the block's defaults. */
  readonly arguments: Parameters;
}

export type Redraw = 'chip' | 'writing' | 'reading';

export interface HardwareDesign extends Identified {
  /** `CrossbarDesign.name` of the crossbar that realises every vmm and peephole. */
  readonly crossbar?: string;
  /** Volts per unit of the mathematics, at every port of every block. */
  readonly scale: number;
  readonly bindings: Readonly<Partial<Record<Role, BlockUse>>>;
  /**
   * What a trial, and a batch of training, draws anew: the whole `chip`, with its devices and circuits; only its
   * `writing`; or only its `reading`. The rest is the chip of the experiment's seed.
   */
  readonly redraw: Redraw;
  /**
   * `absMax`: the operands of each crossbar product are divided by the largest magnitude among them before they are
   * converted, and its sums multiplied by it behind their converters, for each sample and time step.
   */
  readonly noiseManagement: 'none' | 'absMax';
  /**
   * `iterative`: where an output converter clips, the inputs of the product are halved until none does, and its sums
   * doubled as often, for each sample and time step.
   */
  readonly boundManagement: 'none' | 'iterative';
  /** Seconds that a read-out block with a `pole` (Hz) has to settle, from zero; undefined: it settles fully. */
  readonly settling?: number;
  /** Full scale of the converters that have an input `fullScale`: the largest value of the training data, or a percentile. */
  readonly calibration: 'max' | 'percentile';
  /** Share of the values that the full scale holds with `calibration = percentile`. */
  readonly percentile: number;
  /** Activation circuits shared (time-multiplexed) across units, across gates, or not: shared circuits share one mismatch. */
  readonly share: { readonly units: boolean; readonly gates: boolean };
  /** Deviation from the settled value that a phase of the schedule may end with, relative to the swing. */
  readonly settle: number;
}

// ---- Cells and networks -----------------------------------------------------------------------------------------

export interface CellDesign extends Identified {
  /** Names of the dimension variables, such as `n` and `m`. */
  readonly dimensions: readonly string[];
  readonly inputs: readonly { readonly name: string; readonly size: Size }[];
  readonly outputs: readonly { readonly name: string; readonly size: Size }[];
  readonly states: readonly { readonly name: string; readonly size: Size; readonly initial: number }[];
  /** All equations, inherited ones included, in an order in which each uses only what is above it. */
  readonly equations: readonly Equation[];
  /** The cell that this one extends. */
  readonly extends?: string;
}

/**
 * One layer of a network; a layer's output is a signal with the layer's name. Layers stand in the order of
 * evaluation. A sequence signal has a value at each time step.
 */
export type LayerDesign = Identified & { readonly inputs: readonly string[] } & (
    | {
        readonly kind: 'cell';
        readonly cell: string;
        /** Bound dimensions; those of the inputs are found from the inputs' sizes. */
        readonly dimensions: Readonly<Record<string, number>>;
        /** Runs from the last time step to the first. */
        readonly reverse: boolean;
      }
    | { readonly kind: 'dense'; readonly units: number; readonly bias: boolean }
    | { readonly kind: 'unary'; readonly fn: UnaryFunction }
    | { readonly kind: 'binary'; readonly fn: BinaryFunction }
    | { readonly kind: 'softmax' }
    | { readonly kind: 'concatenate' }
    /** The value after the last step (of a reversed cell, that is time step 0): a sequence becomes one vector. */
    | { readonly kind: 'last'; readonly reverse: boolean }
  );

export interface NetworkDesign extends Identified {
  readonly inputs: readonly { readonly name: string; readonly size: number }[];
  /** Each output is the signal of the layer with that name. */
  readonly outputs: readonly { readonly name: string; readonly size: number }[];
  readonly layers: readonly LayerDesign[];
  /** `HardwareDesign.name`. */
  readonly hardware?: string;
}

// ---- Data -------------------------------------------------------------------------------------------------------

export interface DatasetDesign extends Identified {
  readonly source: DataSource;
  readonly scale: DataScale;
  /** Fraction of the data, from its beginning, that trains; ignored where a test file is given. */
  readonly split: number;
  readonly framing: Framing;
}

export type DataSource =
  /** A table with a header; `columns` are the features, `target` the column to be forecast. */
  | {
      readonly kind: 'csv';
      readonly file: string;
      readonly columns: readonly string[];
      readonly target: string;
    }
  /** The UCR archive's form: a class label, then the series' values, separated by tabs or commas. */
  | { readonly kind: 'ucr'; readonly file: string; readonly testFile?: string; readonly positive: number }
  /** Synthetic wafer-like process traces. */
  | {
      readonly kind: 'wafer';
      readonly train: number;
      readonly test: number;
      readonly length: number;
      /** Share of abnormal series. */
      readonly abnormal: number;
      readonly seed: number;
    };

export interface DataScale {
  readonly kind: 'none' | 'minmax' | 'standard';
  readonly low: number;
  readonly high: number;
  /** `train`: fitted to the training part alone. `all`: to all values, as some published recipes do. */
  readonly fit: 'train' | 'all';
}

export type Framing =
  /**
   * Sliding windows over one long series. `steps` time steps of input; `features`: that many past values enter at
   * each step; the target is the value `ahead` steps after the window's last. `omitLast` pairs are left out at the
   * end of each part.
   */
  | { readonly kind: 'window'; readonly steps: number; readonly ahead: number; readonly omitLast: number }
  /** The whole series is one sequence with a target at each step. */
  | { readonly kind: 'sequence'; readonly ahead: number }
  /** Each row is one series with one class. `stride`: the mean of so many samples makes one time step. */
  | { readonly kind: 'series'; readonly stride: number };

// ---- Experiments ------------------------------------------------------------------------------------------------

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
  /** What is computed without a network, in order. */
  readonly analyses: readonly AnalysisDesign[];
  readonly expectations: readonly ExpectationDesign[];
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
  /** Seconds at 0 V after each pulse. */
  readonly gap: number;
  /** Accepted deviation, relative to the target. */
  readonly tolerance: number;
  readonly mostPulses: number;
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
  /** Signals to record, as of {@link InferenceDesign}. */
  readonly probes: InferenceDesign['probes'];
  /** Durations in seconds that replace the schedule's, of the phases at whose end a signal is sampled or read. */
  readonly phases: readonly {
    readonly signal: string;
    readonly duration: number;
    readonly origin?: Origin;
  }[];
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
