import type { GraphNode, NodeId } from '../graph/graph.ts';
import { throughBlock } from './circuits.ts';
import type { ArrayLayout } from './layout.ts';
import { readColumns } from './read-out.ts';
import { type Rewriting, signal } from './rewriting.ts';

export function rewriteCrossbar(
  rewriting: Rewriting,
  node: GraphNode & { readonly op: 'crossbar' },
  id: NodeId,
): NodeId {
  const { circuits, array } = rewriting;
  const column = array?.layout.columnGroups.find((group) => group.node === id);
  if (!array || !column) return idealCrossbar(rewriting, node);
  const { layout, crossbar, noisy } = array;
  const blocks = layout.blocks.filter((block) => layout.columnGroups[block.column] === column);
  const driven = blocks.map((block, index) => {
    const operand = node.operands[index];
    const voltage =
      operand.kind === 'bias'
        ? circuits.builder.constant(crossbar.vRead)
        : wordLine(rewriting, layout, block.row, operand.of, crossbar.vRead);
    return { block, voltage };
  });
  const read = readColumns({ circuits, crossbar, layout, column, driven, noisy });
  return throughBlock(circuits, 'output', column.name, column.size, [read]) ?? read;
}

/** Voltage of a signal's word lines: through the converter, if there is one, then scaled by the driver. */
function wordLine(rewriting: Rewriting, layout: ArrayLayout, row: number, of: NodeId, vRead: number): NodeId {
  const { circuits } = rewriting;
  const { builder, hardware } = circuits;
  const group = layout.rowGroups[row];
  const driven = signal(rewriting, of);
  const converted = throughBlock(circuits, 'input', `${row} ${group.name}`, group.size, [driven]) ?? driven;
  return builder.binary('multiply', converted, builder.constant(vRead / hardware.scale));
}

/** Without a crossbar in the hardware the weights are used as they are. */
function idealCrossbar(rewriting: Rewriting, node: GraphNode & { readonly op: 'crossbar' }): NodeId {
  const { circuits, layer } = rewriting;
  const { builder, hardware } = circuits;
  const scale = builder.constant(hardware.scale);
  circuits.unbound.add('vmm');
  for (const tensor of layer.graph.tensors) builder.declare(tensor);
  const operands = node.operands.map((operand) =>
    operand.kind === 'bias'
      ? operand
      : { ...operand, of: builder.binary('divide', signal(rewriting, operand.of), scale) },
  );
  return builder.binary('multiply', builder.add({ ...node, operands }), scale);
}
