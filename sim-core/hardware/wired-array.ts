import type { CrossbarCircuit } from '../crossbar/circuit.ts';
import { type ReadTransfer, readTransfer } from '../crossbar/read-transfer.ts';
import { type ActualArray, type DummyDevices, noisesOf } from './array-errors.ts';
import type { WeightArray } from './array-targets.ts';
import { type Conductances, conductances } from './conductance.ts';
import { devicePlaces, placeDevices, type TilePlaces } from './device-places.ts';
import type { Reading, Section, Tile } from './layout.ts';
import type { Line, Noise } from './read-out.ts';
import { type ArrayWires, wiresOf } from './wires.ts';

/** What the read-out of a layer's arrays sees behind their wires; valid until the next call. */
export interface WiredColumns {
  /** Conductances [elements][units] that act between the word lines of a section and the bit lines of its reading. */
  matrix(section: Section, line: Line, reading: Reading): Float64Array;
  /** Conductance of each bit line from its foot, its load included. */
  columnConductance(reading: Reading, line: Line): Float64Array;
  /**
   * The variances of the column's output y, of word line voltages v: `Σ squares·v² - 2y·Σ mixed·v + y²·whole`, divided by
   * the square of the column's conductance where y is a voltage.
   */
  readonly squares: ReadonlyMap<Noise, Conductances>;
  readonly mixed: ReadonlyMap<Noise, Conductances>;
  whole(noise: Noise, reading: Reading, line: Line): Float64Array;
}

/**
 * Solves the arrays of a layer with their wires. Every gate is read by itself: the word lines of its own operands are
 * driven, all others are held at 0 V by their drivers.
 *
 * Undefined where the wires are ideal.
 */
export function wiredArray(array: WeightArray): ((actual: ActualArray) => WiredColumns) | undefined {
  const { layout, crossbar } = array;
  const wires = wiresOf(crossbar);
  if (!wires) return undefined;
  const places = layout.tiles.map((_, tile) => devicePlaces(layout, tile));
  const quantity = crossbar.readout;
  const noises = noisesOf(array);
  const perDevice = () => new Map(noises.map((noise) => [noise, conductances(layout)]));
  const [squares, mixed] = [perDevice(), perDevice()];
  return (actual) => {
    const tiles = layout.tiles.map((tile, index): SolvedTile => {
      const dummies = actual.dummies.at(index);
      const circuit = circuitOf(tile, wires, places[index], actual.mean, dummies);
      const driven = noises.length > 0 ? drivenLines(array, index, places[index], circuit.rows) : undefined;
      const solved = readTransfer(circuit, quantity, driven);
      const transfer = solved.ok ? solved.value : unsolved(circuit);
      const factors = noiseFactors(circuit, quantity, transfer);
      const whole = new Map<Noise, Float64Array>();
      for (const [noise, variance] of actual.variances) {
        const into = {
          squares: squares.get(noise),
          mixed: mixed.get(noise),
          whole: new Float64Array(tile.bitLines),
        };
        whole.set(noise, into.whole);
        if (factors) spreadNoise(places[index], factors, variance, dummies?.variances.get(noise), into);
      }
      return { rows: circuit.rows, transfer, whole };
    });
    return columnsOf(array, places, tiles, { squares, mixed });
  };
}

/** What the solver could not find is no number, which the evaluation then reports where it appears. */
const unsolved = ({ rows, columns }: CrossbarCircuit): ReadTransfer => ({
  conductance: new Float64Array(rows * columns).fill(Number.NaN),
  columnConductance: new Float64Array(columns).fill(Number.NaN),
  noise: undefined,
});

interface SolvedTile {
  readonly rows: number;
  readonly transfer: ReadTransfer;
  readonly whole: ReadonlyMap<Noise, Float64Array>;
}

function circuitOf(
  { wordLines, bitLines }: Tile,
  wires: ArrayWires,
  places: TilePlaces,
  actual: Conductances,
  dummies: DummyDevices | undefined,
): CrossbarCircuit {
  const rows = wordLines + (dummies?.rows ?? 0);
  const conductance = new Float64Array(rows * bitLines);
  placeDevices(places, actual, conductance);
  if (dummies) conductance.set(dummies.mean, wordLines * bitLines);
  return {
    rows,
    columns: bitLines,
    conductance,
    wordWire: wires.word,
    bitWire: wires.bit,
    wordLeft: wires.left,
    wordRight: wires.right,
    bitTop: Infinity,
    bitBottom: wires.foot,
  };
}

/** [columns][rows]: the word lines of a gate's own operands. */
function drivenLines(
  { layout }: WeightArray,
  index: number,
  { column, row }: TilePlaces,
  rows: number,
): Uint8Array {
  const { arrangement, readings, tiles } = layout;
  const driven = new Uint8Array(tiles[index].bitLines * rows);
  const linesIn = (reading: Reading): readonly (readonly [Line, number])[] => [
    ['plus', reading.size],
    ...(arrangement === 'columns' ? ([['minus', reading.size]] as const) : []),
    ...(arrangement === 'reference' ? ([['reference', 1]] as const) : []),
  ];
  for (const reading of readings)
    if (reading.tile === index)
      for (const section of reading.sections)
        for (let k = 0; k < section.elements; k++)
          for (const second of arrangement === 'rows' ? [false, true] : [false])
            for (const [line, size] of linesIn(reading))
              for (let unit = 0; unit < size; unit++)
                driven[column(reading, line, unit) * rows + row(section, k, second)] = 1;
  return driven;
}

/** By cell: the output moves by δ·(drive·v - output·y) for a change δ of its conductance, in the graph's own terms. */
interface NoiseFactors {
  readonly drive: Float64Array;
  readonly output: Float64Array;
}

function noiseFactors(
  { columns }: CrossbarCircuit,
  quantity: 'current' | 'voltage',
  { columnConductance, noise }: ReadTransfer,
): NoiseFactors | undefined {
  if (!noise) return undefined;
  const scale = (cell: number) =>
    noise.reach[cell] * (quantity === 'voltage' ? columnConductance[cell % columns] : 1);
  return {
    drive: noise.drive.map((drive, cell) => drive * scale(cell)),
    output: noise.output.map((output, cell) => output * scale(cell)),
  };
}

function spreadNoise(
  { plus, minus, wordLines, bitLines }: TilePlaces,
  { drive, output }: NoiseFactors,
  variance: Conductances,
  dummies: Float64Array | undefined,
  into: {
    readonly squares: Conductances | undefined;
    readonly mixed: Conductances | undefined;
    readonly whole: Float64Array;
  },
): void {
  const { squares, mixed, whole } = into;
  if (!squares || !mixed) return;
  for (const [side, devices] of [
    ['plus', plus],
    ['minus', minus],
  ] as const)
    for (const { device, cell } of devices) {
      const own = variance[side][device];
      squares[side][device] = own * drive[cell] * drive[cell];
      mixed[side][device] = own * drive[cell] * output[cell];
      whole[cell % bitLines] += own * output[cell] * output[cell];
    }
  const first = wordLines * bitLines;
  for (const [k, own] of (dummies ?? []).entries())
    whole[k % bitLines] += own * output[first + k] * output[first + k];
}

function columnsOf(
  { layout }: WeightArray,
  places: readonly TilePlaces[],
  tiles: readonly SolvedTile[],
  noise: Pick<WiredColumns, 'squares' | 'mixed'>,
): WiredColumns {
  const perUnit = (reading: Reading, line: Line, of: (tile: SolvedTile) => Float64Array) =>
    Float64Array.from({ length: line === 'reference' ? 1 : reading.size }, (_, unit) => {
      const { column } = places[reading.tile];
      return of(tiles[reading.tile])[column(reading, line, unit)];
    });
  return {
    ...noise,
    matrix: (section, line, reading) => {
      const { column, row } = places[reading.tile];
      const { rows, transfer } = tiles[reading.tile];
      const units = line === 'reference' ? 1 : section.units;
      const matrix = new Float64Array(section.elements * units);
      for (let k = 0; k < section.elements; k++)
        for (let unit = 0; unit < units; unit++) {
          const start = column(reading, line, unit) * rows;
          const first = transfer.conductance[start + row(section, k, false)];
          matrix[k * units + unit] =
            layout.arrangement === 'rows'
              ? first - transfer.conductance[start + row(section, k, true)]
              : first;
        }
      return matrix;
    },
    columnConductance: (reading, line) =>
      perUnit(reading, line, ({ transfer }) => transfer.columnConductance),
    whole: (noise, reading, line) =>
      perUnit(reading, line, ({ whole }) => whole.get(noise) ?? new Float64Array()),
  };
}
