import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  productOf,
  readOutError,
  readOuts,
  type Setting,
  sweeps,
  usual,
} from '../../examples/voltage-vs-current/compare.ts';
import { figureOf, type Row } from '../../examples/voltage-vs-current/figures.ts';

const file = (name: string) => new URL(`../../examples/voltage-vs-current/${name}`, import.meta.url);
const text = readFileSync(file('voltage-vs-current.loom'), 'utf8');

const products = new Map<number, ReturnType<typeof productOf>>();
function productAt(size: number): ReturnType<typeof productOf> {
  const known = products.get(size) ?? productOf(text, size);
  products.set(size, known);
  return known;
}

const csvOf = (rows: readonly Row[]) =>
  ['sweep,value,readOut,asRead,calibrated']
    .concat(
      rows.map(
        ({ sweep, value, readOut, asRead, calibrated }) =>
          `${sweep},${value},${readOut},${asRead.toPrecision(4)},${calibrated.toPrecision(4)}`,
      ),
    )
    .join('\n')
    .concat('\n');

const rowsOf = (csv: string): readonly Row[] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [sweep, value, readOut, asRead, calibrated] = line.split(',');
      const known = readOuts.find((name) => name === readOut);
      if (!known) throw new Error(line);
      const numbers = { value: Number(value), asRead: Number(asRead), calibrated: Number(calibrated) };
      return { sweep, readOut: known, ...numbers };
    });

/** `UPDATE_EXAMPLES=1` writes the results and figures anew. */
describe('The comparison of read-outs', () => {
  it('has the results and figures that its files give', async () => {
    const rows: Row[] = [];
    for (const { name, values, changes } of sweeps)
      for (const value of values) {
        const setting: Setting = { ...usual, ...changes, [name]: value };
        const product = await productAt(setting.size);
        for (const readOut of readOuts)
          rows.push({ sweep: name, value, readOut, ...readOutError(product, readOut, setting) });
      }
    const csv = csvOf(rows);
    const figures = sweeps.map((sweep) => [`${sweep.name}.svg`, figureOf(sweep, rowsOf(csv))] as const);
    if (process.env.UPDATE_EXAMPLES) {
      writeFileSync(file('results.csv'), csv);
      for (const [name, svg] of figures) writeFileSync(file(name), svg);
    }
    expect(readFileSync(file('results.csv'), 'utf8')).toBe(csv);
    for (const [name, svg] of figures) expect(readFileSync(file(name), 'utf8')).toBe(svg);
  }, 120_000);

  const errors = async (changes: Partial<Setting>) => {
    const setting = { ...usual, ...changes };
    const product = await productAt(setting.size);
    const of = (readOut: (typeof readOuts)[number]) => readOutError(product, readOut, setting);
    return {
      Current: of('Current'),
      VoltageDummy: of('VoltageDummy'),
      VoltageAmplifier: of('VoltageAmplifier'),
    };
  };

  it('finds no difference in principle: without wires both lose by finite gain alone, by closed form', async () => {
    const gain = 1e3;
    const { Current, VoltageAmplifier } = await errors({ wire: 0, openLoopGain: gain, size: 32 });
    expect(Current.asRead / VoltageAmplifier.asRead).toBeCloseTo(1, 6);
    // Σ G of a column of row pairs over k_w: 2·32·gOff plus Σ|w|·k_w, the loop gain being 1 + that.
    const loops = 1 + (64 * 1e-6) / 9.9e-5 + 32 * 0.5;
    expect(Current.asRead).toBeGreaterThan((0.8 * loops) / gain);
    expect(Current.asRead).toBeLessThan((1.2 * loops) / gain);
  });

  it('finds voltages ahead behind wires, and nothing between them once one gain is calibrated', async () => {
    for (const wire of [0.5, 5]) {
      const { Current, VoltageDummy, VoltageAmplifier } = await errors({ wire, size: 32 });
      for (const voltage of [VoltageDummy, VoltageAmplifier]) {
        expect(voltage.asRead).toBeLessThan(0.7 * Current.asRead);
        expect(Math.abs(voltage.calibrated / Current.calibrated - 1)).toBeLessThan(0.1);
      }
    }
  });

  it('finds currents ahead where columns are loaded, without wires', async () => {
    const { Current, VoltageDummy } = await errors({ wire: 0, load: 1e-3, size: 32 });
    expect(VoltageDummy.asRead).toBeGreaterThan(1.2 * Current.asRead);
  });
});
