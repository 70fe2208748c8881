import type { WeightedOperand } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { one } from '../types/dimensions/linear-form.ts';
import { dimensionless } from '../types/units/dimension.ts';
import { names } from './blocks.ts';
import { originOf } from './context.ts';
import { type EquationScope, elaborateScalar, scalar, type TypedScalar } from './expressions.ts';

/** Gives each weight block of a cell its name: `GATE.OPERAND`, with `_2`, `_3` … on a repeat. */
export class WeightNames {
  private readonly taken = new Map<string, number>();

  next(gate: string, operand: string): string {
    const name = `${gate}.${operand}`;
    const count = (this.taken.get(name) ?? 0) + 1;
    this.taken.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  }
}

/** `vmm(x, h, 1)` and `peephole(c)` in the equation of a gate; sizes of operands are filled in later. */
export function elaborateProduct(
  call: ast.Call,
  callee: ast.FunctionDeclaration,
  gate: string,
  names: WeightNames,
  scope: EquationScope,
): TypedScalar | undefined {
  const place = { node: call };
  const operands = call.arguments.map((argument) => elaborateScalar(argument.value, scope));
  const peephole = callee.name === 'peephole';
  if (
    operands.length === 0 ||
    (peephole && operands.length !== 1) ||
    call.arguments.some((argument) => argument.parameter)
  ) {
    scope.report('product.operands', place, {
      name: callee.name,
      expected: peephole ? 'one signal' : 'signals, and 1 for a bias: vmm(x, h, 1)',
    });
    return undefined;
  }
  const weighted: WeightedOperand[] = [];
  for (const [index, operand] of operands.entries()) {
    if (!operand) return undefined;
    if (peephole && operand.expression.op === 'number') {
      scope.report('product.operands', place, { name: callee.name, expected: 'one signal' });
      return undefined;
    }
    const weights = names.next(gate, operandName(call.arguments[index].value));
    weighted.push({ weights, value: operand.expression, size: one });
  }
  const id = names.next(gate, callee.name);
  const origin = originOf(call);
  return peephole
    ? scalar({ op: 'peephole', id, operand: weighted[0], origin }, dimensionless)
    : scalar({ op: 'vmm', id, operands: weighted, origin }, dimensionless);
}

/** The identifiers of an operand joined; `bias` for the number 1. */
function operandName(expression: ast.Expression): string {
  if (ast.isNumberLiteral(expression)) return expression.value === 1 ? 'bias' : 'constant';
  const identifiers = names(expression).map((name) => name.symbol?.$refText);
  return identifiers.length > 0 ? identifiers.join('_') : 'constant';
}
