import { significant } from '../../result/number.ts';
import type { Axis } from './figure.ts';

/** From values to positions on the page, with ticks at round numbers. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  at(value: number): number;
}

/** A scale that covers `values` and maps them to `from .. to`, with about `target` ticks. */
export function scaleFor(
  axis: Axis,
  values: readonly number[],
  from: number,
  to: number,
  target: number,
): Scale {
  if (axis.labels) return labelScale(axis.labels, from, to);
  const finite = values.filter((value) => Number.isFinite(value) && (axis.scale !== 'log' || value > 0));
  return axis.scale === 'log'
    ? logScale(finite, from, to)
    : linearScale(finite, from, to, target, axis.whole ? 1 : 0);
}

function linearScale(
  values: readonly number[],
  from: number,
  to: number,
  target: number,
  leastStep: number,
): Scale {
  let [low, high] = extent(values);
  if (low === high) {
    const margin = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - margin, high + margin];
  }
  const step = Math.max(leastStep, niceStep((high - low) / target));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = (value: number) =>
    decimals > 6 ? significant(value) : value.toFixed(decimals).replace(/^-(0(\.0*)?)$/, '$1');
  return place(
    first * step,
    last * step,
    from,
    to,
    ticks.map((value) => ({ value, text: text(value) })),
    (value) => value,
  );
}

function logScale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = extent(values.map(Math.log10));
  const first = Math.floor(low + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high - 1e-9));
  const every = Math.ceil((last - first) / 6);
  const ticks = Array.from(
    { length: Math.floor((last - first) / every) + 1 },
    (_, k) => 10 ** (first + k * every),
  );
  return place(
    10 ** first,
    10 ** last,
    from,
    to,
    ticks.map((value) => ({ value, text: significant(value, 2) })),
    Math.log10,
  );
}

function labelScale(labels: readonly string[], from: number, to: number): Scale {
  const ticks = labels.map((text, value) => ({ value, text }));
  return place(-0.5, labels.length - 0.5, from, to, ticks, (value) => value);
}

function place(
  low: number,
  high: number,
  from: number,
  to: number,
  ticks: Scale['ticks'],
  measure: (value: number) => number,
): Scale {
  const origin = measure(low);
  const factor = (to - from) / (measure(high) - origin);
  return { low, high, ticks, at: (value) => from + (measure(value) - origin) * factor };
}

/** Lowest and highest value; 0 and 1 of none. */
export function extent(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}
