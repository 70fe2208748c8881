import type {
  BlockDesign,
  CrossbarDesign,
  DeviceDesign,
  Expression,
  Identified,
  Role,
} from '../design/design.ts';
import type { Line } from '../hardware/read-out.ts';

/**
 * A network on hardware as a circuit in continuous time: what is simulated, and what is exported to SPICE. A plain,
 * deterministic value, derived from the design, the sized network, a hardware and one trial's errors.
 *
 * A *bank* holds one node for each unit of a signal, an element one circuit for each: `rnn.i` of four units are four
 * nodes behind four activation circuits. Crossbars stand as arrays. Ground is the reference of every voltage.
 *
 * One time step passes through the phases in order. Within a phase every element is driven by elements above it, by
 * sources and by what capacitors hold, so that the circuit has no loop but through memories from step to step.
 */
export interface Circuit {
  /** `NetworkDesign.name` and `HardwareDesign.name`. */
  readonly network: string;
  readonly hardware: string;
  /** Volts per unit of the mathematics. */
  readonly scale: number;
  readonly banks: readonly Bank[];
  readonly crossbars: readonly CrossbarElement[];
  readonly elements: readonly CircuitElement[];
  /** What the stages are made of; each stage names one. */
  readonly blocks: readonly BlockDesign[];
  /** The phases of one time step, in order. */
  readonly phases: readonly CircuitPhase[];
  /** Signals of layers by the names that probes have, such as `rnn.i`. */
  readonly probes: readonly CircuitProbe[];
}

export interface CircuitProbe {
  readonly name: string;
  readonly signal: Signal;
  /** The phase at whose end the signal has its value of the time step; undefined where nothing waits for it. */
  readonly phase: number | undefined;
}

/** The nodes of one signal. */
export interface Bank extends Identified {
  readonly size: number;
  /** `A`: the current into a virtual ground, which is no node. */
  readonly unit: 'V' | 'A';
}

/** `size` nodes of a bank from `first` on, or a fixed voltage; a single node drives all units of what it is wired to. */
export type Signal =
  | { readonly kind: 'nodes'; readonly bank: string; readonly first: number; readonly size: number }
  | { readonly kind: 'fixed'; readonly value: number };

/** One value for all copies of a circuit, or one for each. */
export type Values = number | Float64Array;

export type CircuitElement =
  | InputElement
  | OperationElement
  | JoinElement
  | StageElement
  | MultiplexedElement
  | HoldElement
  | MemoryElement
  | LineElement;

/** A source for each element of an input of the network: a voltage that steps at the beginning of each time step. */
export interface InputElement extends Identified {
  readonly kind: 'input';
  readonly input: string;
  readonly output: string;
}

/** Ideal wiring: references, inverters, gains and what no block realises; follows its inputs at once. */
export interface OperationElement extends Identified {
  readonly kind: 'operation';
  readonly inputs: Readonly<Record<string, Signal>>;
  readonly values: Readonly<Record<string, Values>>;
  /** Over the names of the inputs and values. */
  readonly expression: Expression;
  readonly output: string;
}

/** Wires that put signals side by side. */
export interface JoinElement extends Identified {
  readonly kind: 'join';
  readonly inputs: readonly Signal[];
  readonly output: string;
}

/** How a circuit follows its static transfer F: `dy/dt = 2π·pole·(F - y)`, limited to ± slewRate. */
export interface Dynamics {
  /** Hertz; undefined: at once. */
  readonly pole: Values | undefined;
  /** Volts per second; undefined: without limit. */
  readonly slewRate: Values | undefined;
  /** Ohms, between the circuit and a hold capacitor that it charges. */
  readonly outputResistance: Values;
}

/** Copies of a block, one per unit. */
interface BlockCopies extends Identified {
  readonly role: Role;
  /** `BlockDesign.name`. */
  readonly block: string;
  /** Values of the block's parameters and of the ports that the hardware supplies; ranges as `name.low`, `name.high`. */
  readonly parameters: Readonly<Record<string, Values>>;
  readonly dynamics: Dynamics;
}

export interface StageElement extends BlockCopies {
  readonly kind: 'stage';
  /** What drives each signal port. */
  readonly inputs: Readonly<Record<string, Signal>>;
  readonly output: string;
}

/** A capacitor behind a switch. */
export interface HoldCapacitor {
  /** Farads. */
  readonly capacitance: Values;
  /** Ohms of the closed switch. */
  readonly onResistance: Values;
  /** Coulombs that the opening switch leaves on the capacitor. */
  readonly injectedCharge: Values;
  /** Siemens to ground beside the capacitor. */
  readonly leakage: Values;
}

/**
 * Circuits that serve several signals one after the other. In the phase of a slot the circuits are wired to its inputs,
 * and its outputs, each a hold capacitor, to the circuits. Between, they stay wired to the inputs of their last slot.
 */
export interface MultiplexedElement extends BlockCopies {
  readonly kind: 'multiplexed';
  /** Elements with the same name share their circuits. */
  readonly circuit: string;
  readonly copies: number;
  readonly hold: HoldCapacitor;
  readonly slots: readonly {
    readonly phase: number;
    readonly inputs: Readonly<Record<string, Signal>>;
    readonly output: Signal;
  }[];
}

/** Capacitors that keep a signal from the end of a phase until later phases have used it. */
export interface HoldElement extends Identified {
  readonly kind: 'hold';
  readonly phase: number;
  readonly input: Signal;
  /** Output resistance of what drives the input, in ohms. */
  readonly sourceResistance: Values;
  readonly hold: HoldCapacitor;
  readonly output: string;
}

/**
 * The memory of a state: two hold capacitors per unit, each read through a buffer of its own, that take turns from
 * time step to time step; both buffers have the same parameters. One is charged during `phase` and read as the new
 * value, the other is read as the previous value. Before the first time step that one is charged to the initial value.
 */
export interface MemoryElement extends BlockCopies {
  readonly kind: 'memory';
  readonly state: string;
  readonly phase: number;
  readonly input: Signal;
  /** Output resistance of what drives the input, in ohms. */
  readonly sourceResistance: Values;
  /** Volts that are read before the first time step, and the voltages on the capacitors that are read so. */
  readonly initial: number;
  readonly charged: Values;
  readonly hold: HoldCapacitor;
  /** The signal port of the block, at which the capacitor is. */
  readonly port: string;
  readonly previous: string;
  readonly next: string;
}

/**
 * One array: a layer, or a tile of it. Operand element r drives word line r, or with `paired` the word lines 2r with
 * +v and 2r + 1 with -v; line elements say which bit lines are whose.
 */
export interface CrossbarElement extends Identified {
  readonly design: CrossbarDesign;
  /** Weights are differences of devices at +v and -v. */
  readonly paired: boolean;
  readonly wordLines: number;
  readonly bitLines: number;
  /** Siemens, `[wordLines][bitLines]`; zero where there is no device. */
  readonly conductance: Float64Array;
  /** Siemens from each bit line to ground: the load of a voltage read-out and its dummy devices. */
  readonly toGround: Float64Array;
  readonly rowGroups: readonly {
    readonly name: string;
    /** Its first operand element, and how many. */
    readonly first: number;
    readonly size: number;
    /** What drives the lines, in volts at the word lines, from a phase on until the next driver's. */
    readonly drivers: readonly { readonly phase: number; readonly signal: Signal }[];
  }[];
  /** Where devices move: what they are, and how they begin; undefined: `conductance` stands. */
  readonly moving?: MovingDevices;
}

/** Devices whose states follow their model's equations. */
export interface MovingDevices {
  readonly design: DeviceDesign;
  /** `[wordLines][bitLines][states]`, when the transient begins. */
  readonly states: Float64Array;
  /** `[wordLines][bitLines]`: the device's current is that of its law times this; zero where there is no device. */
  readonly scale: Float64Array;
}

/** The bit lines of one gate, `plus` and `minus` apart: their currents into a virtual ground, or their voltages. */
export interface LineElement extends Identified {
  readonly kind: 'line';
  /** `CrossbarElement.id`. */
  readonly crossbar: string;
  readonly line: Line;
  /** Bit line of each unit. */
  readonly bitLines: readonly number[];
  /**
   * Siemens that act between the operand elements of the crossbar and the bit lines, `[elements][units]`, behind the
   * resistance of the wires: `G+ - G-` of pairs at ± v where the wires are ideal.
   */
  readonly transfer: Float64Array;
  /** Siemens that act between each bit line's foot and everything else, ground included. */
  readonly columnConductance: Float64Array;
  readonly output: string;
}

/** A stretch of a time step that ends when a signal is sampled, or with the time step. */
export interface CircuitPhase {
  /** What is sampled or read at its end, such as `rnn.c`. */
  readonly name: string;
  /** The same, each by the name that probes have. */
  readonly ends: readonly string[];
  /** Seconds. */
  readonly duration: number;
  /** Seconds that the slowest way to what is sampled takes to the error budget, and the circuits along it. */
  readonly needed: number;
  readonly path: readonly { readonly name: string; readonly seconds: number }[];
}
