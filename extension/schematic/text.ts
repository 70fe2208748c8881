import type { BinaryFunction, Expression } from '@memloom/sim-core';

/** Signs of functions of two arguments, and how strongly they bind. */
const infix: Readonly<Partial<Record<BinaryFunction, { readonly sign: string; readonly binds: number }>>> = {
  add: { sign: ' + ', binds: 1 },
  subtract: { sign: ' − ', binds: 1 },
  multiply: { sign: ' · ', binds: 2 },
  divide: { sign: ' / ', binds: 2 },
  power: { sign: '^', binds: 3 },
};

/** An expression as one would write it, with brackets where what is around it binds as strongly. */
export function textOf(expression: Expression, around = 0): string {
  switch (expression.op) {
    case 'number':
      return String(expression.value);
    case 'reference':
      return `${expression.name}${expression.next ? "'" : ''}`;
    case 'unary': {
      if (expression.fn !== 'negate') return `${expression.fn}(${textOf(expression.of)})`;
      const text = `−${textOf(expression.of, 2)}`;
      return around >= 2 ? `(${text})` : text;
    }
    case 'binary': {
      const { fn, left, right } = expression;
      const { sign, binds } = infix[fn] ?? {};
      if (sign === undefined || binds === undefined) return `${fn}(${textOf(left)}, ${textOf(right)})`;
      // A power of a power is one of what stands on its right.
      const text = `${textOf(left, fn === 'power' ? binds : binds - 1)}${sign}${textOf(right, binds)}`;
      return binds <= around ? `(${text})` : text;
    }
    case 'clamp':
      return `clamp(${[expression.of, expression.low, expression.high].map((part) => textOf(part)).join(', ')})`;
    case 'vmm':
      return `vmm(${expression.operands.map(({ value }) => textOf(value)).join(', ')})`;
    case 'peephole':
      return `peephole(${textOf(expression.operand.value)})`;
  }
}

/** Longest text within a box. */
const longest = 26;

export const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
