import type { BinaryFunction } from '../../design/design.ts';
import type { LawExpression, LawFunction } from './law.ts';

/** An expression, a number, or the name of what is referred to. */
export type Operand = LawExpression | number | string;

export const expression = (operand: Operand): LawExpression => {
  if (typeof operand === 'number') return { op: 'number', value: operand };
  return typeof operand === 'string' ? { op: 'reference', name: operand, next: false } : operand;
};

const unary =
  (fn: LawFunction) =>
  (of: Operand): LawExpression => ({ op: 'unary', fn, of: expression(of) });

const binary =
  (fn: BinaryFunction) =>
  (left: Operand, right: Operand): LawExpression => ({
    op: 'binary',
    fn,
    left: expression(left),
    right: expression(right),
  });

const folded =
  (fn: BinaryFunction) =>
  (first: Operand, ...others: readonly Operand[]): LawExpression =>
    others.map(expression).reduce(binary(fn), expression(first));

export const add = folded('add');

/** A product; factors that are the number 1 are left out. */
export const multiply = (...factors: readonly Operand[]): LawExpression => {
  const [first = 1, ...others] = factors.filter((factor) => factor !== 1);
  return folded('multiply')(first, ...others);
};

export const subtract = binary('subtract');
export const divide = binary('divide');
export const power = binary('power');
export const minimum = binary('minimum');
export const maximum = binary('maximum');
export const negate = unary('negate');
export const exp = unary('exp');
export const ln = unary('ln');
export const sqrt = unary('sqrt');
export const abs = unary('abs');
export const sinh = unary('sinh');
export const cosh = unary('cosh');
export const tanh = unary('tanh');
export const asin = unary('asin');
export const step = unary('step');

export const clamp = (of: Operand, low: Operand, high: Operand): LawExpression => ({
  op: 'clamp',
  of: expression(of),
  low: expression(low),
  high: expression(high),
});

/** The part of a quantity above zero, and the part below. */
export const positive = (of: Operand): LawExpression => maximum(of, 0);
export const negative = (of: Operand): LawExpression => minimum(of, 0);

/** A rate that one factor slows where it rises and another where it falls. */
export const byDirection = (rate: Operand, rising: Operand, falling: Operand): LawExpression =>
  add(multiply(positive(rate), rising), multiply(negative(rate), falling));
