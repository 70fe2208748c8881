import type { Dimension } from './dimension.ts';

/** A unit by its symbol: `factor · 10^exponent` SI base units of `dimension`. */
export interface UnitDefinition {
  readonly symbol: string;
  readonly name: string;
  readonly dimension: Dimension;
  readonly exponent?: number;
  readonly factor?: number;
  /** Takes SI prefixes. */
  readonly prefixes?: boolean;
  /** A fraction in disguise: a relative quantity. */
  readonly percent?: boolean;
}

const volt: Dimension = { kg: 1, m: 2, s: -3, A: -1 };
const ohm: Dimension = { kg: 1, m: 2, s: -3, A: -2 };

/** Every unit that the language knows: the single source for lexing, checking, completion and the reference. */
export const units: readonly UnitDefinition[] = [
  { symbol: 'V', name: 'volt', dimension: volt, prefixes: true },
  { symbol: 'A', name: 'ampere', dimension: { A: 1 }, prefixes: true },
  { symbol: 'Ohm', name: 'ohm', dimension: ohm, prefixes: true },
  { symbol: 'Ω', name: 'ohm', dimension: ohm, prefixes: true },
  { symbol: '\u2126', name: 'ohm', dimension: ohm, prefixes: true },
  { symbol: 'S', name: 'siemens', dimension: { kg: -1, m: -2, s: 3, A: 2 }, prefixes: true },
  { symbol: 'F', name: 'farad', dimension: { kg: -1, m: -2, s: 4, A: 2 }, prefixes: true },
  { symbol: 'H', name: 'henry', dimension: { kg: 1, m: 2, s: -2, A: -2 }, prefixes: true },
  { symbol: 'C', name: 'coulomb', dimension: { A: 1, s: 1 }, prefixes: true },
  { symbol: 'W', name: 'watt', dimension: { kg: 1, m: 2, s: -3 }, prefixes: true },
  { symbol: 'J', name: 'joule', dimension: { kg: 1, m: 2, s: -2 }, prefixes: true },
  {
    symbol: 'eV',
    name: 'electronvolt',
    dimension: { kg: 1, m: 2, s: -2 },
    factor: 1.602176634e-19,
    prefixes: true,
  },
  { symbol: 'Hz', name: 'hertz', dimension: { s: -1 }, prefixes: true },
  { symbol: 's', name: 'second', dimension: { s: 1 }, prefixes: true },
  { symbol: 'minute', name: 'minute', dimension: { s: 1 }, factor: 60 },
  { symbol: 'hour', name: 'hour', dimension: { s: 1 }, factor: 3600 },
  { symbol: 'hours', name: 'hours', dimension: { s: 1 }, factor: 3600 },
  { symbol: 'day', name: 'day', dimension: { s: 1 }, factor: 86400 },
  { symbol: 'days', name: 'days', dimension: { s: 1 }, factor: 86400 },
  { symbol: 'm', name: 'metre', dimension: { m: 1 }, prefixes: true },
  { symbol: 'cm', name: 'centimetre', dimension: { m: 1 }, exponent: -2 },
  { symbol: 'g', name: 'gram', dimension: { kg: 1 }, exponent: -3, prefixes: true },
  { symbol: 'K', name: 'kelvin', dimension: { K: 1 }, prefixes: true },
  { symbol: 'mol', name: 'mole', dimension: { mol: 1 }, prefixes: true },
  { symbol: 'cd', name: 'candela', dimension: { cd: 1 }, prefixes: true },
  { symbol: 'N', name: 'newton', dimension: { kg: 1, m: 1, s: -2 }, prefixes: true },
  { symbol: 'Wb', name: 'weber', dimension: { kg: 1, m: 2, s: -2, A: -1 }, prefixes: true },
  { symbol: 'T', name: 'tesla', dimension: { kg: 1, s: -2, A: -1 }, prefixes: true },
  { symbol: '%', name: 'percent', dimension: {}, exponent: -2, percent: true },
  { symbol: 'dB', name: 'decibel', dimension: { dB: 1 } },
  { symbol: 'step', name: 'time step', dimension: { step: 1 } },
  { symbol: 'steps', name: 'time steps', dimension: { step: 1 } },
  { symbol: 'code', name: 'digital code', dimension: { code: 1 } },
  { symbol: 'codes', name: 'digital codes', dimension: { code: 1 } },
  { symbol: 'epoch', name: 'epoch', dimension: { epoch: 1 } },
  { symbol: 'epochs', name: 'epochs', dimension: { epoch: 1 } },
  { symbol: 'period', name: 'period of a wave', dimension: { period: 1 } },
  { symbol: 'periods', name: 'periods of a wave', dimension: { period: 1 } },
];

/** SI prefixes and their powers of ten; micro as `u`, the micro sign and the Greek letter. */
export const prefixes: Readonly<Record<string, number>> = {
  Y: 24,
  Z: 21,
  E: 18,
  P: 15,
  T: 12,
  G: 9,
  M: 6,
  k: 3,
  m: -3,
  u: -6,
  µ: -6,
  μ: -6,
  n: -9,
  p: -12,
  f: -15,
  a: -18,
  z: -21,
  y: -24,
};

/** A unit word resolved: `factor · 10^exponent` SI base units. */
export interface UnitWord {
  readonly exponent: number;
  readonly factor: number;
  readonly dimension: Dimension;
  readonly percent: boolean;
  readonly definition: UnitDefinition;
}

const bySymbol = new Map(units.map((unit) => [unit.symbol, unit]));

/** The unit that a word such as `kOhm` names; a whole symbol wins over a prefix (`m` is the metre, `cd` the candela). */
export function unitWord(word: string): UnitWord | undefined {
  const whole = bySymbol.get(word);
  if (whole) return resolved(whole, 0);
  const prefix = prefixes[word.charAt(0)];
  const prefixed = bySymbol.get(word.slice(1));
  return prefix !== undefined && prefixed?.prefixes ? resolved(prefixed, prefix) : undefined;
}

const resolved = (definition: UnitDefinition, prefix: number): UnitWord => ({
  exponent: (definition.exponent ?? 0) + prefix,
  factor: definition.factor ?? 1,
  dimension: definition.dimension,
  percent: definition.percent ?? false,
  definition,
});

/** Every unit word in ASCII, prefixes applied; for suggestions and completion. */
export const unitWords: readonly string[] = units
  .filter((unit) => unit.symbol !== 'Ω' && unit.symbol !== '\u2126')
  .flatMap((unit) => [
    unit.symbol,
    ...(unit.prefixes
      ? Object.keys(prefixes)
          .filter((prefix) => prefix !== 'µ' && prefix !== 'μ')
          .map((prefix) => prefix + unit.symbol)
      : []),
  ]);
