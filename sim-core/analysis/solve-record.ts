import type { CrossbarCircuit, Drives } from '../crossbar/circuit.ts';
import type { CellLaw } from '../crossbar/nonlinear.ts';
import type { CrossbarSolution } from '../crossbar/solution.ts';
import type { CrossbarDesign, SolveDesign } from '../design/design.ts';
import type { Crossing } from '../hardware/crossing.ts';
import type { Measurement, ResultTable, TableColumn } from '../run/result.ts';
import type { AnalysisResult } from './analysis.ts';
import type { SolveInputs } from './solve-inputs.ts';

/** Collects the solutions of all vectors into tables. */
export class SolveRecord {
  private readonly bits: Columns;
  private readonly words: Columns;
  private readonly power: Columns;
  private readonly cells: Columns;
  private readonly wordWires: Columns;
  private readonly bitWires: Columns;
  private readonly vectors: number;
  private readonly detailed: number;
  private readonly law: CellLaw;
  private largestCurrent = 0;
  private loss: number | undefined;

  constructor(
    private readonly crossbar: CrossbarDesign,
    private readonly inputs: SolveInputs,
    private readonly analysis: SolveDesign,
    private readonly crossing: Crossing,
  ) {
    this.law = crossing.law(inputs.conductance.values);
    const { details } = analysis;
    const { conductance, drive } = inputs;
    const { rows, columns } = conductance;
    this.vectors = drive.rows;
    this.detailed = details === 'none' ? 0 : details === 'first' ? 1 : this.vectors;
    this.bits = new Columns(this.vectors * columns, { current: 'A', voltage: 'V' });
    this.words = new Columns(this.vectors * rows, { current: 'A', voltage: 'V' });
    this.power = new Columns(this.vectors, { sources: 'W', cells: 'W', wires: 'W', terminals: 'W' });
    this.cells = new Columns(this.detailed * rows * columns, {
      wordVoltage: 'V',
      bitVoltage: 'V',
      ...(crossing.deviceVoltages ? { deviceVoltage: 'V' } : {}),
      current: 'A',
    });
    this.wordWires = new Columns(this.detailed * rows * (columns + 1), { current: 'A' });
    this.bitWires = new Columns(this.detailed * columns * (rows + 1), { current: 'A' });
  }

  add(vector: number, circuit: CrossbarCircuit, drives: Drives, solution: CrossbarSolution): void {
    const { ends, power } = solution;
    this.bits.put('current', vector, ends.bitBottom.current);
    this.bits.put('voltage', vector, ends.bitBottom.voltage);
    // What enters a line that is driven from both sides is the sum; its voltage is that of the left end.
    const fromRight = ends.wordRight.current;
    this.words.put(
      'current',
      vector,
      ends.wordLeft.current.map((current, line) => current + fromRight[line]),
    );
    this.words.put('voltage', vector, ends.wordLeft.voltage);
    for (const part of ['sources', 'cells', 'wires', 'terminals'] as const)
      this.power.put(part, vector, Float64Array.of(power[part]));
    this.measure(circuit, drives, ends.bitBottom.current);
    if (vector >= this.detailed) return;
    this.cells.put('wordVoltage', vector, solution.wordVoltage);
    this.cells.put('bitVoltage', vector, solution.bitVoltage);
    const { wordVoltage, bitVoltage } = solution;
    const own = this.crossing.deviceVoltages?.(this.inputs.conductance.values, wordVoltage, bitVoltage);
    if (own) this.cells.put('deviceVoltage', vector, own);
    this.cells.put('current', vector, solution.cellCurrent);
    this.wordWires.put('current', vector, solution.wordCurrent);
    this.bitWires.put('current', vector, solution.bitCurrent);
  }

  private measure(circuit: CrossbarCircuit, drives: Drives, currents: Float64Array): void {
    for (const current of currents) this.largestCurrent = Math.max(this.largestCurrent, Math.abs(current));
    // A line that is read as a voltage carries what its load takes, not what its devices would into ground.
    if (this.crossbar.readout === 'voltage') return;
    const ideal = idealCurrents(circuit, this.law, drives);
    if (!ideal) return;
    for (const [line, expected] of ideal.entries())
      if (expected !== 0) this.loss = Math.max(this.loss ?? 0, Math.abs(currents[line] / expected - 1));
  }

  result(): AnalysisResult {
    const { rows, columns } = this.inputs.conductance;
    const [vector, detailed] = [axis('vector', this.vectors), axis('vector', this.detailed)];
    const [word, bit] = [axis('wordLine', rows), axis('bitLine', columns)];
    const tables = [
      this.table('bitLines', 'currents out of the bit lines', [vector, bit], this.bits),
      this.table('wordLines', 'currents into the word lines', [vector, word], this.words),
      this.table('power', 'where the power goes', [vector], this.power),
      this.table(
        'cells',
        'voltages at the cells and currents through them',
        [detailed, word, bit],
        this.cells,
      ),
      this.table(
        'wordWires',
        'currents in the segments of word lines, left to right',
        [detailed, word, axis('segment', columns + 1)],
        this.wordWires,
      ),
      this.table(
        'bitWires',
        'currents in the segments of bit lines, top to bottom',
        [detailed, bit, axis('segment', rows + 1)],
        this.bitWires,
      ),
    ];
    return {
      tables: this.detailed > 0 ? tables : tables.slice(0, 3),
      measurements: this.measurements(),
      warnings: [],
    };
  }

  private measurements(): readonly Measurement[] {
    const sources = this.power.of('sources');
    const { name } = this.analysis;
    return [
      { name: `${name}.power`, unit: 'W', value: sources.reduce((sum, one) => sum + one, 0) / this.vectors },
      { name: `${name}.largestCurrent`, unit: 'A', value: this.largestCurrent },
      ...(this.loss === undefined ? [] : [{ name: `${name}.loss`, unit: '1', value: this.loss }]),
    ];
  }

  private table(id: string, title: string, axes: ResultTable['axes'], columns: Columns): ResultTable {
    return {
      id: `${this.analysis.name}.${id}`,
      title: `${this.crossbar.name}: ${title}`,
      kind: 'map',
      axes,
      files: this.analysis.files,
      columns: columns.all,
    };
  }
}

const axis = (name: string, length: number) => ({ name, length });

/** Currents out of the bit lines were all conductors ideal; undefined where a line floats or is read as a voltage. */
function idealCurrents(
  { rows, columns, wordLeft, bitBottom }: CrossbarCircuit,
  law: CellLaw,
  { wordLeft: word, bitBottom: bit }: Drives,
): Float64Array | undefined {
  const held = (terminal: CrossbarCircuit['wordLeft']) =>
    typeof terminal === 'number'
      ? terminal < Infinity
      : terminal.every((resistance) => resistance < Infinity);
  if (!word || !bit || !held(wordLeft) || !held(bitBottom)) return undefined;
  const foot = Float64Array.from({ length: rows * columns }, (_, cell) => bit[cell % columns]);
  const voltage = foot.map((v, cell) => word[Math.floor(cell / columns)] - v);
  const [current, slope] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
  law.evaluate(voltage, current, slope, foot);
  const currents = new Float64Array(columns);
  for (const [cell, i] of current.entries()) currents[cell % columns] += i;
  return currents;
}

/** Columns of equal length, filled a vector at a time. */
class Columns {
  readonly all: readonly TableColumn[];

  constructor(length: number, units: Readonly<Record<string, string>>) {
    this.all = Object.entries(units).map(([name, unit]) => ({
      name,
      unit,
      values: new Float64Array(length),
    }));
  }

  of(name: string): Float64Array {
    const found = this.all.find((column) => column.name === name);
    if (!found) throw new Error(`There is no column ${name}.`);
    return found.values;
  }

  put(name: string, vector: number, values: Float64Array): void {
    this.of(name).set(values, vector * values.length);
  }
}
