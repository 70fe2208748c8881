import type { BinaryFunction, Expression, UnaryFunction } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import {
  type Dimension,
  dimensionless,
  isDimensionless,
  raiseDimension,
  sameDimension,
} from '../types/units/dimension.ts';
import { describeDimension } from '../types/units/format.ts';
import { boundArguments } from './bound-arguments.ts';
import { reportCombination } from './constants.ts';
import { originOf } from './context.ts';
import {
  binary,
  type EquationScope,
  elaborateExpression,
  elaborateScalar,
  scalar,
  type Typed,
  type TypedScalar,
} from './expressions.ts';

/** What a function makes of the dimension of its argument. */
type DimensionRule = 'plain' | 'keep' | 'root' | 'sign';

const unaryFunctions: ReadonlyMap<string, { readonly fn: UnaryFunction; readonly rule: DimensionRule }> =
  new Map([
    ['sigmoid', { fn: 'sigmoid', rule: 'plain' }],
    ['hardSigmoid', { fn: 'hardSigmoid', rule: 'plain' }],
    ['tanh', { fn: 'tanh', rule: 'plain' }],
    ['exp', { fn: 'exp', rule: 'plain' }],
    ['ln', { fn: 'ln', rule: 'plain' }],
    ['sinh', { fn: 'sinh', rule: 'plain' }],
    ['cosh', { fn: 'cosh', rule: 'plain' }],
    ['round', { fn: 'round', rule: 'plain' }],
    ['relu', { fn: 'relu', rule: 'keep' }],
    ['abs', { fn: 'abs', rule: 'keep' }],
    ['sqrt', { fn: 'sqrt', rule: 'root' }],
    ['sign', { fn: 'sign', rule: 'sign' }],
    ['step', { fn: 'step', rule: 'sign' }],
  ]);
const binaryFunctions: ReadonlyMap<string, BinaryFunction> = new Map([
  ['min', 'minimum'],
  ['max', 'maximum'],
]);

/** The engine's elementwise function of this name, as layers of a network use it. */
export const unaryFunction = (name: string): UnaryFunction | undefined => unaryFunctions.get(name)?.fn;
export const binaryFunction = (name: string): BinaryFunction | undefined => binaryFunctions.get(name);

/** Function kinds in words. */
const kindNames: Readonly<Record<string, string>> = {
  elementwise: 'an elementwise function',
  product: 'a crossbar product',
  layer: 'a layer of a network',
  distribution: 'a distribution',
  scaling: 'a scaling of data',
  generator: 'a generator of data',
  optimizer: 'an optimizer',
};
export const describeCallee = (callee: ast.Callable): string =>
  ast.isCell(callee)
    ? 'a cell'
    : (kindNames[callee.kind] ?? `a function of the unknown kind "${callee.kind}"`);

/** A call in an equation. */
export function elaborateCall(call: ast.Call, scope: EquationScope): Typed | undefined {
  const callee = call.function?.ref;
  if (!callee) return undefined;
  const place = { node: call, property: 'function' };
  if (ast.isFunctionDeclaration(callee) && callee.kind === 'product') {
    if (scope.product) return scope.product(call, callee);
    scope.report('product.misplaced', place, { name: callee.name });
    return undefined;
  }
  if (ast.isCell(callee) || callee.kind !== 'elementwise') {
    const expected = 'an elementwise function such as tanh(x)';
    scope.report('function.misplaced', place, { name: callee.name, kind: describeCallee(callee), expected });
    return undefined;
  }
  return callee.body ? expand(call, callee, scope) : builtIn(call, callee, scope);
}

/** A function with a body stands for its body, with its arguments in place of its parameters. */
function expand(call: ast.Call, callee: ast.FunctionDeclaration, scope: EquationScope): Typed | undefined {
  if (scope.expanding.includes(callee)) {
    scope.report(
      'equation.loop',
      { node: call, property: 'function' },
      { names: [...scope.expanding, callee].map((fn) => fn.name).join(' → ') },
    );
    return undefined;
  }
  if (scope.budget.left <= 0) return undefined;
  scope.budget.left--;
  const given = boundArguments(call, callee.parameters, callee.name, scope.report);
  const values = new Map<string, Typed | undefined>();
  for (const parameter of callee.parameters) {
    const expression = given.get(parameter)?.value;
    values.set(parameter.name, elaborateExpression(expression ?? parameter.value, scope));
  }
  if ([...values.values()].includes(undefined)) return undefined;
  const expanded = elaborateExpression(callee.body, {
    // The body may stand in another file; what is wrong with it here comes from the call.
    report: (code, _place, details) => scope.report(code, { node: call, property: 'function' }, details),
    lookup: (name) => rangeEnd(values.get(name.symbol?.$refText), name, scope),
    expanding: [...scope.expanding, callee],
    budget: scope.budget,
  });
  return withinLimits(expanded, call, callee, scope);
}

/** Operations that one expanded function may come to. */
const largestExpansion = 20_000;

function withinLimits(
  expanded: Typed | undefined,
  call: ast.Call,
  callee: ast.FunctionDeclaration,
  scope: EquationScope,
): Typed | undefined {
  const exhausted = scope.budget.left === 0;
  const tooLarge = expanded?.kind === 'scalar' && operations(expanded.expression) > largestExpansion;
  if (!exhausted && !tooLarge) return expanded;
  if (exhausted) scope.budget.left = -1;
  if (scope.budget.left !== -2)
    scope.report('function.size', { node: call, property: 'function' }, { name: callee.name });
  scope.budget.left = -2;
  return undefined;
}

const counted = new WeakMap<Expression, number>();

/** Operations of an expression; what is shared within it counts each time that it stands there. */
function operations(expression: Expression): number {
  const known = counted.get(expression);
  if (known !== undefined) return known;
  const parts =
    expression.op === 'unary'
      ? [expression.of]
      : expression.op === 'binary'
        ? [expression.left, expression.right]
        : expression.op === 'clamp'
          ? [expression.of, expression.low, expression.high]
          : [];
  const count = parts.reduce((sum, part) => sum + operations(part), 1);
  counted.set(expression, count);
  return count;
}

/** `rails.low` of a range, or the value itself. */
export function rangeEnd(
  typed: Typed | undefined,
  name: ast.Name,
  scope: Pick<EquationScope, 'report'>,
): Typed | undefined {
  if (!typed || name.end === undefined) return typed;
  if (typed.kind === 'range' && (name.end === 'low' || name.end === 'high'))
    return scalar(typed[name.end], typed.dimension);
  scope.report('equation.notARange', { node: name }, { name: name.symbol.$refText });
  return undefined;
}

function builtIn(call: ast.Call, callee: ast.FunctionDeclaration, scope: EquationScope): Typed | undefined {
  const given = boundArguments(call, callee.parameters, callee.name, scope.report);
  const operands = callee.parameters.map((parameter) => given.get(parameter)?.value);
  if (callee.name === 'clamp') return clamp(call, operands, scope);
  const [first, second] = operands;
  const unary = unaryFunctions.get(callee.name);
  if (unary) {
    const of = elaborateScalar(first, scope);
    const dimension = of && argumentDimension(unary.rule, of.dimension, call, callee.name, scope);
    return (
      of &&
      dimension &&
      scalar({ op: 'unary', fn: unary.fn, of: of.expression, origin: originOf(call) }, dimension)
    );
  }
  const fn = binaryFunctions.get(callee.name);
  if (fn) return extremum(call, fn, elaborateScalar(first, scope), elaborateScalar(second, scope), scope);
  scope.report(
    'name.unknown',
    { node: call, property: 'function' },
    { kind: 'function of the engine', name: callee.name },
  );
  return undefined;
}

function argumentDimension(
  rule: DimensionRule,
  dimension: Dimension,
  call: ast.Call,
  fn: string,
  scope: EquationScope,
): Dimension | undefined {
  if (rule === 'keep') return dimension;
  if (rule === 'root') return raiseDimension(dimension, 0.5);
  if (rule === 'sign' || isDimensionless(dimension)) return dimensionless;
  scope.report(
    'unit.argument',
    { node: call.arguments[0] ?? call },
    { fn, actual: describeDimension(dimension) },
  );
  return undefined;
}

function extremum(
  call: ast.Call,
  fn: BinaryFunction,
  left: TypedScalar | undefined,
  right: TypedScalar | undefined,
  scope: EquationScope,
): Typed | undefined {
  if (!left || !right) return undefined;
  if (sameDimension(left.dimension, right.dimension))
    return scalar(binary(fn, left.expression, right.expression, originOf(call)), left.dimension);
  reportCombination(call.function.$refText, left.dimension, right.dimension, call, scope.report);
  return undefined;
}

function clamp(
  call: ast.Call,
  operands: readonly (ast.Expression | undefined)[],
  scope: EquationScope,
): Typed | undefined {
  const of = elaborateScalar(operands[0], scope);
  const limits = clampLimits(call, operands[1], operands[2], scope);
  if (!of || !limits) return undefined;
  if (sameDimension(of.dimension, limits.dimension)) {
    const { low, high } = limits;
    return scalar({ op: 'clamp', of: of.expression, low, high, origin: originOf(call) }, of.dimension);
  }
  reportCombination('clamp', of.dimension, limits.dimension, call, scope.report);
  return undefined;
}

function clampLimits(
  call: ast.Call,
  low: ast.Expression | undefined,
  high: ast.Expression | undefined,
  scope: EquationScope,
): Extract<Typed, { kind: 'range' }> | undefined {
  if (high) {
    const [from, to] = [elaborateScalar(low, scope), elaborateScalar(high, scope)];
    if (!from || !to) return undefined;
    if (sameDimension(from.dimension, to.dimension))
      return { kind: 'range', low: from.expression, high: to.expression, dimension: to.dimension };
    reportCombination('clamp', from.dimension, to.dimension, call, scope.report);
    return undefined;
  }
  const range = elaborateExpression(low, scope);
  if (!range || range.kind === 'range') return range;
  scope.report(
    'value.expected',
    { node: low ?? call },
    { subject: 'clamp', expected: 'a range such as 0 V .. 1 V, or both limits' },
  );
  return undefined;
}
