import type { GraphNode, NodeId } from '../graph/graph.ts';
import type { OpenLayer } from '../hardware/open.ts';
import type { DraftArray } from './arrays.ts';
import type { Signal } from './circuit.ts';
import { addBank, type Drawing, join, nodesOf } from './drawing.ts';
import { operationOf } from './operation.ts';

/** One layer being drawn: the signals that its nodes have become. */
export interface LayerDrawing {
  readonly drawing: Drawing;
  readonly open: OpenLayer;
  /** By tile. */
  readonly arrays: readonly DraftArray[];
  readonly wired: Map<NodeId, Signal>;
  readonly names: ReadonlyMap<NodeId, string>;
}

/** The signal that a node of the rewritten graph is; ideal operations become elements where they are first needed. */
export function wire(drawn: LayerDrawing, id: NodeId): Signal {
  const { drawing, open, wired } = drawn;
  const standing = wired.get(id);
  if (standing) return standing;
  const node = open.nodes[id];
  const signal = node.op === 'constant' ? fixed(node.value) : drawOperation(drawn, node, id);
  wired.set(id, signal);
  return signal;

  function drawOperation(within: LayerDrawing, operation: GraphNode, of: NodeId): Signal {
    const name = `${open.layer.name}.${within.names.get(of) ?? 'ideal'}`;
    if (operation.op === 'slice') return part(wire(within, operation.of), operation);
    if (operation.op === 'concatenate')
      return join(
        drawing,
        name,
        operation.of.map((operand) => wire(within, operand)),
      );
    const parts = operationOf(operation, (operand) => {
      const part = open.nodes[operand];
      return part.op === 'parameter' ? suppliedValue(drawing, part) : wire(within, operand);
    });
    if (!parts) {
      drawing.problems.push({
        code: 'transient.operation',
        message: `Layer "${open.layer.name}" needs ${operation.op === 'crossbar' ? 'its weights in a crossbar' : `the operation ${operation.op}`}, for which no circuit stands.`,
        hint: operation.op === 'crossbar' ? 'Bind one, as in "vmm on CROSSBAR".' : undefined,
        origin: operation.origin ?? drawing.bound.hardware.origin,
      });
      return fixed(0);
    }
    const bank = addBank(drawing, { name, size: operation.size, unit: 'V', origin: operation.origin });
    const element = {
      kind: 'operation',
      id: `circuit:${bank.name}`,
      name: bank.name,
      ...parts,
      output: bank.id,
    } as const;
    drawing.items.push({ kind: 'ideal', element });
    return nodesOf(bank);
  }
}

export function suppliedValue({ values }: Drawing, node: GraphNode): number | Float64Array {
  if (node.op === 'constant') return node.value;
  const vector = node.op === 'parameter' ? values.parameters.get(node.parameter) : undefined;
  if (!vector) throw new Error(`The hardware supplies a ${node.op} where a value is due.`);
  return vector.length === 1 ? vector[0] : vector;
}

const part = (signal: Signal, { from, size }: { readonly from: number; readonly size: number }): Signal =>
  signal.kind === 'fixed' || signal.size === 1 ? signal : { ...signal, first: signal.first + from, size };

const fixed = (value: number): Signal => ({ kind: 'fixed', value });
