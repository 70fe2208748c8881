/**
 * The interface of every compact device model: a voltage-driven two-terminal device with state.
 *
 * A model is data (its parameters, with units and bounds) and one function that binds values to a {@link Device};
 * a device is pure functions over numbers and typed arrays. A user's own state equations give the same device.
 */
export interface DeviceModel {
  /** Name in the language, for example `vteam`. */
  readonly name: string;
  /** One paragraph: what it describes and when it holds. */
  readonly doc: string;
  /** Where the equations come from. */
  readonly source: string;
  readonly parameters: readonly ModelParameter[];
  /** Published sets of parameters, by name; what a set leaves out keeps its default. */
  readonly sets: Readonly<Record<string, ParameterSet>>;
  /** The device with these values; what they leave out takes its default. The values must be valid. */
  device(values: Values): Device;
  /**
   * Read conductances `I(vRead)/vRead` of the fully on and fully off device, in siemens; for `vRead = 0` the slope
   * of the I-V curve at the origin.
   */
  window(values: Values, vRead: number): ReadWindow;
  /** What is wrong with values that are each within their bounds, such as `rOff` below `rOn`; one sentence each. */
  validate(values: Values): readonly string[];
}

/** Parameter values by name: numbers in SI base units, or words. */
export type Values = Readonly<Record<string, number | string>>;

export interface ParameterSet {
  readonly source: string;
  readonly values: Values;
}

export interface ReadWindow {
  readonly gOn: number;
  readonly gOff: number;
}

export type ModelParameter = NumberParameter | WordParameter;

export interface NumberParameter {
  readonly kind: 'number';
  readonly name: string;
  /** SI unit, such as `Ohm`, `V`, `m/s`, `1`. */
  readonly unit: string;
  readonly default: number;
  /** Bounds, inclusive: ours, wide enough for every published set. */
  readonly low: number;
  readonly high: number;
  readonly doc: string;
  /** Where the default comes from. */
  readonly source: string;
}

/** A choice among words, such as `window = joglekar`. */
export interface WordParameter {
  readonly kind: 'word';
  readonly name: string;
  readonly words: readonly string[];
  readonly default: string;
  readonly doc: string;
  readonly source: string;
}

/** A model with its values bound. */
export interface Device {
  readonly states: readonly DeviceState[];
  /** States of the fully on and the fully off device. */
  readonly on: readonly number[];
  readonly off: readonly number[];
  /** Current in amperes at `voltage` volts; the states lie within their bounds. */
  current(states: ArrayLike<number>, voltage: number): number;
  /** Time derivative of each state into `derivative`, in 1/s of the state's unit; the states lie within their bounds. */
  derivative(states: ArrayLike<number>, voltage: number, derivative: Float64Array): void;
  /** Voltages at which the law changes, so that an integrator can step onto them rather than across. */
  readonly thresholds: readonly number[];
  /** The state equations mix time scales so far apart that an explicit integrator would crawl. */
  readonly stiff: boolean;
  /** Why the model does not hold at this point, if it does not. */
  invalid?(states: ArrayLike<number>, voltage: number): string | undefined;
}

export interface DeviceState {
  readonly name: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly initial: number;
}
