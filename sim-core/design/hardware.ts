import type { Equation } from './equations.ts';
import type { Distribution, Identified, Parameters, ParameterValue } from './values.ts';

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
  /** Written by pulses of the device's model, read after each; undefined: at once, with the error of `programming`. */
  readonly pulses?: PulseWriting;
  /** Reads of `readTime` at the read voltage, after the writing, that move the state of the device; undefined is none. */
  readonly reads?: number;
  /** When and where the array is used; undefined: right after programming, before anything has changed. */
  readonly conditions?: OperatingConditions;
}

/** Voltages of the pulse that raises the conductance and of the one that lowers it, and their width in seconds. */
export interface PulseWriting {
  readonly up: number;
  readonly down: number;
  readonly width: number;
  /** Volts at the gate of the first raising pulse, and how much more at each further one. */
  readonly gate?: { readonly start: number; readonly step: number };
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

/**
 * What stands between each device and its bit line: nothing (`passive`, 0T1R), a transistor whose gate is on (1T1R), or a
 * selector that conducts as I = I₀·sinh(V/V₀) (1S1R).
 */
export interface CrossingDesign {
  readonly kind: 'passive' | 'transistor' | 'selector';
  /** Resistance of the transistor in ohm; undefined: the square law. */
  readonly onResistance?: number;
  /** Volts at the gates, against ground, and the transistors' threshold. */
  readonly gate: number;
  readonly gateThreshold: number;
  /** K of the square law, in A/V². */
  readonly transconductance: number;
  /** I₀ in ampere and V₀ in volt. */
  readonly selectorCurrent: number;
  readonly selectorVoltage: number;
}

export interface CrossbarDesign extends Identified {
  /** `DeviceDesign.name`. */
  readonly device: string;
  /** Undefined is `passive`. */
  readonly cell?: CrossingDesign;
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
  /** Cycles in which the bits of each operand are streamed, `cycleBits` (1) in each; undefined: it is one analog value. */
  readonly inputCycles?: number;
  readonly cycleBits?: number;
  /** Largest number that those bits represent; undefined is 1. */
  readonly inputRange?: number;
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
  /** Share of the read voltage that lines may take from a device before a check warns; undefined is 0.1. Results know nothing of it. */
  readonly lossBudget?: number;
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
  /** `power` in watts from the supplies and `area` in square metres, of one circuit at rest; what is left out is nothing. */
  readonly costs?: readonly Equation[];
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
