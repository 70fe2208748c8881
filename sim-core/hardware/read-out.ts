import type { CrossbarDesign } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import { type Circuits, throughBlock } from './circuits.ts';
import type { ArrayLayout, ColumnGroup, WeightBlock } from './layout.ts';

/**
 * What one bit line of a unit carries: `pair`, both devices of each weight (`pairs = rows`); `plus` or `minus`, one
 * of them (`pairs = columns`).
 */
export type Line = 'pair' | 'plus' | 'minus';

export const linesOf = (pairs: CrossbarDesign['pairs']): readonly Line[] =>
  pairs === 'rows' ? ['pair'] : ['plus', 'minus'];

/**
 * Names of the matrices of a weight block, index [k][j]: `conductance` (`pair`: G+ - G-), in siemens; `variance` and
 * `covariance` of the read noise, sums and (`pair`) differences of the two devices' σ², in S².
 */
export const blockTensor = (
  block: WeightBlock,
  line: Line,
  what: 'conductance' | 'variance' | 'covariance',
): string => `${block.weights}:${line}.${what}`;

/**
 * Names of the vectors of a column group: `gColumn`, all conductance on the bit line (in voltage read-out with load
 * and dummies), in siemens; `variance`, Σσ² on it; `gain` of its amplifier.
 */
export const columnParameter = (
  layout: ArrayLayout,
  column: ColumnGroup,
  line: Line,
  what: 'gColumn' | 'variance' | 'gain',
): string => `${layout.layer}.${column.name}:${line}.${what}`;

/** Names of the numbers that hold for a whole array: `rF` in ohms, and the `gain` behind equal column sums. */
export const arrayParameter = (layout: ArrayLayout, what: 'rF' | 'gain'): string => `${layout.layer}:${what}`;

/** One column group being read. */
export interface Reading {
  readonly circuits: Circuits;
  readonly crossbar: CrossbarDesign;
  readonly layout: ArrayLayout;
  readonly column: ColumnGroup;
  /** Blocks of the column group, each with the voltage of its word lines (the plus lines of pairs). */
  readonly driven: readonly { readonly block: WeightBlock; readonly voltage: NodeId }[];
  /** The devices have read noise. */
  readonly noisy: boolean;
}

/**
 * Output voltages of a column group, at the hardware's scale. With `pairs = columns` each bit line of a pair that is
 * read by an amplifier of its own (always in current mode; in voltage mode where the amplifiers normalise) has its
 * own copy of the read-out block, and their outputs are subtracted without further error. Behind equal column sums
 * one difference amplifier takes both bit lines.
 */
export function readColumns(reading: Reading): NodeId {
  const { crossbar, circuits } = reading;
  const { builder } = circuits;
  if (crossbar.readout === 'voltage' && crossbar.normalise === 'dummyRow') return readDifference(reading);
  const read = crossbar.readout === 'current' ? readCurrent : readVoltage;
  const [first, second] = linesOf(crossbar.pairs).map((line) => read(reading, line));
  return second === undefined ? first : builder.binary('subtract', first, second);
}

/** A transimpedance stage at virtual ground; without a block `rF·I`. */
function readCurrent(reading: Reading, line: Line): NodeId {
  const { circuits, layout, column } = reading;
  const { builder } = circuits;
  const current = lineCurrent(reading, line);
  const rF = builder.parameter(arrayParameter(layout, 'rF'), 1);
  const gColumn = builder.parameter(columnParameter(layout, column, line, 'gColumn'), column.size);
  const supplied = { gColumn, rF };
  const place = `${column.name}.${line}`;
  return (
    throughBlock(circuits, 'readout', place, column.size, [current], supplied) ??
    builder.binary('multiply', rF, current)
  );
}

/** An amplifier of its own behind one bit line, whose gain undoes the line's nominal sum. */
function readVoltage(reading: Reading, line: Line): NodeId {
  const { circuits, layout, column } = reading;
  const { builder } = circuits;
  const gain = builder.parameter(columnParameter(layout, column, line, 'gain'), column.size);
  return amplified(reading, line, lineVoltage(reading, line), builder.constant(0), gain);
}

/** All columns have the same nominal sum: one gain for the array, and a pair of bit lines has one amplifier. */
function readDifference(reading: Reading): NodeId {
  const { circuits, layout, crossbar } = reading;
  const { builder } = circuits;
  const lines = linesOf(crossbar.pairs);
  const [plus, minus = builder.constant(0)] = lines.map((line) => lineVoltage(reading, line));
  return amplified(reading, lines[0], plus, minus, builder.parameter(arrayParameter(layout, 'gain'), 1));
}

function amplified(reading: Reading, line: Line, plus: NodeId, minus: NodeId, gain: NodeId): NodeId {
  const { circuits, layout, column } = reading;
  const { builder } = circuits;
  const gColumn = builder.parameter(columnParameter(layout, column, line, 'gColumn'), column.size);
  const supplied = { gColumn, gain };
  const place = `${column.name}.${line}`;
  return (
    throughBlock(circuits, 'readout', place, column.size, [plus, minus], supplied) ??
    builder.binary('multiply', gain, builder.binary('subtract', plus, minus))
  );
}

/** `I = Σ G v`; its read noise is one normal number of variance `Σ σ²·v²`. */
function lineCurrent(reading: Reading, line: Line): NodeId {
  const { builder } = reading.circuits;
  const current = sumOver(reading, line, 'conductance', (voltage) => voltage);
  if (!reading.noisy) return current;
  return withNoise(
    reading,
    line,
    current,
    sumOver(reading, line, 'variance', (v) => builder.binary('multiply', v, v)),
  );
}

/**
 * `V = Σ G v / gColumn`. A change δ of the conductance at voltage v moves V by `δ·(v - V)/gColumn` to first order, so
 * that its read noise has the variance `(Σ σ²v² - 2V·Σ σ²v + V²·Σ σ²)/gColumn²`, where the minus line of a pair of
 * word lines is at -v.
 */
function lineVoltage(reading: Reading, line: Line): NodeId {
  const { circuits, layout, column } = reading;
  const { builder } = circuits;
  const { binary } = builder;
  const gColumn = builder.parameter(columnParameter(layout, column, line, 'gColumn'), column.size);
  const voltage = binary(
    'divide',
    sumOver(reading, line, 'conductance', (v) => v),
    gColumn,
  );
  if (!reading.noisy) return voltage;
  const squares = sumOver(reading, line, 'variance', (v) => binary('multiply', v, v));
  // Both devices of a bit line that has one of each pair are at +v, so that variance and covariance are the same.
  const mixed = sumOver(reading, line, line === 'pair' ? 'covariance' : 'variance', (v) => v);
  const whole = builder.parameter(columnParameter(layout, column, line, 'variance'), column.size);
  const moved = binary(
    'subtract',
    binary('multiply', voltage, whole),
    binary('multiply', builder.constant(2), mixed),
  );
  const variance = binary('add', squares, binary('multiply', voltage, moved));
  return withNoise(reading, line, voltage, binary('divide', variance, binary('multiply', gColumn, gColumn)));
}

/** Far below any noise that matters, it keeps rounding from a negative variance and the root's slope finite. */
const leastVariance = 1e-40;

function withNoise(
  { circuits, layout, column }: Reading,
  line: Line,
  value: NodeId,
  variance: NodeId,
): NodeId {
  const { builder } = circuits;
  const stream = `${layout.layer}.${column.name}:${line}.read`;
  const noise = builder.add({ op: 'noise', stream, size: column.size });
  const positive = builder.binary('maximum', variance, builder.constant(leastVariance));
  const deviation = builder.unary('sqrt', positive);
  return builder.binary('add', value, builder.binary('multiply', deviation, noise));
}

/** `Σ tensor·of(v)` over the blocks of the column group. */
function sumOver(
  { circuits, column, driven }: Reading,
  line: Line,
  what: 'conductance' | 'variance' | 'covariance',
  of: (voltage: NodeId) => NodeId,
): NodeId {
  const { builder } = circuits;
  const terms = driven.map(({ block, voltage }) => {
    const tensor = blockTensor(block, line, what);
    const operand = of(voltage);
    const elementwise = block.diagonal || builder.numberAt(operand) !== undefined;
    return elementwise
      ? builder.binary('multiply', builder.vector(tensor, column.size), operand)
      : builder.product(tensor, operand, column.size);
  });
  return terms.reduce((sum, term) => builder.binary('add', sum, term));
}
