import type { BinaryFunction, Expression, Origin } from '@memloom/sim-core';
import type { Report } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';
import {
  type Dimension,
  dimensionless,
  divideDimensions,
  isDimensionless,
  multiplyDimensions,
  raiseDimension,
  sameDimension,
} from '../types/units/dimension.ts';
import { scaleToSi, splitQuantity } from '../types/units/unit.ts';
import { elaborateCall } from './calls.ts';
import { reportCombination, unitOfQuantity } from './constants.ts';
import { originOf } from './context.ts';

/** An elaborated expression with its dimension; undefined once an error has been reported below it. */
export type Typed =
  | { readonly kind: 'scalar'; readonly expression: Expression; readonly dimension: Dimension }
  | {
      readonly kind: 'range';
      readonly low: Expression;
      readonly high: Expression;
      readonly dimension: Dimension;
    };
export type TypedScalar = Extract<Typed, { kind: 'scalar' }>;

/** What the expressions of one cell, block or device are elaborated within. */
export interface EquationScope {
  readonly report: Report;
  /** The value that a name has here; reports and gives undefined where it has none. */
  lookup(name: ast.Name): Typed | undefined;
  /** A crossbar product; absent where there is no crossbar. */
  readonly product?: (call: ast.Call, callee: ast.FunctionDeclaration) => TypedScalar | undefined;
  /** Functions being expanded, against recursion without end. */
  readonly expanding: readonly ast.FunctionDeclaration[];
  /** Expansions that are left to one equation, against functions that call functions that call functions. */
  readonly budget: { left: number };
}

/** Expansions that one equation may take. */
export const expansionBudget = (): EquationScope['budget'] => ({ left: 5000 });

export function elaborateExpression(
  expression: ast.Expression | undefined,
  scope: EquationScope,
): Typed | undefined {
  switch (expression?.$type) {
    case 'NumberLiteral':
      return numberLiteral(expression.value, dimensionless, expression, scope);
    case 'Quantity': {
      const unit = unitOfQuantity(expression, scope.report);
      return (
        unit &&
        numberLiteral(
          scaleToSi(splitQuantity(expression.text).number, unit),
          unit.dimension,
          expression,
          scope,
        )
      );
    }
    case 'Name':
      return scope.lookup(expression);
    case 'Negation': {
      const of = elaborateScalar(expression.value, scope);
      return (
        of &&
        scalar({ op: 'unary', fn: 'negate', of: of.expression, origin: originOf(expression) }, of.dimension)
      );
    }
    case 'Binary':
      return elaborateBinary(expression, scope);
    case 'Power':
      return elaboratePower(expression, scope);
    case 'Range':
      return elaborateRange(expression, scope);
    case 'Call':
      return elaborateCall(expression, scope);
    case 'Text':
    case 'ArraySize':
      scope.report(
        'equation.operand',
        { node: expression },
        { what: expression.$type === 'Text' ? 'A text' : 'An array size' },
      );
      return undefined;
    default:
      return undefined;
  }
}

/** An expression that must be a single number per element, not a range. */
export function elaborateScalar(
  expression: ast.Expression | undefined,
  scope: EquationScope,
): TypedScalar | undefined {
  const typed = elaborateExpression(expression, scope);
  if (!typed || typed.kind === 'scalar') return typed;
  if (expression) scope.report('equation.constant', { node: expression }, {});
  return undefined;
}

export const scalar = (expression: Expression, dimension: Dimension): TypedScalar => ({
  kind: 'scalar',
  expression,
  dimension,
});

function numberLiteral(
  value: number,
  dimension: Dimension,
  node: ast.Expression,
  scope: EquationScope,
): Typed | undefined {
  if (Number.isFinite(value)) return scalar({ op: 'number', value, origin: originOf(node) }, dimension);
  scope.report('value.number', { node }, { text: node.$cstNode?.text ?? 'The value' });
  return undefined;
}

const operators: Readonly<Record<ast.Binary['operator'], BinaryFunction>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
};

function elaborateBinary(expression: ast.Binary, scope: EquationScope): Typed | undefined {
  const left = elaborateScalar(expression.left, scope);
  const right = elaborateScalar(expression.right, scope);
  if (!left || !right) return undefined;
  const value = binary(
    operators[expression.operator],
    left.expression,
    right.expression,
    originOf(expression),
  );
  if (expression.operator === '*') return scalar(value, multiplyDimensions(left.dimension, right.dimension));
  if (expression.operator === '/') return scalar(value, divideDimensions(left.dimension, right.dimension));
  if (sameDimension(left.dimension, right.dimension)) return scalar(value, left.dimension);
  const operation = expression.operator === '+' ? 'A sum' : 'A difference';
  reportCombination(operation, left.dimension, right.dimension, expression, scope.report);
  return undefined;
}

export const binary = (
  fn: BinaryFunction,
  left: Expression,
  right: Expression,
  origin?: Origin,
): Expression => ({
  op: 'binary',
  fn,
  left,
  right,
  origin,
});

function elaboratePower(expression: ast.Power, scope: EquationScope): Typed | undefined {
  const base = elaborateScalar(expression.base, scope);
  const exponent = elaborateScalar(expression.exponent, scope);
  if (!base || !exponent) return undefined;
  const value = binary('power', base.expression, exponent.expression, originOf(expression));
  if (isDimensionless(base.dimension) && isDimensionless(exponent.dimension))
    return scalar(value, dimensionless);
  const constant = numberIn(exponent.expression);
  if (constant !== undefined && isDimensionless(exponent.dimension))
    return scalar(value, raiseDimension(base.dimension, constant));
  scope.report('unit.exponent', { node: expression.exponent }, {});
  return undefined;
}

/** The number that an expression is, if it is one. */
function numberIn(expression: Expression): number | undefined {
  if (expression.op === 'number') return expression.value;
  const negated =
    expression.op === 'unary' && expression.fn === 'negate' ? numberIn(expression.of) : undefined;
  return negated === undefined ? undefined : -negated;
}

function elaborateRange(expression: ast.Range, scope: EquationScope): Typed | undefined {
  const low = elaborateScalar(expression.low, scope);
  const high = elaborateScalar(expression.high, scope);
  if (!low || !high) return undefined;
  const bareZero =
    low.expression.op === 'number' && low.expression.value === 0 && isDimensionless(low.dimension);
  const dimension = bareZero ? high.dimension : low.dimension;
  if (sameDimension(dimension, high.dimension))
    return { kind: 'range', low: low.expression, high: high.expression, dimension };
  reportCombination('A range', low.dimension, high.dimension, expression, scope.report);
  return undefined;
}
