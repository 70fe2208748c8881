import type { CrossbarDesign } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import { type Circuits, throughBlock } from './circuits.ts';
import { flickerNoise } from './flicker.ts';
import type { Arrangement, ArrayLayout, Reading, Section, Tile } from './layout.ts';
import { matrixSize } from './sections.ts';
import { wiresOf } from './wires.ts';

/**
 * What one bit line of a unit carries: `pair`, both devices of each weight (`pairs = rows`); `plus` or `minus`, one
 * of them (`pairs = columns`, and `plus` beside a reference); `reference`, the bit line that all units of a gate share.
 * Two joined bit lines count as one that carries a `pair`.
 */
export type Line = 'pair' | 'plus' | 'minus' | 'reference';

export function linesOf(arrangement: Arrangement): readonly Line[] {
  if (arrangement === 'rows') return ['pair'];
  return ['plus', arrangement === 'columns' ? 'minus' : 'reference'];
}

/**
 * Whether the two bit lines of each unit, `pairs = columns`, may be evaluated as one: where nothing stands between the
 * currents of ideal lines and their difference. The noise of the difference is one normal number, too, whose variance is
 * the sum of theirs. 1/f noise remembers the two lines apart.
 */
export const areJoined = (
  crossbar: CrossbarDesign,
  arrangement: Arrangement,
  noises: readonly Noise[],
  hasStage: boolean,
): boolean =>
  arrangement === 'columns' &&
  crossbar.readout === 'current' &&
  !hasStage &&
  wiresOf(crossbar) === undefined &&
  !noises.includes('flicker');

/** What changes a conductance from read to read: `read`, anew each time; `flicker`, 1/f, from step to step. */
export type Noise = 'read' | 'flicker';

/**
 * Names of the matrices of a section, index [k][j]: `conductance` (`pair`: G+ - G-), in siemens; `variance` and
 * `covariance` of a noise, sums and (`pair`) differences of the two devices' σ², in S².
 */
export const sectionTensor = (
  section: Section,
  line: Line,
  what: 'conductance' | `${Noise}.variance` | `${Noise}.covariance`,
): string => `${section.name}:${line}.${what}`;

/**
 * Names of the vectors of a reading: `gColumn`, all conductance on the bit line (in voltage read-out with load
 * and dummies), in siemens; `variance` of a noise, Σσ² on it; `gain` of its amplifier.
 */
export const columnParameter = (
  layout: ArrayLayout,
  reading: Reading,
  line: Line,
  what: 'gColumn' | `${Noise}.variance` | 'gain',
): string => `${layout.layer}.${reading.name}:${line}.${what}`;

/** Name of the number that holds for all arrays of a layer: `rF` in ohms. */
export const layerParameter = (layout: ArrayLayout, what: 'rF'): string => `${layout.layer}:${what}`;

/** Name of the number that holds for one array: the `gain` behind equal column sums. */
export const tileParameter = (layout: ArrayLayout, tile: Tile, what: 'gain'): string =>
  `${layout.layer}${tile.name}:${what}`;

/** Name of what the cells of a reading add where they are not ohmic: its lines one behind the other. */
export const responseName = (layout: ArrayLayout, reading: Reading): string =>
  `${layout.layer}.${reading.name}:response`;

interface DrivenSection {
  readonly section: Section;
  readonly voltage: NodeId;
  readonly lines: NodeId;
}

/** Bit lines being read. */
export interface ReadOut {
  readonly circuits: Circuits;
  readonly crossbar: CrossbarDesign;
  readonly layout: ArrayLayout;
  readonly reading: Reading;
  /**
   * Its sections, each with the voltage of its word lines (the plus lines of pairs), `voltage` as their matrices take
   * it: on a diagonal, unit by unit.
   */
  readonly driven: readonly DrivenSection[];
  /** The same at what all cycles of a bit-serial input together stand for; undefined of any other. */
  readonly whole?: readonly DrivenSection[];
  /** Noises that the devices have. */
  readonly noises: readonly Noise[];
  /** The two bit lines of each unit are evaluated as one. */
  readonly isJoined: boolean;
  /** The lines have resistance: a diagonal's word lines reach every unit, and noise also depends on the output. */
  readonly isWired: boolean;
  /** Every cell is an ohmic resistor. */
  readonly isOhmic: boolean;
  /** Cycle of a bit-serial input; 0 where there is one. */
  readonly cycle: number;
}

/**
 * Output voltages of a reading, at the hardware's scale. Where two bit lines are subtracted and each is read by an
 * amplifier of its own (always in current mode; in voltage mode where the amplifiers normalise), each has its
 * own copy of the read-out block, and their outputs are subtracted without further error. Behind equal column sums
 * one difference amplifier takes both bit lines.
 */
export function readColumns(readOut: ReadOut): NodeId {
  const { crossbar, circuits, layout } = readOut;
  const { builder } = circuits;
  if (crossbar.readout === 'voltage' && crossbar.normalise === 'dummyRow') return readDifference(readOut);
  const read = crossbar.readout === 'current' ? readCurrent : readVoltage;
  if (readOut.isJoined) return readCurrent(readOut, 'pair');
  if (layout.arrangement === 'columns' && areSubtracted(crossbar, circuits)) return readPair(readOut);
  const [first, second] = linesOf(layout.arrangement).map((line) => read(readOut, line));
  return second === undefined ? first : builder.binary('subtract', first, second);
}

const areSubtracted = ({ readout }: CrossbarDesign, { hardware, cuts }: Circuits): boolean =>
  readout === 'current' && hardware.bindings.readout === undefined && !cuts;

/**
 * Two bit lines whose currents are subtracted as they are: as with joined lines, read noise is one number for both, so
 * that wires of hardly any resistance give the outputs of ideal ones.
 */
function readPair(readOut: ReadOut): NodeId {
  const { binary } = readOut.circuits.builder;
  const [plus, minus] = (['plus', 'minus'] as const).map((line) => {
    const silent = silentCurrent(readOut, line);
    const variance = (noise: Noise) => currentVariance(readOut, line, noise, silent);
    const flickers = readOut.noises.includes('flicker');
    const current = flickers ? withNoise(readOut, line, 'flicker', silent, variance('flicker')) : silent;
    return { current, variance };
  });
  const current = binary('subtract', plus.current, minus.current);
  if (!readOut.noises.includes('read')) return staged(readOut, 'plus', current);
  const variance = binary('add', plus.variance('read'), minus.variance('read'));
  return staged(readOut, 'plus', withNoise(readOut, 'pair', 'read', current, variance));
}

/** A transimpedance stage at virtual ground; without a block `rF·I`. */
function readCurrent(readOut: ReadOut, line: Line): NodeId {
  return staged(readOut, line, lineCurrent(readOut, line));
}

function staged(readOut: ReadOut, line: Line, current: NodeId): NodeId {
  const { circuits, layout, reading } = readOut;
  const { builder } = circuits;
  const rF = builder.parameter(layerParameter(layout, 'rF'), 1);
  const gColumn = builder.parameter(
    columnParameter(layout, reading, line, 'gColumn'),
    widthOf(reading, line),
  );
  const supplied = { gColumn, rF };
  const place = `${reading.name}.${line}`;
  return (
    throughBlock(circuits, 'readout', place, widthOf(reading, line), [current], supplied) ??
    builder.binary('multiply', rF, current)
  );
}

/** An amplifier of its own behind one bit line, whose gain undoes the line's nominal sum. */
function readVoltage(readOut: ReadOut, line: Line): NodeId {
  const { circuits, layout, reading } = readOut;
  const { builder } = circuits;
  const gain = builder.parameter(columnParameter(layout, reading, line, 'gain'), widthOf(reading, line));
  return amplified(readOut, line, lineVoltage(readOut, line), builder.constant(0), gain);
}

/** All columns have the same nominal sum: one gain for the array, and a pair of bit lines has one amplifier. */
function readDifference(readOut: ReadOut): NodeId {
  const { circuits, layout, reading } = readOut;
  const { builder } = circuits;
  const lines = linesOf(layout.arrangement);
  const [plus, minus = builder.constant(0)] = lines.map((line) => lineVoltage(readOut, line));
  return amplified(
    readOut,
    lines[0],
    plus,
    minus,
    builder.parameter(tileParameter(layout, layout.tiles[reading.tile], 'gain'), 1),
  );
}

function amplified(readOut: ReadOut, line: Line, plus: NodeId, minus: NodeId, gain: NodeId): NodeId {
  const { circuits, layout, reading } = readOut;
  const { builder } = circuits;
  const gColumn = builder.parameter(
    columnParameter(layout, reading, line, 'gColumn'),
    widthOf(reading, line),
  );
  const supplied = { gColumn, gain };
  const place = `${reading.name}.${line}`;
  return (
    throughBlock(circuits, 'readout', place, widthOf(reading, line), [plus, minus], supplied) ??
    builder.binary('multiply', gain, builder.binary('subtract', plus, minus))
  );
}

/**
 * `I = Σ G v`; a noise is one normal number of variance `Σ σ²·v²`. Behind resistive lines the current lifts the bit
 * line, and the variance is that of {@link movedVariance}.
 */
function lineCurrent(readOut: ReadOut, line: Line): NodeId {
  if (readOut.circuits.cuts) return openLine(readOut, line);
  const current = silentCurrent(readOut, line);
  return readOut.noises.reduce(
    (sum, noise) => withNoise(readOut, line, noise, sum, currentVariance(readOut, line, noise, current)),
    current,
  );
}

const silentCurrent = (readOut: ReadOut, line: Line): NodeId =>
  bent(readOut, line, linearCurrent(readOut, line));

const linearCurrent = (readOut: ReadOut, line: Line): NodeId =>
  sumOver(readOut, line, 'conductance', (voltage) => voltage);

function currentVariance(readOut: ReadOut, line: Line, noise: Noise, current: NodeId): NodeId {
  const { builder } = readOut.circuits;
  const at = seenBy(noise, readOut);
  if (!at.isWired) return sumOver(at, line, `${noise}.variance`, (v) => builder.binary('multiply', v, v));
  return movedVariance(at, line, noise, at === readOut ? current : linearCurrent(at, line));
}

/**
 * 1/f noise stands still over the cycles of a bit-serial input, so that those of one device add up: with the deviation
 * that the whole operands give in each cycle, the shifted sum has that of the devices.
 */
const seenBy = (noise: Noise, readOut: ReadOut): ReadOut =>
  noise === 'flicker' && readOut.whole ? { ...readOut, driven: readOut.whole } : readOut;

/**
 * `V = Σ G v / gColumn`. A change δ of the conductance at voltage v moves V by `δ·(v - V)/gColumn` to first order, so
 * that a noise has the variance `(Σ σ²v² - 2V·Σ σ²v + V²·Σ σ²)/gColumn²`, where the minus line of a pair of
 * word lines is at -v.
 */
function lineVoltage(readOut: ReadOut, line: Line): NodeId {
  if (readOut.circuits.cuts) return openLine(readOut, line);
  const { circuits, layout, reading } = readOut;
  const { builder } = circuits;
  const { binary } = builder;
  const gColumn = builder.parameter(
    columnParameter(layout, reading, line, 'gColumn'),
    widthOf(reading, line),
  );
  const linear = (at: ReadOut) => binary('divide', linearCurrent(at, line), gColumn);
  const voltage = bent(readOut, line, linear(readOut));
  return readOut.noises.reduce((sum, noise) => {
    const at = seenBy(noise, readOut);
    const variance = movedVariance(at, line, noise, at === readOut ? voltage : linear(at));
    const relative = binary('divide', variance, binary('multiply', gColumn, gColumn));
    return withNoise(readOut, line, noise, sum, relative);
  }, voltage);
}

/** What a bit line gives, with what its cells add where they are not ohmic: one response for all lines of the reading. */
function bent(readOut: ReadOut, line: Line, linear: NodeId): NodeId {
  const { circuits, layout, reading, driven, isOhmic } = readOut;
  if (isOhmic) return linear;
  const { builder } = circuits;
  const of = builder.concatenate(driven.map(({ lines }) => lines));
  const widths = linesOf(layout.arrangement).map((one) => widthOf(reading, one));
  const size = widths.reduce((sum, width) => sum + width, 0);
  const response = builder.add({ op: 'response', response: responseName(layout, reading), of, size });
  const from = line === linesOf(layout.arrangement)[0] ? 0 : widths[0];
  return builder.binary('add', linear, builder.slice(response, from, widthOf(reading, line)));
}

/** The current or voltage of a bit line as a signal of its own, where the rewriting is cut open. */
function openLine({ circuits, reading, driven }: ReadOut, line: Line): NodeId {
  const node = circuits.builder.opaque(widthOf(reading, line));
  circuits.cuts?.push({ kind: 'line', node, line, reading, driven });
  return node;
}

/** `Σ σ²v² - 2y·Σ σ²v + y²·Σ σ²` of a bit line whose output is y. */
function movedVariance(readOut: ReadOut, line: Line, noise: Noise, output: NodeId): NodeId {
  const { circuits, layout, reading, isWired } = readOut;
  const { builder } = circuits;
  const { binary } = builder;
  const squares = sumOver(readOut, line, `${noise}.variance`, (v) => binary('multiply', v, v));
  // Both devices of a bit line that has one of each pair are at +v, so that with ideal lines variance and covariance
  // are the same.
  const isMixed = line === 'pair' || isWired;
  const mixed = sumOver(readOut, line, `${noise}.${isMixed ? 'covariance' : 'variance'}`, (v) => v);
  const whole = builder.parameter(
    columnParameter(layout, reading, line, `${noise}.variance`),
    widthOf(reading, line),
  );
  const moved = binary(
    'subtract',
    binary('multiply', output, whole),
    binary('multiply', builder.constant(2), mixed),
  );
  return binary('add', squares, binary('multiply', output, moved));
}

/** Far below any noise that matters, it keeps rounding from a negative variance and the root's slope finite. */
const leastVariance = 1e-40;

/**
 * Of 1/f noise the running number of the bit line takes the place of one for each device: at each time step that is the
 * same in distribution, and from step to step where the word lines' voltages stay in proportion.
 */
function withNoise(
  { circuits, layout, reading, cycle }: ReadOut,
  line: Line,
  kind: Noise,
  value: NodeId,
  variance: NodeId,
): NodeId {
  const { builder } = circuits;
  const stream = `${layout.layer}.${reading.name}:${line}.${kind}`;
  const size = widthOf(reading, line);
  // Each cycle is a read of its own.
  const read = cycle === 0 ? stream : `${stream}.cycle${cycle}`;
  const noise =
    kind === 'flicker'
      ? flickerNoise(circuits, stream, size)
      : builder.add({ op: 'noise', stream: read, size });
  const positive = builder.binary('maximum', variance, builder.constant(leastVariance));
  const deviation = builder.unary('sqrt', positive);
  return builder.binary('add', value, builder.binary('multiply', deviation, noise));
}

/** `Σ tensor·of(v)` over the sections of the reading. */
function sumOver(
  { circuits, driven, isWired }: ReadOut,
  line: Line,
  what: Parameters<typeof sectionTensor>[2],
  of: (voltage: NodeId) => NodeId,
): NodeId {
  const { builder } = circuits;
  const terms = driven.map(({ section, voltage, lines }) => {
    const tensor = sectionTensor(section, line, what);
    const isDiagonal = section.kind === 'diagonal' && !(isWired && what === 'conductance');
    const operand = of(isDiagonal ? voltage : lines);
    const { columns } = matrixSize(section, line === 'reference');
    const elementwise = isDiagonal || builder.numberAt(operand) !== undefined;
    return elementwise
      ? builder.binary('multiply', builder.vector(tensor, columns), operand)
      : builder.product(tensor, operand, columns);
  });
  return terms.reduce((sum, term) => builder.binary('add', sum, term));
}

/** Bit lines that a line of the reading stands for. */
const widthOf = ({ size }: Reading, line: Line): number => (line === 'reference' ? 1 : size);
