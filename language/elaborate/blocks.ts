import type { BlockDesign, Equation, Expression, ParameterDesign, PortDesign } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { documentation } from '../references/documentation.ts';
import { type Dimension, dimensionless, sameDimension } from '../types/units/dimension.ts';
import { formatDimension } from '../types/units/format.ts';
import { rangeEnd } from './calls.ts';
import { unitOf } from './constants.ts';
import { type Context, originOf } from './context.ts';
import { elaborateScalar, expansionBudget, scalar, type Typed } from './expressions.ts';
import { orderByNeed } from './order.ts';
import { type ParameterType, parameterType, reportMismatch } from './parameters.ts';
import { needsOfLoop } from './related-cycle.ts';
import { parameterValue } from './value.ts';

/** Equations of a block that describe its cost rather than its transfer, with their units. */
const costEquations: ReadonlyMap<string, Dimension> = new Map([
  ['power', { kg: 1, m: 2, s: -3 }],
  ['area', { m: 2 }],
]);

export function elaborateBlock(block: ast.Block, context: Context): BlockDesign {
  const { report } = context;
  const name = context.use(block);
  const types = block.parameters.map((parameter) => parameterType(parameter, true, report));
  const inputs = block.inputs.map((port) => elaboratePort(port, context));
  const output = elaboratePort(block.output, context);
  const parameters = block.parameters.flatMap(
    (parameter, index) => elaborateParameter(parameter, types[index], context) ?? [],
  );
  const ports = new Map(block.inputs.map((port, index) => [port.name, inputs[index].dimension]));
  const equations = elaborateEquations(
    block.equations,
    ports,
    types,
    `block:${name}`,
    context,
    new Map([[output.port.name, output.dimension]]),
  );
  const costs = equations.filter((equation) => costEquations.has(equation.name));
  if (block.output && !block.equations.some((equation) => equation.name === block.output.name))
    report(
      'equation.output',
      { node: block, property: 'output' },
      { owner: block.name, name: block.output.name },
    );
  return {
    id: `block:${name}`,
    name,
    origin: originOf(block),
    inputs: inputs.map(({ port }) => port),
    output: output.port,
    parameters,
    equations: equations.filter((equation) => !costEquations.has(equation.name)),
    ...(costs.length > 0 ? { costs } : {}),
  };
}

/** The SI unit of each equation of a block, as far as it can be told. */
export function blockUnits(block: ast.Block, context: Context): ReadonlyMap<ast.Equation, string> {
  const silent = { ...context, report: () => undefined };
  const found = new Map<ast.Equation, Dimension>();
  const ports = new Map(block.inputs.map((port) => [port.name, elaboratePort(port, silent).dimension]));
  const types = block.parameters.map((parameter) => parameterType(parameter, true, silent.report));
  const { port, dimension } = elaboratePort(block.output, silent);
  elaborateEquations(block.equations, ports, types, '', silent, new Map([[port.name, dimension]]), found);
  return new Map([...found].map(([equation, each]) => [equation, formatDimension(each)]));
}

function elaboratePort(
  port: ast.Port | undefined,
  context: Context,
): { port: PortDesign; dimension: Dimension } {
  if (!port) return { port: { name: '', unit: '1' }, dimension: dimensionless };
  if (port.unit === undefined) {
    context.report(
      'port.size',
      { node: port },
      { name: port.name, expected: `a unit, as in ${port.name}: V` },
    );
    return { port: { name: port.name, unit: '1' }, dimension: dimensionless };
  }
  const dimension =
    unitOf(port.unit, context.report, { node: port, property: 'unit' })?.dimension ?? dimensionless;
  return { port: { name: port.name, unit: formatDimension(dimension) }, dimension };
}

function elaborateParameter(
  parameter: ast.Parameter,
  type: ParameterType,
  context: Context,
): ParameterDesign | undefined {
  const value = type.default && parameterValue(type.default);
  if (!value) {
    if (parameter.value === undefined)
      context.report('parameter.default', { node: parameter, property: 'name' }, { name: parameter.name });
    return undefined;
  }
  return {
    name: parameter.name,
    unit: formatDimension(type.dimension),
    default: value,
    ...(type.low > -Infinity ? { low: type.low } : {}),
    ...(type.high < Infinity ? { high: type.high } : {}),
    ...(documentation(parameter) ? { doc: documentation(parameter) } : {}),
  };
}

/**
 * The equations of a block or device in an order in which they can be computed. `known`: dimensions that are
 * declared (ports, states); the dimension of any other equation is that of its value, and noted in `found`.
 */
export function elaborateEquations(
  equations: readonly ast.Equation[],
  inputs: ReadonlyMap<string, Dimension>,
  types: readonly ParameterType[],
  idPrefix: string,
  context: Context,
  declared: ReadonlyMap<string, Dimension>,
  found?: Map<ast.Equation, Dimension>,
): readonly Equation[] {
  const byName = new Map(
    equations.filter((equation) => !equation.next).map((equation) => [equation.name, equation]),
  );
  const sorted = orderByNeed(equations, (equation) =>
    referredNames(equation.value).flatMap((name) => byName.get(name) ?? []),
  );
  if (!sorted.ok) {
    const names = sorted.cycle.map((equation) => equation.name).join(' → ');
    const [own] = sorted.cycle;
    context.report(
      'equation.loop',
      { node: own, property: 'name' },
      { names },
      needsOfLoop(sorted.cycle, own),
    );
    return [];
  }
  const dimensions = new Map<string, Dimension | undefined>(inputs);
  return sorted.order.flatMap((equation) => {
    const typed = elaborateScalar(equation.value, {
      report: context.report,
      expanding: [],
      budget: expansionBudget(),
      lookup: (name) => lookup(name, dimensions, types, context),
    });
    const key = equation.next ? `${equation.name}'` : equation.name;
    const expected = declared.get(key) ?? costEquations.get(key);
    if (typed && expected && !sameDimension(typed.dimension, expected) && !isZero(typed.expression))
      reportMismatch(
        `"${key}"`,
        expected,
        typed.dimension,
        { node: equation, property: 'value' },
        context.report,
      );
    const dimension = expected ?? typed?.dimension;
    if (!equation.next) dimensions.set(equation.name, dimension);
    if (dimension) found?.set(equation, dimension);
    if (!typed) return [];
    const id = `${idPrefix}/${equation.name}`;
    return [
      {
        id,
        name: equation.name,
        origin: originOf(equation),
        next: equation.next,
        value: typed.expression,
        size: { constant: 1, terms: {} },
      },
    ];
  });
}

const isZero = (expression: Expression): boolean => expression.op === 'number' && expression.value === 0;

function lookup(
  name: ast.Name,
  dimensions: ReadonlyMap<string, Dimension | undefined>,
  types: readonly ParameterType[],
  context: Context,
): Typed | undefined {
  const text = name.symbol?.$refText;
  if (name.next) {
    context.report('state.notDeclared', { node: name }, { name: text });
    return undefined;
  }
  const reference = (end?: string) =>
    ({ op: 'reference', name: end ? `${text}.${end}` : text, next: false, origin: originOf(name) }) as const;
  const type = types.find((candidate) => candidate.name === text);
  if (type?.kind === 'range')
    return rangeEnd(
      { kind: 'range', low: reference('low'), high: reference('high'), dimension: type.dimension },
      name,
      context,
    );
  if (type?.kind === 'word') {
    context.report('equation.operand', { node: name }, { what: 'A word' });
    return undefined;
  }
  const dimension = type?.dimension ?? dimensions.get(text);
  if (dimension) return rangeEnd(scalar(reference(), dimension), name, context);
  if (ast.isPort(name.symbol?.ref) && !dimensions.has(text))
    context.report('equation.output.read', { node: name }, { name: text });
  return undefined;
}

/** Every name that an expression refers to, calls' functions left out. */
export function referredNames(expression: ast.Expression | undefined): readonly string[] {
  return names(expression).map((name) => name.symbol?.$refText ?? '');
}

/** Every name in an expression. */
export function names(expression: ast.Expression | undefined): readonly ast.Name[] {
  switch (expression?.$type) {
    case 'Name':
      return [expression];
    case 'Negation':
      return names(expression.value);
    case 'Binary':
      return [...names(expression.left), ...names(expression.right)];
    case 'Power':
      return [...names(expression.base), ...names(expression.exponent)];
    case 'Range':
      return [...names(expression.low), ...names(expression.high)];
    case 'Call':
      return expression.arguments.flatMap((argument) => names(argument.value));
    default:
      return [];
  }
}
