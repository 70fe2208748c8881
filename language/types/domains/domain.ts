import { type Dimension, isDimensionless, sameDimension } from '../units/dimension.ts';
import { describeDimension } from '../units/format.ts';

/** What carries a signal from one stage to the next. Stages meet in one domain or need a converter between them. */
export type Domain = 'voltage' | 'current' | 'conductance' | 'code' | 'number';

const domains: readonly (readonly [Domain, Dimension])[] = [
  ['voltage', { kg: 1, m: 2, s: -3, A: -1 }],
  ['current', { A: 1 }],
  ['conductance', { kg: -1, m: -2, s: 3, A: 2 }],
  ['code', { code: 1 }],
];

/** The domain of a quantity by its dimension; undefined for what carries no signal, such as a time. */
export function domainOf(dimension: Dimension): Domain | undefined {
  if (isDimensionless(dimension)) return 'number';
  return domains.find(([, known]) => sameDimension(known, dimension))?.[0];
}

const words: Readonly<Record<Domain, string>> = {
  voltage: 'a voltage',
  current: 'a current',
  conductance: 'a conductance',
  code: 'a digital code',
  number: 'a plain number',
};

/** `a voltage`, `a current`, or the unit where the quantity is no signal. */
export function describeSignal(dimension: Dimension): string {
  const domain = domainOf(dimension);
  return domain ? words[domain] : `a quantity in ${describeDimension(dimension)}`;
}

/** The stage that takes a signal from one domain to the other; undefined where the two are one or none is known. */
export function stageBetween(from: Dimension, to: Dimension): string | undefined {
  const [given, wanted] = [domainOf(from), domainOf(to)];
  return given && wanted ? stages[`${given} ${wanted}`] : undefined;
}

const stages: Readonly<Record<string, string>> = {
  'current voltage': 'a transimpedance stage, such as Tia of std.cmos180',
  'voltage current': 'a transconductance stage',
  'code voltage': 'a digital-to-analog converter',
  'voltage code': 'an analog-to-digital converter',
  'current code': 'a transimpedance stage and an analog-to-digital converter',
  'code current': 'a digital-to-analog converter and a transconductance stage',
};
