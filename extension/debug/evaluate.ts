import type { Condition, Watched } from '@memloom/server/protocol';
import { compileScalar, type Expression } from '@memloom/sim-core';
import type { NamedValue } from './values.ts';

/** Values of an expression, one for each unit, or the names that have none yet. */
export type Evaluated =
  | { readonly ok: true; readonly values: Float64Array }
  | { readonly ok: false; readonly missing: readonly string[] };

/** What names stand for at one position. */
export type Lookup = (name: string) => NamedValue | undefined;

export const lookupIn = (values: readonly NamedValue[]): Lookup => {
  const byName = new Map(values.map((value) => [value.name, value]));
  return (name) => byName.get(name);
};

/** An expression, ready to be evaluated at any position. */
export type Compiled = (lookup: Lookup) => Evaluated;

export function compileWatched({ expression, size }: Watched): Compiled {
  const names = [...new Set(referencesIn(expression))];
  const scalar = compileScalar(expression, (name) => names.indexOf(name));
  const slots = new Float64Array(names.length);
  return (lookup) => {
    const operands = names.map((name) => operandOf(name, lookup));
    const missing = names.filter((_, at) => operands[at] === undefined);
    if (missing.length > 0) return { ok: false, missing };
    const values = Float64Array.from({ length: size }, (_, unit) => {
      for (const [at, operand] of operands.entries())
        if (operand !== undefined) slots[at] = operand.length === 1 ? operand[0] : operand[unit];
      return scalar(slots);
    });
    return { ok: true, values };
  };
}

function operandOf(reference: string, lookup: Lookup): Float64Array | undefined {
  const [, name, unit] = /^(.*?)(?:\[(\d+)\])?$/.exec(reference) ?? [];
  const values = lookup(name)?.values;
  return unit === undefined ? values : values?.subarray(Number(unit), Number(unit) + 1);
}

function referencesIn(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'reference':
      return [expression.name];
    case 'unary':
      return referencesIn(expression.of);
    case 'binary':
      return [...referencesIn(expression.left), ...referencesIn(expression.right)];
    case 'clamp':
      return [expression.of, expression.low, expression.high].flatMap(referencesIn);
    default:
      return [];
  }
}

/** Whether a condition holds at a position: for any unit of its signals. What is not evaluated yet does not hold. */
export type CompiledCondition = (lookup: Lookup) => boolean;

export function compileCondition(condition: Condition): CompiledCondition {
  const parts = condition.map((all) =>
    all.map(({ left, comparator, right }) => ({
      left: compileWatched(left),
      right: compileWatched(right),
      compare: comparisons[comparator],
    })),
  );
  return (lookup) =>
    parts.some((all) => {
      const units = all.map(({ left, right, compare }) => {
        const [a, b] = [left(lookup), right(lookup)];
        return a.ok && b.ok ? holding(a.values, b.values, compare) : [false];
      });
      return holdTogether(units);
    });
}

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
};

/** For each unit whether the comparison holds. */
const holding = (
  a: Float64Array,
  b: Float64Array,
  compare: (a: number, b: number) => boolean,
): readonly boolean[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, unit) =>
    compare(a[a.length === 1 ? 0 : unit], b[b.length === 1 ? 0 : unit]),
  );

/** Comparisons of equally many units must hold for one and the same of them. */
function holdTogether(comparisons: readonly (readonly boolean[])[]): boolean {
  const sizes = new Set(comparisons.map(({ length }) => length));
  return [...sizes].every((size) => {
    const alike = comparisons.filter(({ length }) => length === size);
    return alike[0].some((_, unit) => alike.every((holds) => holds[unit]));
  });
}
