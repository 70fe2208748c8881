import type { Size } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';

export const one: Size = { constant: 1, terms: {} };
/** The size as written; a missing or broken part counts as nothing. */
export function readSize(size: ast.Size | undefined): Size {
  let constant = 0;
  const terms: Record<string, number> = {};
  for (const { factor, dimension } of size?.terms ?? []) {
    if (dimension === undefined) constant += factor ?? 0;
    else terms[dimension.name] = (terms[dimension.name] ?? 0) + (factor ?? 1);
  }
  return { constant, terms };
}

export const isOne = (size: Size): boolean => sameSize(size, one);

export function sameSize(a: Size, b: Size): boolean {
  const names = new Set([...Object.keys(a.terms), ...Object.keys(b.terms)]);
  return (
    a.constant === b.constant && [...names].every((name) => (a.terms[name] ?? 0) === (b.terms[name] ?? 0))
  );
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

/** The size with dimensions bound to numbers; undefined while one is not. */
export function boundSize(size: Size, bindings: ReadonlyMap<string, number>): number | undefined {
  let total = size.constant;
  for (const [name, factor] of Object.entries(size.terms)) {
    const value = bindings.get(name);
    if (value === undefined) return undefined;
    total += factor * value;
  }
  return total;
}

/** Finds the one dimension of `size` that is not bound yet from the number that the size has to be. */
export function solveSize(
  size: Size,
  actual: number,
  bindings: ReadonlyMap<string, number>,
): { readonly name: string; readonly value: number } | undefined {
  const open = Object.entries(size.terms).filter(([name, factor]) => factor !== 0 && !bindings.has(name));
  if (open.length !== 1) return undefined;
  const [name, factor] = open[0];
  const rest =
    boundSize({ ...size, terms: { ...size.terms, [name]: 0 } }, new Map([...bindings, [name, 0]])) ?? 0;
  const value = (actual - rest) / factor;
  return Number.isInteger(value) && value > 0 ? { name, value } : undefined;
}
