import type { CellDesign, Equation, LayerDesign, Origin } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { type Dimensions, sizeOf } from './bind-dimensions.ts';
import type { CrossbarOperand, GraphNode, NodeId, StepGraph, TensorDeclaration } from './graph.ts';
import { type FusedColumns, forgetGates, kernelOf, withFusedColumns } from './initial-values.ts';
import { append, type CrossbarTerm, type Lowering, lowerExpression } from './lower-expression.ts';

/** A cell being lowered: its design, its bound sizes, and what has come of it so far. */
interface CellLowering extends Lowering {
  readonly layer: string;
  readonly cell: CellDesign;
  readonly bound: Dimensions;
  readonly forget: ReadonlySet<string>;
  readonly tensors: TensorDeclaration[];
  readonly fused: FusedColumns;
  /** Values by name, new values of states by name with a prime. */
  readonly values: Map<string, NodeId>;
  /** Name and size of the equation being lowered. */
  gate: string;
  units: number;
}

/** A cell's equations as a graph, for bound dimensions. */
export function lowerCell(layer: LayerDesign, cell: CellDesign, bound: Dimensions): Outcome<StepGraph> {
  const lowering = startLowering(layer, cell, bound);
  const { nodes, values, problems } = lowering;
  const inputs = cell.inputs.map((input) => {
    const node = append(nodes, { op: 'input', size: sizeOf(input.size, bound) ?? 0 });
    values.set(input.name, node);
    return node;
  });
  for (const state of cell.states)
    values.set(
      state.name,
      append(nodes, { op: 'previous', state: state.name, size: sizeOf(state.size, bound) ?? 0 }),
    );
  const probes = cell.equations.map((equation) => {
    const node = lowerEquation(equation, lowering);
    values.set(equation.next ? `${equation.name}'` : equation.name, node);
    return { name: equation.name, node, unit: '1', scale: 1 };
  });
  const states = cell.states.flatMap((state) => {
    const previous = values.get(state.name);
    const next = values.get(`${state.name}'`);
    if (previous !== undefined && next !== undefined)
      return [{ name: state.name, previous, next, initial: state.initial }];
    problems.push(withoutUpdate(cell, state.name));
    return [];
  });
  const outputs = cell.outputs.map((output) => outputNode(output.name, lowering));
  if (problems.length > 0) return failure(...problems);
  return success({
    nodes,
    inputs,
    states,
    output: concatenated(nodes, outputs),
    probes,
    tensors: withFusedColumns(lowering.tensors, lowering.fused),
    parameters: [],
  });
}

function startLowering(layer: LayerDesign, cell: CellDesign, bound: Dimensions): CellLowering {
  const values = new Map<string, NodeId>();
  const lowering: CellLowering = {
    layer: layer.name,
    cell,
    bound,
    forget: forgetGates(cell),
    nodes: [],
    problems: [],
    tensors: [],
    fused: new Map(),
    values,
    gate: '',
    units: 0,
    resolve: (name, next) => values.get(next ? `${name}'` : name),
    crossbar: (terms, origin) => lowerCrossbar(terms, origin, lowering),
  };
  return lowering;
}

function lowerEquation(equation: Equation, into: CellLowering): NodeId {
  const size = sizeOf(equation.size, into.bound) ?? 0;
  into.gate = equation.name;
  into.units = size;
  const node = lowerExpression(equation.value, into);
  const actual = into.nodes[node].size;
  if (actual === size) return node;
  if (actual === 1) return spread(into.nodes, node, size);
  into.problems.push({
    code: 'network.size-mismatch',
    message: `Equation "${equation.name}" of cell "${into.cell.name}" has size ${size} in layer "${into.layer}", but its value has size ${actual}.`,
    hint: 'Make the sizes on both sides equal.',
    origin: equation.origin,
  });
  return node;
}

/** A number as a vector of equal elements. */
function spread(nodes: GraphNode[], node: NodeId, size: number): NodeId {
  const { origin } = nodes[node];
  const number = nodes[node];
  if (number.op === 'constant') return append(nodes, { ...number, size });
  const one = append(nodes, { op: 'constant', size, value: 1, origin });
  return append(nodes, { op: 'binary', fn: 'multiply', left: node, right: one, size, origin });
}

function lowerCrossbar(
  terms: readonly CrossbarTerm[],
  origin: Origin | undefined,
  into: CellLowering,
): NodeId {
  const { gate, units } = into;
  const operands = terms.map((term) => lowerTerm(term, into));
  return append(into.nodes, { op: 'crossbar', gate, operands, size: units, origin });
}

function lowerTerm({ operand, diagonal }: CrossbarTerm, into: CellLowering): CrossbarOperand {
  const { units } = into;
  const tensor = `${into.layer}.${operand.weights}`;
  if (!diagonal && operand.value.op === 'number' && operand.value.value === 1) {
    const forget = into.forget.has(into.gate);
    into.tensors.push({ name: tensor, inputs: 1, units, initial: forget ? 'one' : 'zero' });
    return { kind: 'bias', tensor };
  }
  const of = lowerExpression(operand.value, into);
  const inputs = into.nodes[of].size;
  if (diagonal) {
    if (inputs !== units) into.problems.push(diagonalMismatch(into, inputs, units, operand.value.origin));
    into.tensors.push({ name: tensor, inputs: 1, units, initial: 'zero' });
    return { kind: 'diagonal', tensor, of };
  }
  const kernel = kernelOf(into.cell, operand.value);
  // Operands of different sizes cannot share a matrix, whatever they are made of.
  const name = `${into.layer}.${kernel.name}[${inputs}]`;
  const from = into.fused.get(name) ?? 0;
  into.fused.set(name, from + units);
  into.tensors.push({
    name: tensor,
    inputs,
    units,
    initial: kernel.recurrent ? 'orthogonal' : 'glorotUniform',
    fused: { name, from, columns: units },
  });
  return { kind: 'full', tensor, of };
}

function outputNode(name: string, lowering: CellLowering): NodeId {
  const node = lowering.resolve(name, true) ?? lowering.resolve(name, false);
  if (node !== undefined) return node;
  lowering.problems.push({
    code: 'network.unknown-name',
    message: `No equation of cell "${lowering.cell.name}" defines its output "${name}".`,
    hint: `Write an equation for "${name}".`,
    origin: lowering.cell.origin,
  });
  return 0;
}

const concatenated = (nodes: GraphNode[], of: readonly NodeId[]): NodeId =>
  of.length === 1
    ? of[0]
    : append(nodes, { op: 'concatenate', of, size: of.reduce((sum, node) => sum + nodes[node].size, 0) });

const withoutUpdate = (cell: CellDesign, state: string): Problem => ({
  code: 'network.state-without-update',
  message: `No equation of cell "${cell.name}" says what state "${state}" becomes.`,
  hint: `Write "${state}' = ...".`,
  origin: cell.origin,
});

const diagonalMismatch = (
  { layer }: CellLowering,
  inputs: number,
  units: number,
  origin: Origin | undefined,
): Problem => ({
  code: 'network.size-mismatch',
  message: `A peephole of layer "${layer}" takes a vector of size ${inputs} to a gate of size ${units}.`,
  hint: 'A peephole has one weight per unit; use vmm for other sizes.',
  origin,
});
