import type { NodeId } from '../graph/graph.ts';
import type { Clamped } from './block.ts';
import { throughBlock } from './circuits.ts';
import { slicesOf } from './coding.ts';
import { boundFactor, inputFactor } from './input-management.ts';
import type { ColumnGroup, Reading, Section } from './layout.ts';
import { readColumns } from './read-out.ts';
import { type CrossbarNode, type LayerArray, type Rewriting, signal } from './rewriting.ts';
import { readingsOf } from './tiles.ts';
import { wiresOf } from './wires.ts';

/**
 * A crossbar product: the readings of its units are combined from the tiles up. Slices are shifted and added, and parts
 * of a sum in several tiles are added, as the crossbar's `partialSums` says; what is digital is exact.
 */
export function rewriteCrossbar(rewriting: Rewriting, node: CrossbarNode, id: NodeId): NodeId {
  const { circuits, array } = rewriting;
  const column = array?.layout.columnGroups.find((group) => group.node === id);
  if (!array || !column) return idealCrossbar(rewriting, node);
  const factor = inputFactor(rewriting, node);
  const within = boundManaged(rewriting, array, node, column, factor);
  const sum = readProduct(rewriting, array, node, column, within);
  return circuits.builder.binary('divide', sum, within);
}

/** The factor on the inputs with which no output converter clips, found by a first reading; or the factor as it is. */
function boundManaged(
  rewriting: Rewriting,
  array: LayerArray,
  node: CrossbarNode,
  column: ColumnGroup,
  factor: NodeId,
): NodeId {
  const { circuits } = rewriting;
  if (circuits.hardware.boundManagement === 'none' || circuits.purpose !== 'use') return factor;
  const clipped: Clamped[] = [];
  // What the first reading clips is mended by the second one, and is not reported.
  const first = { ...rewriting, circuits: { ...circuits, converters: [], clipped } };
  readProduct(first, array, node, column, factor);
  return clipped.length === 0 ? factor : boundFactor(rewriting, factor, clipped);
}

function readProduct(
  rewriting: Rewriting,
  array: LayerArray,
  node: CrossbarNode,
  column: ColumnGroup,
  factor: NodeId,
): NodeId {
  const { builder } = rewriting.circuits;
  const shares = slicesOf(array.crossbar)?.shares ?? [1];
  const parts = readingsOf(array.layout, column).map((slices) =>
    slices
      .map((readings, slice) =>
        builder.binary(
          'multiply',
          sumOfTiles(rewriting, array, node, readings, factor),
          builder.constant(shares[slice]),
        ),
      )
      .reduce((sum, part) => builder.binary('add', sum, part)),
  );
  return builder.concatenate(parts);
}

function sumOfTiles(
  rewriting: Rewriting,
  array: LayerArray,
  node: CrossbarNode,
  readings: readonly Reading[],
  factor: NodeId,
): NodeId {
  const { circuits } = rewriting;
  const { builder } = circuits;
  const converted = (voltage: NodeId, { name, size }: Reading) =>
    throughBlock(circuits, 'output', name, size, [voltage]) ?? voltage;
  const voltages = readings.map((reading) => read(rewriting, array, node, reading, factor));
  if (array.crossbar.partialSums === 'digital')
    return voltages
      .map((voltage, at) => converted(voltage, readings[at]))
      .reduce((sum, voltage) => builder.binary('add', sum, voltage));
  const added = voltages.reduce((sum, voltage, at) => {
    const { name, size } = readings[at];
    return (
      throughBlock(circuits, 'sum', `tiles ${name}`, size, [sum, voltage]) ??
      builder.binary('add', sum, voltage)
    );
  });
  return converted(added, readings[0]);
}

/** Output voltages of the read-out behind one tile. */
function read(
  rewriting: Rewriting,
  array: LayerArray,
  node: CrossbarNode,
  reading: Reading,
  factor: NodeId,
): NodeId {
  const { circuits } = rewriting;
  const driven = reading.sections.map((section) => ({
    section,
    ...wordLines(rewriting, array, node, section, factor),
  }));
  const isWired = wiresOf(array.crossbar) !== undefined;
  return readColumns({ ...array, isWired, circuits, reading, driven });
}

/**
 * Voltages of a section's word lines: through the converter, if there is one, then scaled by the driver. `voltage` has
 * one for each place in the section's matrix: of a diagonal, for each unit.
 */
function wordLines(
  rewriting: Rewriting,
  { layout, crossbar }: LayerArray,
  node: CrossbarNode,
  { block, kind, element, elements, unit, units }: Section,
  factor: NodeId,
): { readonly voltage: NodeId; readonly lines: NodeId } {
  const { circuits } = rewriting;
  const { builder, hardware } = circuits;
  const operand = node.operands[block.operand];
  if (operand.kind === 'bias') {
    const reference = builder.binary('multiply', builder.constant(crossbar.vRead), factor);
    return { voltage: reference, lines: reference };
  }
  const group = layout.rowGroups[block.row];
  const driven = builder.binary('multiply', signal(rewriting, operand.of), factor);
  const place = `${block.row} ${group.name}`;
  const converted = throughBlock(circuits, 'input', place, group.size, [driven]) ?? driven;
  const scaled = builder.binary('multiply', converted, builder.constant(crossbar.vRead / hardware.scale));
  const lines = builder.slice(scaled, element, elements);
  return { voltage: kind === 'diagonal' ? builder.slice(scaled, unit, units) : lines, lines };
}

/** Without a crossbar in the hardware the weights are used as they are. */
function idealCrossbar(rewriting: Rewriting, node: CrossbarNode): NodeId {
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
