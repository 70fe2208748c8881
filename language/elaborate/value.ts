import type { Distribution, ParameterValue } from '@memloom/sim-core';
import type { Dimension } from '../types/units/dimension.ts';

/** A constant of the text: a value of the design together with its dimension. */
export type Value =
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly dimension: Dimension;
      readonly percent: boolean;
    }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly dimension: Dimension }
  | {
      readonly kind: 'distribution';
      readonly distribution: Distribution;
      readonly dimension: Dimension;
      readonly hasMean: boolean;
    }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'size'; readonly rows: number; readonly columns: number };

/** A value without its dimension, as the design holds it; undefined for what the design has no parameters of. */
export function parameterValue(value: Value): ParameterValue | undefined {
  switch (value.kind) {
    case 'number':
      return { kind: 'number', value: value.value };
    case 'range':
      return { kind: 'range', low: value.low, high: value.high };
    case 'distribution':
      return value.distribution;
    case 'word':
    case 'text':
      return { kind: 'word', value: value.value };
    case 'size':
      return undefined;
  }
}
