import type { CrossbarDesign } from '../design/design.ts';
import type { CrossbarOperand, GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';
import { cutIntoTiles } from './tiles.ts';

/**
 * Where the weights of one layer sit in its instances of the crossbar.
 *
 * Operand elements are numbered through the row groups, units through the column groups. With `arrangement = rows`
 * operand element r drives a word line with +v and the next one with -v, and a unit has one bit line. With `columns`
 * element r drives one word line, and a unit has a plus and a minus bit line. With `reference` a unit has one bit line,
 * and each gate one more, the reference. A sliced weight has the lines of a unit once for each slice. Places that no
 * section covers hold no device (0 S). Dummy rows, where the read-out has them, follow the last word line of a tile.
 */
export interface ArrayLayout extends TileCut {
  readonly layer: string;
  /** `CrossbarDesign.name`. */
  readonly crossbar: string;
  readonly arrangement: Arrangement;
  /** Bit slices of each weight, from the most significant. */
  readonly slices: number;
  readonly rowGroups: readonly RowGroup[];
  readonly columnGroups: readonly ColumnGroup[];
  readonly blocks: readonly WeightBlock[];
  /** Lines that carry weights, as if the layer were one array. */
  readonly wordLines: number;
  readonly bitLines: number;
  readonly weightCount: number;
}

export type Arrangement = CrossbarDesign['pairs'] | 'reference';

export const arrangementOf = ({ coding, pairs }: CrossbarDesign): Arrangement =>
  coding === 'offset' ? 'reference' : pairs;

/** The word lines of one operand signal. A state and its new value take turns on the same lines, in their own passes. */
export interface RowGroup {
  /** The operand as the weights name it: `x`, `h`, `bias`. */
  readonly name: string;
  /** What drives the lines: `bias`, `state NAME` or `node ID` of the layer's graph. */
  readonly signal: string;
  /** Number of its first operand element. */
  readonly first: number;
  readonly size: number;
}

/** The units of a gate: one crossbar product. */
export interface ColumnGroup {
  /** The gate; `GATE.2` is the second product of one equation. */
  readonly name: string;
  /** Number of its first unit. */
  readonly first: number;
  readonly size: number;
  /** The crossbar node in the layer's graph. */
  readonly node: NodeId;
}

/** The weights of one operand in one gate. */
export interface WeightBlock {
  /** `TensorDeclaration.name`, `LAYER.GATE.OPERAND`. */
  readonly weights: string;
  /** Place among the operands of the crossbar node. */
  readonly operand: number;
  /** Index into `rowGroups`. */
  readonly row: number;
  /** Index into `columnGroups`. */
  readonly column: number;
  /** A peephole: element j of the operand meets unit j only. Otherwise every element k meets every unit j. */
  readonly diagonal: boolean;
  /** Weights are numbered through the blocks: [k][j] of this block is `first + k·units + j`, [j] `first + j`. */
  readonly first: number;
  readonly count: number;
}

/** A layer cut into arrays. */
export interface TileCut {
  readonly tiles: readonly Tile[];
  /** By gate, then unit, slice and tile row. */
  readonly readings: readonly Reading[];
  /** Devices at plus word lines or on plus bit lines; with pairs as many at or on minus ones. */
  readonly plusCount: number;
  readonly minusCount: number;
}

/** One array. */
export interface Tile {
  /** Empty where the layer has one array only. */
  readonly name: string;
  /** Operand elements and units whose lines it holds: from .. to - 1. */
  readonly elements: Span;
  readonly units: Span;
  readonly wordLines: number;
  readonly bitLines: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bit lines that are read together: units of one gate in one tile, one slice of their weights. */
export interface Reading {
  /** The gate; with tile and slice where there are several. */
  readonly name: string;
  /** Index into `columnGroups`. */
  readonly column: number;
  /** Index into `tiles`. */
  readonly tile: number;
  readonly slice: number;
  /** First unit within the gate, and how many. */
  readonly unit: number;
  readonly size: number;
  /** Number of the first unit, counted through the readings. */
  readonly first: number;
  readonly sections: readonly Section[];
}

/** The devices of a weight block that belong to one reading. */
export interface Section {
  /** The block's name; with tile and slice where there are several. */
  readonly name: string;
  readonly block: WeightBlock;
  readonly slice: number;
  /**
   * `full`: elements `element` .. `element + elements - 1` of the operand, each meeting every unit of the reading.
   * `diagonal`: element j meets unit j; of the reading's units those within `elements` have a device.
   */
  readonly kind: 'full' | 'diagonal';
  readonly element: number;
  readonly elements: number;
  readonly unit: number;
  readonly units: number;
  /** Number of its first plus device: [k][j] is `first + k·units + j`, on a diagonal counted along it. */
  readonly first: number;
  readonly count: number;
  /** Number of its first minus device: the partner of `first`, or with `reference` one for each element. */
  readonly minus: number;
}

type CrossbarNode = GraphNode & { readonly op: 'crossbar' };

/** The layout of a layer; undefined where it has no weights. `dummyRows` of each tile are kept free. */
export function layoutOf(
  layer: SizedLayer,
  crossbar: CrossbarDesign,
  dummyRows: number,
): ArrayLayout | undefined {
  const rowGroups: RowGroup[] = [];
  const columnGroups: ColumnGroup[] = [];
  const blocks: WeightBlock[] = [];
  let weightCount = 0;
  layer.graph.nodes.forEach((node, id) => {
    if (node.op !== 'crossbar') return;
    const column = columnGroups.push(nextColumn(columnGroups, node, id)) - 1;
    const taken = new Set<number>();
    for (const [index, operand] of node.operands.entries()) {
      const row = rowGroupOf(operand, layer, rowGroups, taken);
      taken.add(row);
      const diagonal = operand.kind === 'diagonal';
      const count = diagonal ? node.size : rowGroups[row].size * node.size;
      blocks.push({
        weights: operand.tensor,
        operand: index,
        row,
        column,
        diagonal,
        first: weightCount,
        count,
      });
      weightCount += count;
    }
  });
  if (columnGroups.length === 0) return undefined;
  const arrangement = arrangementOf(crossbar);
  const slices = crossbar.slices ?? 1;
  const total = (groups: readonly { readonly size: number }[]) =>
    groups.reduce((sum, group) => sum + group.size, 0);
  const references = arrangement === 'reference' ? columnGroups.length : 0;
  return {
    layer: layer.name,
    crossbar: crossbar.name,
    arrangement,
    slices,
    rowGroups,
    columnGroups,
    blocks,
    wordLines: total(rowGroups) * (arrangement === 'rows' ? 2 : 1),
    bitLines: (total(columnGroups) * (arrangement === 'columns' ? 2 : 1) + references) * slices,
    weightCount,
    ...cutIntoTiles({ rowGroups, columnGroups, blocks, arrangement, slices }, crossbar, dummyRows),
  };
}

function nextColumn(groups: readonly ColumnGroup[], node: CrossbarNode, id: NodeId): ColumnGroup {
  const last = groups.at(-1);
  const same = groups.filter((group) => group.name === node.gate || group.name.startsWith(`${node.gate}.`));
  return {
    name: same.length === 0 ? node.gate : `${node.gate}.${same.length + 1}`,
    first: last ? last.first + last.size : 0,
    size: node.size,
    node: id,
  };
}

/** The group of an operand's signal that the gate has not taken yet; a gate that uses a signal twice has two. */
function rowGroupOf(
  operand: CrossbarOperand,
  layer: SizedLayer,
  groups: RowGroup[],
  taken: ReadonlySet<number>,
): number {
  const signal = signalOf(operand, layer);
  const standing = groups.findIndex((group, index) => group.signal === signal && !taken.has(index));
  if (standing >= 0) return standing;
  const last = groups.at(-1);
  const first = last ? last.first + last.size : 0;
  const size = operand.kind === 'bias' ? 1 : layer.graph.nodes[operand.of].size;
  return groups.push({ name: operandName(operand, layer), signal, first, size }) - 1;
}

function signalOf(operand: CrossbarOperand, { graph }: SizedLayer): string {
  if (operand.kind === 'bias') return 'bias';
  const state = graph.states.find(({ previous, next }) => previous === operand.of || next === operand.of);
  return state ? `state ${state.name}` : `node ${operand.of}`;
}

/** A cell's operand has the name that its weights end in; a dense layer's is the signal that it is fed. */
function operandName(operand: CrossbarOperand, layer: SizedLayer): string {
  if (operand.tensor === `${layer.name}.weight`) return layer.inputs.join(', ');
  return operand.tensor.slice(operand.tensor.lastIndexOf('.') + 1);
}
