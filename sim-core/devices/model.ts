/**
 * The interface of every compact device model: a voltage-driven two-terminal device with state.
 * A model is data and pure functions over numbers and typed arrays; a user's own state equations give the same.
 */
export interface DeviceModel {
  /** Name in the language, for example `vteam`. */
  readonly name: string;
  /** One paragraph: what it describes and when it holds. */
  readonly doc: string;
  /** Where the equations come from. */
  readonly source: string;
  readonly parameters: readonly ModelParameter[];
  /** Published sets of parameters, by name, each with its source. */
  readonly sets: Readonly<Record<string, { readonly source: string; readonly values: Readonly<Record<string, number>> }>>;
  readonly states: readonly ModelState[];
  /** Current in amperes at `voltage` volts. */
  current(parameters: Values, states: ArrayLike<number>, voltage: number): number;
  /** Time derivative of each state into `derivative`, in 1/s of the state's unit. */
  derivative(parameters: Values, states: ArrayLike<number>, voltage: number, derivative: Float64Array): void;
  /** Small-signal read conductances of the fully on and fully off device, in siemens, at the read voltage. */
  window(parameters: Values, vRead: number): { readonly gOn: number; readonly gOff: number };
  /** What is wrong with parameters that are each within their bounds, such as `rOff <= rOn`. */
  validate?(parameters: Values): readonly string[];
}

/** Parameter values by name, in SI base units. */
export type Values = Readonly<Record<string, number>>;

export interface ModelParameter {
  readonly name: string;
  /** SI unit, such as `Ohm`, `V`, `m/s`, `1`. */
  readonly unit: string;
  readonly default: number;
  readonly low: number;
  readonly high: number;
  readonly doc: string;
  readonly source: string;
}

export interface ModelState {
  readonly name: string;
  readonly unit: string;
  /** Bounds, which may depend on the parameters. */
  low(parameters: Values): number;
  high(parameters: Values): number;
  initial(parameters: Values): number;
}
