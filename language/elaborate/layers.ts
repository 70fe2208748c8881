import type { BinaryFunction, LayerDesign } from '@memloom/sim-core';
import type { Place, Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { boundArguments } from './bound-arguments.ts';
import { binaryFunction, describeCallee, unaryFunction } from './calls.ts';
import { bindDimensions } from './cell-dimensions.ts';
import { type Context, originOf } from './context.ts';
import { evaluateParameter, parameterType } from './parameters.ts';

/** A signal of a network. */
export interface Signal {
  /** Name of the layer or input that gives it. */
  readonly name: string;
  readonly size: number;
  /** A value at each time step, or one vector. */
  readonly time: 'sequence' | 'vector';
  /** Runs from the last time step to the first, so that its last value is that of the first step. */
  readonly reverse?: boolean;
  /** What it is concatenated of, so that last(…) can take the last value of each. */
  readonly parts?: readonly Signal[];
  /** How its size came about, in words, where that is not plain to see. */
  readonly how?: string;
  readonly place?: Place;
}

export interface LayerScope {
  readonly network: string;
  readonly context: Context;
  readonly signals: ReadonlyMap<string, Signal>;
  /** The layers found so far, in the order of evaluation. */
  readonly layers: LayerDesign[];
  /** Layers with errors of their own, which others need not repeat. */
  readonly broken: Set<string>;
}

/** One layer of the text: its outermost call takes the layer's name. */
export const elaborateLayer = (layer: ast.Layer, scope: LayerScope): Signal | undefined =>
  elaborate(layer.value, { name: layer.name, reverse: false }, scope);

/** Where in the text's layer an expression stands: the name its own layer takes, and whether it runs backward. */
interface Position {
  readonly name: string;
  readonly reverse: boolean;
}

const inside = (position: Position, part: string): Position => ({
  name: `${position.name}.${part}`,
  reverse: false,
});

function elaborate(
  expression: ast.Expression | undefined,
  position: Position,
  scope: LayerScope,
): Signal | undefined {
  if (!expression) return undefined;
  switch (expression.$type) {
    case 'Name':
      return aliased(expression, position, scope);
    case 'Negation': {
      const of = operand(expression.value, inside(position, 'operand'), scope);
      return of && add(expression, position, { kind: 'unary', fn: 'negate' }, [of], of.size, scope);
    }
    case 'Binary':
      return combine(
        expression,
        operators[expression.operator],
        expression.left,
        expression.right,
        position,
        scope,
      );
    case 'Call':
      return elaborateCall(expression, position, scope);
    default:
      scope.context.report(
        'layer.expression',
        { node: expression },
        { what: describeExpression(expression) },
      );
      return undefined;
  }
}

const operators: Readonly<Record<ast.Binary['operator'], BinaryFunction>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
};

const describeExpression = (expression: ast.Expression): string =>
  ({ NumberLiteral: 'A number', Quantity: 'A number', Range: 'A range', Power: 'A power', Text: 'A text' })[
    expression.$type as string
  ] ?? 'This';

/** An operand: a name stands for its signal, everything else becomes a layer. */
function operand(
  expression: ast.Expression | undefined,
  position: Position,
  scope: LayerScope,
): Signal | undefined {
  return ast.isName(expression) ? named(expression, scope) : elaborate(expression, position, scope);
}

function named(name: ast.Name, { signals, context }: LayerScope): Signal | undefined {
  if (!name.next && name.end === undefined) return signals.get(name.symbol?.$refText);
  context.report(
    'layer.expression',
    { node: name },
    { what: name.next ? "A new value of a state (x')" : 'The end of a range' },
  );
  return undefined;
}

/** `y = rnn`: the signal under another name, as a concatenation of one. */
function aliased(name: ast.Name, position: Position, scope: LayerScope): Signal | undefined {
  const of = named(name, scope);
  const how = of?.how;
  return (
    of &&
    add(name, position, { kind: 'concatenate' }, [of], of.size, scope, {
      parts: [of],
      ...(how ? { how } : {}),
    })
  );
}

type LayerKind = LayerDesign extends infer L
  ? L extends LayerDesign
    ? Omit<L, 'id' | 'name' | 'origin' | 'inputs'>
    : never
  : never;

function add(
  node: ast.Expression,
  position: Position,
  kind: LayerKind,
  inputs: readonly Signal[],
  size: number,
  scope: LayerScope,
  more: Partial<Signal> = {},
): Signal {
  const { name } = position;
  const identity = {
    id: `network:${scope.network}/${name}`,
    name,
    origin: originOf(node),
    inputs: inputs.map((input) => input.name),
  };
  scope.layers.push({ ...identity, ...kind });
  const time = inputs.every((input) => input.time === 'vector') ? 'vector' : 'sequence';
  const reverse = inputs.some((input) => input.reverse);
  return { name, size, time, place: { node }, ...(reverse ? { reverse } : {}), ...more };
}

function combine(
  node: ast.Expression,
  fn: BinaryFunction,
  leftNode: ast.Expression | undefined,
  rightNode: ast.Expression | undefined,
  position: Position,
  scope: LayerScope,
): Signal | undefined {
  const left = operand(leftNode, inside(position, 'left'), scope);
  const right = operand(rightNode, inside(position, 'right'), scope);
  if (!left || !right) return undefined;
  if (left.size !== right.size && left.size !== 1 && right.size !== 1) {
    scope.context.report(
      'dimension.mismatch',
      { node },
      {
        left: `"${left.name}"`,
        leftSize: sizeText(left),
        right: `"${right.name}"`,
        rightSize: sizeText(right),
      },
      [left, right].flatMap(relatedSignal),
    );
    return undefined;
  }
  if (left.time !== right.time) {
    scope.context.report(
      'layer.time',
      { node },
      { fn: 'This operation', expected: 'two sequences or two vectors' },
      [left, right].flatMap(relatedTime),
    );
    return undefined;
  }
  return add(node, position, { kind: 'binary', fn }, [left, right], Math.max(left.size, right.size), scope);
}

/** `16 (8 forward + 8 backward)`: a signal's size with how it came about. */
export const sizeText = ({ size, how }: Signal): string => (how ? `${size} (${how})` : `${size}`);

const relatedSignal = (signal: Signal): readonly Related[] =>
  signal.place ? [{ place: signal.place, message: `"${signal.name}" has size ${sizeText(signal)}.` }] : [];

const relatedTime = (signal: Signal): readonly Related[] => {
  const what = signal.time === 'vector' ? 'one vector, the value after the last time step' : 'a sequence';
  return signal.place ? [{ place: signal.place, message: `"${signal.name}" is ${what}.` }] : [];
};

function elaborateCall(call: ast.Call, position: Position, scope: LayerScope): Signal | undefined {
  const callee = call.function?.ref;
  if (!callee) return undefined;
  if (ast.isCell(callee)) return runCell(call, callee, position, scope);
  const bound = callee.parameters.some((parameter) => parameter.rest)
    ? new Map<ast.Parameter, ast.Argument>()
    : boundArguments(call, callee.parameters, callee.name, scope.context.report);
  const [first, second] = callee.parameters.map((parameter) => bound.get(parameter)?.value);
  const unary = unaryFunction(callee.name);
  if (callee.kind === 'elementwise' && unary) {
    const of = operand(first, inside(position, 'operand'), scope);
    return of && add(call, position, { kind: 'unary', fn: unary }, [of], of.size, scope);
  }
  const fn = callee.kind === 'elementwise' ? binaryFunction(callee.name) : undefined;
  if (fn) return combine(call, fn, first, second, position, scope);
  const build = callee.kind === 'layer' ? layerFunctions[callee.name] : undefined;
  if (build) return build(call, callee, first, bound, position, scope);
  scope.context.report(
    'function.misplaced',
    { node: call, property: 'function' },
    {
      name: callee.name,
      kind: describeCallee(callee),
      expected: 'a cell, a layer such as dense(x, units = 1), or a function of one signal',
    },
  );
  return undefined;
}

type LayerFunction = (
  call: ast.Call,
  callee: ast.FunctionDeclaration,
  first: ast.Expression | undefined,
  bound: ReadonlyMap<ast.Parameter, ast.Argument>,
  position: Position,
  scope: LayerScope,
) => Signal | undefined;

const layerFunctions: Readonly<Record<string, LayerFunction>> = {
  dense(call, callee, first, bound, position, scope) {
    const of = operand(first, inside(position, 'input'), scope);
    const [, unitsParameter, biasParameter] = callee.parameters;
    const read = (parameter: ast.Parameter) => {
      const type = parameterType(parameter, false, () => undefined);
      const argument = bound.get(parameter);
      return argument ? evaluateParameter(argument.value, type, scope.context.report) : type.default;
    };
    const units = read(unitsParameter);
    const bias = read(biasParameter);
    if (!of || units?.kind !== 'number' || bias?.kind !== 'word') return undefined;
    return add(
      call,
      position,
      { kind: 'dense', units: units.value, bias: bias.value === 'true' },
      [of],
      units.value,
      scope,
    );
  },
  softmax(call, _callee, first, _bound, position, scope) {
    const of = operand(first, inside(position, 'input'), scope);
    if (of?.size === 1) scope.context.report('layer.constant', { node: call }, {}, relatedSignal(of));
    return of && add(call, position, { kind: 'softmax' }, [of], of.size, scope);
  },
  concatenate(call, callee, _first, _bound, position, scope) {
    const parts = call.arguments.map((argument, index) =>
      operand(argument.value, inside(position, `part${index + 1}`), scope),
    );
    const found = parts.flatMap((part) => part ?? []);
    if (found.length < parts.length) return undefined;
    return concatenated(call, callee.name, found, position, scope);
  },
  last(call, _callee, first, _bound, position, scope) {
    const of = operand(first, inside(position, 'input'), scope);
    return of && lastOf(call, of, position, scope);
  },
  backward(call, callee, first, _bound, position, scope) {
    return runInner(call, callee, first, { ...position, reverse: true }, scope);
  },
  bidirectional(call, callee, first, _bound, position, scope) {
    const forward = runInner(call, callee, first, inside(position, 'forward'), scope);
    if (!forward) return undefined;
    // The second run repeats what the first has reported.
    const quiet = { ...scope, context: { ...scope.context, report: () => undefined } };
    const backward = runInner(call, callee, first, { ...inside(position, 'backward'), reverse: true }, quiet);
    return backward && concatenated(call, callee.name, [forward, backward], position, scope);
  },
};

function runInner(
  call: ast.Call,
  callee: ast.FunctionDeclaration,
  inner: ast.Expression | undefined,
  position: Position,
  scope: LayerScope,
): Signal | undefined {
  const cell = ast.isCall(inner) ? inner.function?.ref : undefined;
  if (ast.isCall(inner) && ast.isCell(cell)) return runCell(inner, cell, position, scope);
  if (!ast.isCall(inner) || cell)
    scope.context.report(
      'layer.time',
      { node: inner ?? call },
      { fn: callee.name, expected: 'a cell, as in Lstm(x, units = 4)' },
    );
  return undefined;
}

function concatenated(
  call: ast.Call,
  name: string,
  parts: readonly Signal[],
  position: Position,
  scope: LayerScope,
): Signal | undefined {
  if (parts.length === 0 || parts.some((part) => part.time !== parts[0].time)) {
    scope.context.report(
      'layer.time',
      { node: call },
      { fn: name, expected: 'signals that are all sequences or all vectors' },
      parts.flatMap(relatedTime),
    );
    return undefined;
  }
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const how = parts.map((part) => `${part.size} ${lastName(part)}`).join(' + ');
  return add(call, position, { kind: 'concatenate' }, parts, size, scope, { parts, how });
}

/** `forward` of `rnn.forward`. */
const lastName = ({ name }: Signal): string => name.slice(name.lastIndexOf('.') + 1);

/** The last value of a concatenation is that of each part: a part that runs backward ends at the first time step. */
function lastOf(call: ast.Call, of: Signal, position: Position, scope: LayerScope): Signal | undefined {
  if (of.time === 'vector') {
    scope.context.report(
      'layer.time',
      { node: call },
      { fn: 'last', expected: 'a sequence; this is one vector already' },
      relatedTime(of),
    );
    return undefined;
  }
  if (of.parts) {
    const parts = of.parts.map((part, index) =>
      lastOf(call, part, inside(position, `part${index + 1}`), scope),
    );
    const found = parts.flatMap((part) => part ?? []);
    return add(call, position, { kind: 'concatenate' }, found, of.size, scope, {
      time: 'vector',
      reverse: false,
      ...(of.how ? { how: of.how } : {}),
    });
  }
  return add(call, position, { kind: 'last', reverse: of.reverse ?? false }, [of], of.size, scope, {
    time: 'vector',
    reverse: false,
  });
}

function runCell(call: ast.Call, cell: ast.Cell, position: Position, scope: LayerScope): Signal | undefined {
  const { context } = scope;
  const positional = call.arguments.filter((argument) => !argument.parameter);
  const inputs = positional.map((argument, index) =>
    operand(argument.value, inside(position, `input${index + 1}`), scope),
  );
  const found = inputs.flatMap((input) => input ?? []);
  if (found.length < positional.length) return undefined;
  if (found.some((input) => input.time === 'vector')) {
    context.report(
      'layer.time',
      { node: call },
      { fn: cell.name, expected: 'a sequence; its input is one vector' },
      found.filter(({ time }) => time === 'vector').flatMap(relatedTime),
    );
    return undefined;
  }
  const binding = bindDimensions(call, cell, found, context);
  if (!binding) return undefined;
  const kind = {
    kind: 'cell',
    cell: context.use(cell),
    dimensions: Object.fromEntries(binding.dimensions),
    reverse: position.reverse,
  } as const;
  return add(call, position, kind, found, binding.size, scope, { reverse: position.reverse });
}
