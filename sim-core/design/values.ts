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
