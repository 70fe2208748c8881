import { asFraction, bases, type Dimension, sameDimension } from './dimension.ts';
import { units } from './table.ts';

const preferred = ['V', 'A', 'Ohm', 'S', 'F', 'H', 'C', 'W', 'J', 'Hz', 'N', 'Wb', 'T'];

/** A dimension as its SI unit: `V`, `Ohm`, `m^2/(V*s)` as `m^2/(V*s)` would be written from bases; `1` for a plain number. */
export function formatDimension(dimension: Dimension): string {
  const named = preferred.find((symbol) =>
    units.some((unit) => unit.symbol === symbol && sameDimension(unit.dimension, dimension)),
  );
  if (named) return named;
  const above = bases
    .filter((base) => (dimension[base] ?? 0) > 0)
    .map((base) => power(base, dimension[base] ?? 0));
  const below = bases
    .filter((base) => (dimension[base] ?? 0) < 0)
    .map((base) => power(base, -(dimension[base] ?? 0)));
  const numerator = above.length > 0 ? above.join('*') : '1';
  if (below.length === 0) return numerator;
  return `${numerator}/${below.length > 1 ? `(${below.join('*')})` : below[0]}`;
}

/** Bases that are counted, hence named in the plural. */
const counts: ReadonlySet<string> = new Set(['step', 'epoch', 'period', 'code']);

const power = (base: string, exponent: number): string => {
  const name = counts.has(base) ? `${base}s` : base;
  if (exponent === 1) return name;
  const { over, under } = asFraction(exponent);
  // Decimals that end can be read back as a unit; the others are shown as what they are.
  const decimal = Number.isInteger((over / under) * 1e6);
  return `${name}^${decimal ? over / under : `(${over}/${under})`}`;
};

/** The unit in words of a user: `a plain number`, `V`, `steps`. */
export const describeDimension = (dimension: Dimension): string => {
  const text = formatDimension(dimension);
  return text === '1' ? 'a plain number' : text;
};
