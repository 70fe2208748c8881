import type { CrossbarDesign } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { CrossbarOperand, GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';

/**
 * Where the weights of one layer sit in its instance of the crossbar.
 *
 * Operand elements are numbered through the row groups, units through the column groups. With `pairs = rows` operand
 * element r drives word line 2r with +v and word line 2r + 1 with -v, and unit c has bit line c. With
 * `pairs = columns` element r drives word line r, and unit c has the bit lines 2c (plus) and 2c + 1 (minus). Places
 * that no block covers hold no device (0 S). Dummy rows, where the read-out has them, follow the last word line.
 */
export interface ArrayLayout {
  readonly layer: string;
  /** `CrossbarDesign.name`. */
  readonly crossbar: string;
  readonly pairs: 'rows' | 'columns';
  readonly rowGroups: readonly RowGroup[];
  readonly columnGroups: readonly ColumnGroup[];
  readonly blocks: readonly WeightBlock[];
  /** Lines that carry weights. */
  readonly wordLines: number;
  readonly bitLines: number;
  /** Weights, each a pair of devices. */
  readonly pairCount: number;
}

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

/** The bit lines of one crossbar product: the units of a gate. */
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
  /** Index into `rowGroups`. */
  readonly row: number;
  /** Index into `columnGroups`. */
  readonly column: number;
  /** A peephole: element j of the operand meets unit j only. Otherwise every element k meets every unit j. */
  readonly diagonal: boolean;
  /** Pairs are numbered through the blocks: weight [k][j] of this block is pair `first + k·units + j`, [j] `first + j`. */
  readonly first: number;
  readonly count: number;
}

type CrossbarNode = GraphNode & { readonly op: 'crossbar' };

/** The array of a layer; undefined where it has no weights. */
export function layoutOf(layer: SizedLayer, crossbar: CrossbarDesign): ArrayLayout | undefined {
  const rowGroups: RowGroup[] = [];
  const columnGroups: ColumnGroup[] = [];
  const blocks: WeightBlock[] = [];
  let pairCount = 0;
  layer.graph.nodes.forEach((node, id) => {
    if (node.op !== 'crossbar') return;
    const column = columnGroups.push(nextColumn(columnGroups, node, id)) - 1;
    const taken = new Set<number>();
    for (const operand of node.operands) {
      const row = rowGroupOf(operand, layer, rowGroups, taken);
      taken.add(row);
      const diagonal = operand.kind === 'diagonal';
      const count = diagonal ? node.size : rowGroups[row].size * node.size;
      blocks.push({ weights: operand.tensor, row, column, diagonal, first: pairCount, count });
      pairCount += count;
    }
  });
  if (columnGroups.length === 0) return undefined;
  const lines = (groups: readonly { readonly size: number }[], paired: boolean) =>
    groups.reduce((sum, group) => sum + group.size, 0) * (paired ? 2 : 1);
  const { pairs } = crossbar;
  return {
    layer: layer.name,
    crossbar: crossbar.name,
    pairs,
    rowGroups,
    columnGroups,
    blocks,
    wordLines: lines(rowGroups, pairs === 'rows'),
    bitLines: lines(columnGroups, pairs === 'columns'),
    pairCount,
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

/**
 * Why the array does not fit into a crossbar of a given size, naming the lines that it needs and what they carry;
 * undefined where it fits.
 */
export function sizeProblem(
  layout: ArrayLayout,
  crossbar: CrossbarDesign,
  dummyRows: number,
): Problem | undefined {
  const { size } = crossbar;
  const rows = layout.wordLines + dummyRows;
  if (!size || (rows <= size.rows && layout.bitLines <= size.columns)) return undefined;
  const paired = (pairs: ArrayLayout['pairs']) => (layout.pairs === pairs ? ', in pairs' : '');
  const dummies = dummyRows > 0 ? `, + ${dummyRows} dummy row${dummyRows > 1 ? 's' : ''}` : '';
  const rowsNeeded = `${rows} rows: ${makeUp(layout.rowGroups)}${paired('rows')}${dummies}`;
  const columnsNeeded = `${layout.bitLines} columns: ${makeUp(layout.columnGroups)}${paired('columns')}`;
  return {
    code: 'crossbar.size',
    message: `Crossbar "${crossbar.name}" has ${size.rows} x ${size.columns} places, but layer "${layout.layer}" needs ${rowsNeeded}; and ${columnsNeeded}.`,
    hint: `Write "size = ${rows} x ${layout.bitLines}", or leave the size out.`,
    origin: crossbar.origin,
  };
}

const makeUp = (groups: readonly { readonly name: string; readonly size: number }[]): string =>
  groups.map(({ name, size }) => `${name} (${size})`).join(' + ');
