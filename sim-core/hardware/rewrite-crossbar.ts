import type { NodeId } from '../graph/graph.ts';
import type { Clamped } from './block.ts';
import { throughBlock } from './circuits.ts';
import { slicesOf } from './coding.ts';
import { watchRange } from './converters.ts';
import { inputBitsOf } from './input-bits.ts';
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
  const { binary, constant } = builder;
  const shares = slicesOf(array.crossbar)?.shares ?? [1];
  const cycles = inputBitsOf(array.crossbar)?.shares ?? [1];
  const parts = readingsOf(array.layout, column).map((slices) =>
    slices
      .flatMap((readings, slice) =>
        cycles.map((share, cycle) => {
          const product = { array, node, factor, cycle };
          return binary(
            'multiply',
            sumOfTiles(rewriting, product, readings),
            constant(shares[slice] * share),
          );
        }),
      )
      .reduce((sum, part) => binary('add', sum, part)),
  );
  return builder.concatenate(parts);
}

/** A product that an array is read for. */
interface Product {
  readonly array: LayerArray;
  readonly node: CrossbarNode;
  /** On its operands. */
  readonly factor: NodeId;
  /** Which of the cycles that stream the bits of its operands; undefined for what all of them stand for. */
  readonly cycle: number | undefined;
}

function sumOfTiles(rewriting: Rewriting, product: Product, readings: readonly Reading[]): NodeId {
  const { circuits } = rewriting;
  const { builder } = circuits;
  const converted = (voltage: NodeId, { name, size }: Reading) =>
    throughBlock(circuits, 'output', name, size, [voltage]) ?? voltage;
  const voltages = readings.map((reading) => read(rewriting, product, reading));
  if (product.array.crossbar.partialSums === 'digital')
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
function read(rewriting: Rewriting, product: Product, reading: Reading): NodeId {
  const { circuits } = rewriting;
  const { array, cycle = 0 } = product;
  const drivenAt = (of: Product) =>
    reading.sections.map((section) => ({ section, ...wordLines(rewriting, of, section) }));
  const isWired = wiresOf(array.crossbar) !== undefined;
  const isSerial = inputBitsOf(array.crossbar) !== undefined;
  const whole = isSerial ? { whole: drivenAt({ ...product, cycle: undefined }) } : {};
  return readColumns({ ...array, isWired, circuits, reading, driven: drivenAt(product), ...whole, cycle });
}

/**
 * Voltages of a section's word lines: through the converter, if there is one, then scaled by the driver. `voltage` has
 * one for each place in the section's matrix: of a diagonal, for each unit.
 */
function wordLines(
  rewriting: Rewriting,
  { array: { layout, crossbar }, node, factor, cycle }: Product,
  { block, kind, element, elements, unit, units }: Section,
): { readonly voltage: NodeId; readonly lines: NodeId } {
  const { circuits } = rewriting;
  const { builder, hardware } = circuits;
  const operand = node.operands[block.operand];
  const group = layout.rowGroups[block.row];
  const streamed = (volts: NodeId, ofOne: number): NodeId => {
    const bits = inputBitsOf(crossbar);
    if (!bits) return volts;
    watchRange(circuits, crossbar.name, group.name, bits.beyond(builder, volts, ofOne));
    return cycle === undefined
      ? bits.rounded(builder, volts, ofOne)
      : bits.driven(builder, volts, ofOne, cycle);
  };
  if (operand.kind === 'bias') {
    const whole = builder.binary('multiply', builder.constant(crossbar.vRead), factor);
    const reference = streamed(whole, crossbar.vRead);
    return { voltage: reference, lines: reference };
  }
  const driven = builder.binary('multiply', signal(rewriting, operand.of), factor);
  const place = `${block.row} ${group.name}`;
  const converted = throughBlock(circuits, 'input', place, group.size, [driven]) ?? driven;
  const sent = streamed(converted, hardware.scale);
  const scaled = builder.binary('multiply', sent, builder.constant(crossbar.vRead / hardware.scale));
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
