import type { CircuitPhase } from '../circuit/circuit.ts';
import type { Problem } from '../design/problem.ts';
import type { ArrayPlacement } from '../hardware/placement.ts';
import type { Netlist } from '../spice/netlist.ts';
import type { SignOff } from '../spice/sign-off.ts';
import type { EnergyTable, PhaseInterval } from '../transient/record.ts';

/** What one run gives: columnar, with units, seed and provenance; JSON-able but for its typed arrays. */
export interface Result {
  readonly experiment: string;
  readonly provenance: Provenance;
  /**
   * Dotted names: `rmse.test` of the ideal network; over the trials on hardware NAME the
   * mean `NAME.rmse.test`, the standard deviation `NAME.rmse.test.std` and `NAME.rmse.test.median`, which few bad trials
   * do not move.
   */
  readonly metrics: Readonly<Record<string, number>>;
  /** Unit of each metric's family (`rmse` -> `passengers`), empty where it has none. */
  readonly metricUnits: Readonly<Record<string, string>>;
  /** What a plain method reaches on the same pairs: `persistence.rmse.test`, `ar12.rmse.test`, `majority.accuracy.test`. */
  readonly baselines: Readonly<Record<string, number>>;
  readonly expectations: readonly ExpectationResult[];
  /** Training curve, one entry per epoch; empty without training. */
  readonly training: {
    readonly loss: Float64Array;
    readonly validationLoss: Float64Array;
    readonly epochs: number;
    /** SHA-256 of all that the weights follow from; absent without training. */
    readonly key?: string;
  };
  /** The weights after training or as read, in order. */
  readonly weights: readonly WeightTensor[];
  /** One per (subset, run): `ideal` first, then each hardware's mean prediction over the trials with its spread. */
  readonly predictions: readonly Prediction[];
  readonly traces: TraceTable;
  /** How the traces differ between trials and over a sweep, where the request asks for it. */
  readonly families: readonly TraceFamily[];
  /** One per swept value: the metrics at that value. */
  readonly sweep?: {
    readonly parameter: string;
    readonly points: readonly {
      readonly text: string;
      readonly value: number;
      readonly metrics: Readonly<Record<string, number>>;
    }[];
  };
  /** How each network layer sits in its crossbar, per hardware. */
  readonly arrays: readonly ArraySummary[];
  /** One for each hardware whose waveforms were asked for. */
  readonly transients: readonly TransientResult[];
  /** What analyses without a network give: curves, histograms, maps; and waveforms. */
  readonly tables: readonly ResultTable[];
  /** Single figures of these analyses, which expectations may name. */
  readonly measurements: readonly Measurement[];
  readonly warnings: readonly Problem[];
}

/** Continuous time: the schedule of a time step, what its phases come to, and where the waveforms are. */
export interface TransientResult {
  readonly hardware: string;
  /** Number of the test sample, and how many of its time steps were simulated. */
  readonly sample: number;
  readonly steps: number;
  /** Volts per unit of the mathematics. */
  readonly scale: number;
  /** `ResultTable.id` of the waveforms: time, then every recorded node. */
  readonly table: string;
  /** The phases of one time step, in order. */
  readonly schedule: readonly CircuitPhase[];
  /** Every phase of every time step. */
  readonly intervals: readonly PhaseInterval[];
  /** Of every signal and unit, in volts, one value for each time step. */
  readonly settled: readonly SettledSignal[];
  readonly energy: EnergyTable;
  /** Steps of the integration. */
  readonly integrationSteps: number;
  /** The same circuit, phases and inputs for ngspice, where the request asks for it. */
  readonly netlist?: Netlist;
  /** What another simulator makes of the netlist, where a host has asked one. */
  readonly signOff?: SignOff;
}

/** What a signal has settled to, beside the behavioural fidelity without read noise. */
export interface SettledSignal {
  /** `rnn.i[0]`. */
  readonly name: string;
  readonly settled: Float64Array;
  readonly behavioural: Float64Array;
}

/**
 * One table of an analysis: columns of equal length in SI units. Every view draws it by its `kind`; the terminal writes
 * it as `ID.csv`, and each column of a table with axes as `ID.COLUMN.npy`.
 */
export interface ResultTable {
  /** Unique in the result and fit for a file's name: words joined by dots, such as `HfO2.sine`. */
  readonly id: string;
  readonly title: string;
  /**
   * `hysteresis`: time, voltage, current, then states; a loop of current over voltage. `waveform`: the first column is
   * the axis of all others. `pulses`: pulse number, then conductances after it. `histogram`: lower edges, upper edges,
   * then counts. `list`: one row to each thing of a kind, drawn as it stands. `map`: values over `axes`.
   */
  readonly kind: 'hysteresis' | 'waveform' | 'pulses' | 'histogram' | 'list' | 'map';
  /**
   * Names and lengths of the axes that the rows run over, the last one fastest; positions are counted from zero and not
   * stored. Left out where the rows have no such shape.
   */
  readonly axes?: readonly {
    readonly name: string;
    readonly length: number;
    /** What each position stands for, where that is more than its number. */
    readonly labels?: readonly string[];
  }[];
  /** Files that a terminal writes of a table with axes; `both` where it is left out. */
  readonly files?: 'both' | 'csv' | 'npy';
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  /** `1` for a plain number. */
  readonly unit: string;
  readonly values: Float64Array;
}

export interface Measurement {
  /** Such as `HfO2.sine.onOff`; unique in the result. */
  readonly name: string;
  /** `1` for a plain number. */
  readonly unit: string;
  readonly value: number;
}

export interface Provenance {
  readonly version: string;
  readonly seed: number;
  /** SHA-256 of the design's canonical JSON, and of each data file's text. */
  readonly design: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface ExpectationResult {
  readonly text: string;
  readonly value: number;
  readonly holds: boolean;
}

export interface WeightTensor {
  /** `LAYER.GATE.OPERAND`, for example `rnn.i.x`, `rnn.i.bias`, `y.weight`, `y.bias`. */
  readonly name: string;
  /** `[units, inputs]`, `[units]` for a bias or a peephole. */
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export interface Prediction {
  /** `ideal` or the hardware's name. */
  readonly run: string;
  readonly subset: 'train' | 'test';
  readonly output: string;
  /** In the data's own unit, one per sample (per sample and class for classification, row by row). */
  readonly target: Float64Array;
  readonly mean: Float64Array;
  /** Standard deviation over the trials; zero for the ideal network. */
  readonly std: Float64Array;
  /** Index in the data set of each target, for plotting against time. */
  readonly index: Float64Array;
  readonly width: number;
}

/** Waveforms at time-step resolution, first trial: columns of equal length over (sample, step) of the test subset. */
export interface TraceTable {
  readonly sample: Float64Array;
  readonly step: Float64Array;
  readonly columns: readonly {
    /** `RUN.LAYER.SIGNAL[UNIT]`, for example `ideal.rnn.c[0]`. */
    readonly name: string;
    /** `1` for a number of the mathematics, `V` on hardware. */
    readonly unit: string;
    readonly values: Float64Array;
  }[];
}

/** The same signals in every trial on a hardware, or at every value of a sweep, in the first trial there. */
export interface TraceFamily {
  /** `ideal` or the hardware's name. */
  readonly run: string;
  /** What tells the members apart: `trial`, or the swept parameter, such as `HfO2.rOn`. */
  readonly parameter: string;
  readonly members: readonly FamilyMember[];
  readonly sample: Float64Array;
  readonly step: Float64Array;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    /** One for each member, over (sample, step). */
    readonly values: readonly Float64Array[];
  }[];
}

export interface FamilyMember {
  /** Number of the trial, or the swept value as the text has it. */
  readonly text: string;
  /** What the network reached in this trial, or at this value. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface ArraySummary extends ArrayPlacement {
  readonly hardware: string;
  /** Rows of devices to ground, on top of `rows` (of the tile that has most), that bring the column sums of voltage read-out to one value. */
  readonly dummyRows: number;
  /** Siemens per unit weight. */
  readonly siemensPerWeight: number;
  readonly weightMax: number;
}
