import type { BlockDesign, BlockUse, Distribution, Expression } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Copies of one block that serve the units of one place in the equations. */
export interface Circuit {
  /** Names the random parameters of these copies; places with the same name share them. */
  readonly name: string;
  /** Copies: one per unit, or 1 where the units share one. */
  readonly copies: number;
}

/** A random parameter of a circuit, drawn once per trial for each of its copies. */
export interface MismatchDraw {
  /** `ParameterDeclaration.name`. */
  readonly parameter: string;
  readonly copies: number;
  readonly distribution: Distribution;
  /** Declared bounds of the block's parameter, which limit the draw. */
  readonly low: number;
  readonly high: number;
}

/** A value and what its limits leave of it. */
export interface Clamped {
  readonly of: NodeId;
  readonly limited: NodeId;
}

/** A block's equations, in the graph: the output, what must be drawn for it, and what it limits. */
export function inlineBlock(
  builder: GraphBuilder,
  block: BlockDesign,
  use: BlockUse,
  circuit: Circuit,
  ports: Readonly<Record<string, NodeId>>,
): {
  readonly output: NodeId;
  readonly draws: readonly MismatchDraw[];
  readonly clamped: readonly Clamped[];
  /** The block's parameter `pole`, in hertz, if it has one. */
  readonly pole: NodeId | undefined;
} {
  const clamped: Clamped[] = [];
  const scope = new Map<string, NodeId>(Object.entries(ports));
  const draws: MismatchDraw[] = [];
  for (const { name, default: standard, low = -Infinity, high = Infinity } of block.parameters) {
    const value = use.arguments[name] ?? standard;
    if (value.kind === 'number') scope.set(name, builder.constant(value.value));
    if (value.kind === 'range') {
      scope.set(`${name}.low`, builder.constant(value.low));
      scope.set(`${name}.high`, builder.constant(value.high));
    }
    if (value.kind === 'distribution') {
      const parameter = `${circuit.name}.${name}`;
      scope.set(name, builder.parameter(parameter, circuit.copies));
      draws.push({ parameter, copies: circuit.copies, distribution: value, low, high });
    }
  }
  for (const equation of block.equations)
    scope.set(equation.name, inline(builder, equation.value, scope, clamped));
  return { output: lookUp(scope, block.output.name), draws, clamped, pole: scope.get('pole') };
}

function inline(
  builder: GraphBuilder,
  expression: Expression,
  scope: ReadonlyMap<string, NodeId>,
  clamped: Clamped[],
): NodeId {
  const within = (part: Expression) => inline(builder, part, scope, clamped);
  switch (expression.op) {
    case 'number':
      return builder.constant(expression.value);
    case 'reference':
      return lookUp(scope, expression.name);
    case 'unary':
      return builder.unary(expression.fn, within(expression.of));
    case 'binary':
      return builder.binary(expression.fn, within(expression.left), within(expression.right));
    case 'clamp': {
      const of = within(expression.of);
      const limited = builder.clamp(of, within(expression.low), within(expression.high));
      clamped.push({ of, limited });
      return limited;
    }
    default:
      throw new Error(`A block has no ${expression.op}.`);
  }
}

function lookUp(scope: ReadonlyMap<string, NodeId>, name: string): NodeId {
  const node = scope.get(name);
  if (node === undefined) throw new Error(`The block's equations use "${name}", which nothing defines.`);
  return node;
}
