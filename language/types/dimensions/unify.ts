import type { Size } from '@memloom/sim-core';
import { add, formatSize, isOne, sameSize, substitute, variable, variablesOf } from './linear-form.ts';

/** A size together with whose it is and where that was said. `P` is whatever the caller finds places by. */
export interface Sized<P> {
  readonly size: Size;
  /** Whose size it is, in words: `"x"`, `the input "x" of Lstm`. */
  readonly what: string;
  readonly place?: P;
}

/** Two sizes that had to be equal and are not, each with what is known of it by then and why. */
export interface Conflict<P> {
  readonly left: Sized<P>;
  readonly right: Sized<P>;
  /** The equation without a solution in whole numbers, as in `2 n + 1 = 4`; undefined where both sides are known. */
  readonly unsolvable?: string;
  /** What made the variables on the two sides what they are, oldest first. */
  readonly because: readonly Cause<P>[];
}

/** Why a variable has its value: the two sides that were made equal. */
export interface Cause<P> {
  readonly variable: string;
  readonly value: Size;
  readonly left: Sized<P>;
  readonly right: Sized<P>;
}

/** Linear equations over dimension variables, solved as they come. */
export interface Unifier<P> {
  /** A variable that is to be found; all others are given names that equal only themselves. */
  unknown(name: string): Size;
  /** A variable that is to be found and that no text names. */
  fresh(): Size;
  /** Makes two sizes equal, or says why they cannot be. What does not have a solution yet waits for more equations. */
  equate(left: Sized<P>, right: Sized<P>): Conflict<P> | undefined;
  /** The size with everything put in that is known. */
  resolve(size: Size): Size;
  /** Whether a size still depends on what is to be found. */
  isOpen(size: Size): boolean;
  /** What made the unknowns within a size what they are, oldest first. */
  causes(size: Size): readonly Cause<P>[];
  /** How many unknowns have been found: it grows with whatever an equation newly says, and only then. */
  found(): number;
}

export function unifier<P>(): Unifier<P> {
  const unknowns = new Set<string>();
  const bindings = new Map<string, Cause<P>>();
  let waiting: (readonly [Sized<P>, Sized<P>])[] = [];
  let freshCount = 0;

  const resolve = (size: Size): Size => {
    let result = size;
    for (const name of variablesOf(size)) {
      const bound = bindings.get(name);
      if (bound) result = substitute(result, name, resolve(bound.value));
    }
    return result;
  };
  const openIn = (size: Size) => variablesOf(resolve(size)).filter((name) => unknowns.has(name));
  const unknown = (name: string): Size => {
    unknowns.add(name);
    return variable(name);
  };

  const causes = (size: Size): readonly Cause<P>[] => {
    const found = new Set<Cause<P>>();
    const visit = (within: Size): void => {
      for (const name of variablesOf(within)) {
        const cause = bindings.get(name);
        if (!cause || found.has(cause)) continue;
        visit(cause.value);
        found.add(cause);
      }
    };
    visit(size);
    return [...found];
  };

  /** Solves one equation for one of its unknowns; undefined where that has to wait, false where it cannot be. */
  const solve = (left: Sized<P>, right: Sized<P>): boolean | undefined => {
    const difference = add(resolve(left.size), resolve(right.size), -1);
    const open = variablesOf(difference).filter((name) => unknowns.has(name));
    if (open.length === 0) return difference.constant === 0 && variablesOf(difference).length === 0;
    const name = open.find((candidate) => dividesAll(difference, candidate));
    if (name === undefined) return open.length > 1 ? undefined : false;
    const coefficient = difference.terms[name];
    const value = scaled(substitute(difference, name, { constant: 0, terms: {} }), -1 / coefficient);
    if (variablesOf(value).length === 0 && value.constant < 1) return false;
    bindings.set(name, { variable: name, value, left, right });
    return true;
  };

  const conflict = (left: Sized<P>, right: Sized<P>): Conflict<P> => {
    const because = [...causes(left.size), ...causes(right.size)];
    const sides = [left, right].map((side) => ({ ...side, size: resolve(side.size) }));
    const stuck = openIn(left.size).length + openIn(right.size).length > 0;
    return {
      left: sides[0],
      right: sides[1],
      because: [...new Set(because)],
      ...(stuck ? { unsolvable: equationOf(sides) } : {}),
    };
  };

  const equate = (left: Sized<P>, right: Sized<P>): Conflict<P> | undefined => {
    const solved = solve(left, right);
    if (solved === false) return conflict(left, right);
    if (solved === undefined) {
      waiting.push([left, right]);
      return undefined;
    }
    const again = waiting;
    waiting = [];
    for (const [a, b] of again) {
      const found = equate(a, b);
      if (found) return found;
    }
    return undefined;
  };

  return {
    unknown,
    fresh: () => unknown(`?${++freshCount}`),
    equate,
    resolve,
    isOpen: (size) => openIn(size).length > 0,
    causes,
    found: () => bindings.size,
  };
}

/** `2 n + 1 = 4`, the side with variables first. */
const equationOf = (sides: readonly { readonly size: Size }[]): string =>
  [...sides]
    .sort((a, b) => variablesOf(b.size).length - variablesOf(a.size).length)
    .map(({ size }) => formatSize(size))
    .join(' = ');

/** Solving for the variable leaves whole numbers only. */
function dividesAll(size: Size, name: string): boolean {
  const coefficient = size.terms[name];
  return [size.constant, ...Object.values(size.terms)].every((value) =>
    Number.isInteger(value / coefficient),
  );
}

const scaled = (size: Size, factor: number): Size => add({ constant: 0, terms: {} }, size, factor);

/** What elementwise operands have in common: a size of 1 fits every size. */
export type Common<P> =
  | { readonly kind: 'size'; readonly of: Sized<P> }
  /** Operands whose sizes are known and differ. */
  | { readonly kind: 'conflict'; readonly conflict: Conflict<P> }
  /** Nothing but sizes of 1 is known so far. */
  | { readonly kind: 'open' };

/**
 * The size of an elementwise combination: that of every operand that is not 1. Operands that are still open take it
 * where `settle` says so, and stay as they are otherwise.
 */
export function commonSize<P>(operands: readonly Sized<P>[], unify: Unifier<P>, settle: boolean): Common<P> {
  const known = operands.filter(({ size }) => !unify.isOpen(size));
  const wide = known.find(({ size }) => !isOne(unify.resolve(size)));
  if (!wide) {
    const open = operands.find(({ size }) => unify.isOpen(size));
    return open || operands.length === 0 ? { kind: 'open' } : { kind: 'size', of: operands[0] };
  }
  for (const other of operands) {
    const size = unify.resolve(other.size);
    if (isOne(size) || sameSize(size, unify.resolve(wide.size))) continue;
    if (unify.isOpen(size) && !settle) continue;
    const conflict = unify.equate(wide, other);
    if (conflict) return { kind: 'conflict', conflict };
  }
  return { kind: 'size', of: wide };
}
