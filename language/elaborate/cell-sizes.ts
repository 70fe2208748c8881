import type { Expression, Size } from '@memloom/sim-core';
import type { Report } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';
import type { MergedCell } from './merged-cell.ts';
import { formatSize, isOne, one, sameSize } from './sizes.ts';

/** An equation before its size is known. */
export interface UnsizedEquation {
  readonly node: ast.Equation;
  readonly value: Expression;
}

type Sizes = Map<string, Size>;

/**
 * The size of each equation of a cell. A size is known from operands (elementwise operations keep it, 1 fits every
 * size) or from where a value goes: crossbar products take the size that is asked of them. Both are followed until
 * nothing new is found; what is left over is reported.
 */
export function inferSizes(
  cell: MergedCell,
  equations: readonly UnsizedEquation[],
  report: Report,
): ReadonlyMap<string, Size> {
  const known: Sizes = new Map(cell.inputSizes);
  for (const [name, state] of cell.states) known.set(name, state.size);
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const equation of equations) settle(equation, cell, known);
  }
  for (const equation of equations) checkEquation(equation, cell, known, report);
  return known;
}

function settle({ node, value }: UnsizedEquation, cell: MergedCell, known: Sizes): void {
  const size = known.get(node.name) ?? synthesize(value, known);
  if (!size) return;
  if (!known.has(node.name)) known.set(node.name, size);
  push(value, size, cell, known);
}

/** The size that an expression has by its operands; undefined while it depends on what is asked of it. */
function synthesize(expression: Expression, known: Sizes): Size | undefined {
  switch (expression.op) {
    case 'number':
      return one;
    case 'reference':
      return known.get(expression.name);
    case 'unary':
      return synthesize(expression.of, known);
    case 'peephole':
      return synthesize(expression.operand.value, known);
    case 'vmm':
      return undefined;
    case 'binary':
    case 'clamp':
      return widest(parts(expression).map((part) => synthesize(part, known)));
  }
}

/** The size of an elementwise combination: that of any operand which is not 1; 1 if all are; else not known yet. */
function widest(sizes: readonly (Size | undefined)[]): Size | undefined {
  const wide = sizes.find((size) => size && !isOne(size));
  if (wide) return wide;
  return sizes.includes(undefined) ? undefined : one;
}

/** Elementwise operands of an expression. */
function parts(expression: Expression): readonly Expression[] {
  switch (expression.op) {
    case 'unary':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'clamp':
      return [expression.of, expression.low, expression.high];
    case 'peephole':
      return [expression.operand.value];
    default:
      return [];
  }
}

/** Gives the size that is asked of an expression to the equations in it whose size is not known yet. */
function push(expression: Expression, size: Size, cell: MergedCell, known: Sizes): void {
  if (expression.op === 'reference' && !known.has(expression.name) && cell.equations.has(expression.name))
    known.set(expression.name, size);
  for (const part of parts(expression)) push(part, size, cell, known);
  if (expression.op !== 'vmm') return;
  for (const { value } of expression.operands) {
    const operand = synthesize(value, known);
    if (operand) push(value, operand, cell, known);
  }
}

function checkEquation(
  { node, value }: UnsizedEquation,
  cell: MergedCell,
  known: Sizes,
  report: Report,
): void {
  const size = known.get(node.name);
  if (!size) {
    report('dimension.undetermined', { node, property: 'name' }, { name: node.name });
    return;
  }
  checkParts(value, node, known, report);
  const actual = synthesize(value, known);
  if (cell.states.has(node.name) && actual && !isOne(actual) && !sameSize(actual, size)) {
    const details = {
      left: `"${node.name}"`,
      leftSize: formatSize(size),
      right: 'its equation',
      rightSize: formatSize(actual),
    };
    report('dimension.mismatch', { node, property: 'value' }, details);
  }
}

/** Reports the innermost combination of unequal sizes, and operands of products that have no size. */
function checkParts(expression: Expression, node: ast.Equation, known: Sizes, report: Report): boolean {
  const inner = parts(expression).map((part) => checkParts(part, node, known, report));
  if (expression.op === 'vmm') checkOperands(expression, node, known, report);
  if (inner.includes(false)) return false;
  const sized = parts(expression).flatMap((part) => {
    const size = synthesize(part, known);
    return size && !isOne(size) ? [{ part, size }] : [];
  });
  const other = sized.find(({ size }) => !sameSize(size, sized[0].size));
  if (!other) return true;
  report('dimension.mismatch', placeOf(expression, node), {
    left: describe(sized[0].part),
    leftSize: formatSize(sized[0].size),
    right: describe(other.part),
    rightSize: formatSize(other.size),
  });
  return false;
}

function checkOperands(
  expression: Extract<Expression, { op: 'vmm' }>,
  node: ast.Equation,
  known: Sizes,
  report: Report,
): void {
  for (const { value, weights } of expression.operands) {
    if (!checkParts(value, node, known, report) || synthesize(value, known)) continue;
    report('dimension.undetermined', placeOf(value, node), { name: weights });
  }
}

const describe = (expression: Expression): string =>
  expression.op === 'reference' ? `"${expression.name}${expression.next ? "'" : ''}"` : 'the other operand';

/** The expression's own characters where they lie in the equation; inherited equations report at the equation. */
function placeOf(
  expression: Expression,
  node: ast.Equation,
): { node: ast.Equation; property?: string; from?: number; to?: number } {
  const cst = node.$cstNode;
  const origin = expression.origin;
  if (
    !cst ||
    !origin ||
    origin.start.line !== cst.range.start.line ||
    origin.end.line !== cst.range.start.line
  )
    return { node, property: 'value' };
  const shift = cst.range.start.character;
  return { node, from: origin.start.character - shift, to: origin.end.character - shift };
}

/** The size of an operand of a product once the sizes of the cell are known. */
export const operandSize = (expression: Expression, known: ReadonlyMap<string, Size>): Size =>
  synthesize(expression, new Map(known)) ?? one;
