import type { Size } from '@memloom/sim-core';

/*
 * Sizes are linear forms over dimension variables, `2 m + 1`. Concatenation and the two directions of a layer add
 * them; a repeated dimension multiplies them by a whole number. Products of variables occur in no size, only in counts
 * of devices, which are known once the variables are.
 */

export const one: Size = { constant: 1, terms: {} };
export const constant = (value: number): Size => ({ constant: value, terms: {} });
export const variable = (name: string): Size => ({ constant: 0, terms: { [name]: 1 } });

/** `a + factor·b`, terms that cancel left out. */
export function add(a: Size, b: Size, factor = 1): Size {
  const terms: Record<string, number> = { ...a.terms };
  for (const [name, coefficient] of Object.entries(b.terms)) {
    const sum = (terms[name] ?? 0) + factor * coefficient;
    if (sum === 0) delete terms[name];
    else terms[name] = sum;
  }
  return { constant: a.constant + factor * b.constant, terms };
}

/** The form with another in place of one of its variables. */
export function substitute(size: Size, name: string, value: Size): Size {
  const coefficient = size.terms[name] ?? 0;
  if (coefficient === 0) return size;
  const { [name]: _replaced, ...terms } = size.terms;
  return add({ constant: size.constant, terms }, value, coefficient);
}

export const variablesOf = ({ terms }: Size): readonly string[] =>
  Object.keys(terms).filter((name) => terms[name] !== 0);

export const isConstant = (size: Size): boolean => variablesOf(size).length === 0;

export const isOne = (size: Size): boolean => sameSize(size, one);

export function sameSize(a: Size, b: Size): boolean {
  const difference = add(a, b, -1);
  return difference.constant === 0 && isConstant(difference);
}

/** `2 m + 1`, `n`, `4`. */
export function formatSize(size: Size): string {
  const terms = Object.entries(size.terms)
    .filter(([, factor]) => factor !== 0)
    .map(([name, factor]) => (factor === 1 ? name : `${factor} ${name}`));
  return size.constant !== 0 || terms.length === 0
    ? [...terms, `${size.constant}`].join(' + ')
    : terms.join(' + ');
}

/** The form's value with numbers for its variables; undefined while one has none. */
export function boundSize(size: Size, bindings: ReadonlyMap<string, number>): number | undefined {
  let total = size.constant;
  for (const [name, factor] of Object.entries(size.terms)) {
    const value = bindings.get(name);
    if (value === undefined) return undefined;
    total += factor * value;
  }
  return total;
}
