import type { MergedCell } from '../../elaborate/merged-cell.ts';
import * as ast from '../../generated/ast.ts';
import { applyBinary, applyUnary } from '../../types/ranges/functions.ts';
import { anything, type Interval, interval, point } from '../../types/ranges/interval.ts';

const operators = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' } as const;
const activations = ['sigmoid', 'hardSigmoid', 'tanh', 'relu', 'abs'] as const;

/** Equations that are followed through their names; deeper ones count as unknown. */
const deepest = 8;

/** What an expression of a cell can be whatever the weights, inputs and states are: what its functions leave possible. */
export function rangeIn(
  cell: MergedCell,
  expression: ast.Expression | undefined,
  depth: number = deepest,
): Interval {
  if (!expression || depth === 0) return anything;
  const of = (part: ast.Expression | undefined) => rangeIn(cell, part, depth - 1);
  if (ast.isNumberLiteral(expression)) return point(expression.value);
  if (ast.isNegation(expression)) return applyUnary('negate', of(expression.value));
  if (ast.isBinary(expression))
    return applyBinary(operators[expression.operator], of(expression.left), of(expression.right));
  if (ast.isName(expression)) {
    const name = expression.symbol?.$refText;
    return cell.states.has(name) ? anything : of(cell.equations.get(name)?.value);
  }
  if (!ast.isCall(expression)) return anything;
  const name = expression.function?.$refText;
  const [argument] = expression.arguments;
  const fn = activations.find((known) => known === name);
  if (fn) return applyUnary(fn, of(argument?.value));
  return name === 'clamp' ? limits(expression) : anything;
}

/** `clamp(x, -1, 1)`, `clamp(x, -1 .. 1)` with plain numbers. */
function limits({ arguments: given }: ast.Call): Interval {
  const [, low, high] = given.map(({ value }) => value);
  const ends = ast.isRange(low) ? [numberOf(low.low), numberOf(low.high)] : [numberOf(low), numberOf(high)];
  const [from, to] = ends;
  return from === undefined || to === undefined || from > to ? anything : interval(from, to);
}

function numberOf(expression: ast.Expression | undefined): number | undefined {
  if (ast.isNumberLiteral(expression)) return expression.value;
  const inner = ast.isNegation(expression) ? numberOf(expression.value) : undefined;
  return inner === undefined ? undefined : -inner;
}
