import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNpy } from '../../sim-core/data/npy.ts';
import { writeNpy } from '../../sim-core/index.ts';
import { memloom, withFolder } from './terminal.ts';

/** A divider: one word line of two cells, so that all currents can be told in advance. */
function prepare(folder: string): void {
  writeFileSync(join(folder, 'g.npy'), writeNpy(Float64Array.of(1e-3, 0.5e-3), [1, 2]));
  writeFileSync(join(folder, 'v.csv'), '1\n0.5\n');
}
const arrayOf = (path: string) => {
  const array = readNpy(readFileSync(path), path);
  if (!array.ok) throw new Error(array.problems[0].message);
  return array.value;
};

it('solve writes currents, voltages and power for other programs', () => {
  withFolder((folder) => {
    prepare(folder);
    const ended = memloom(folder, ['solve', '--conductance', 'g.npy', '--drive', 'v.csv', '--out', 'o']);
    expect(ended.err).toBe('');
    expect(ended.code).toBe(0);
    const current = arrayOf(join(folder, 'o/array.bitLines.current.npy'));
    expect(current.shape).toEqual([2, 2]);
    expect([...current.values].map((i) => Math.round(i * 1e9) / 1e9)).toEqual([
      1e-3, 0.5e-3, 0.5e-3, 0.25e-3,
    ]);
    expect(arrayOf(join(folder, 'o/array.cells.wordVoltage.npy')).shape).toEqual([1, 1, 2]);
    const [head, first] = readFileSync(join(folder, 'o/array.bitLines.csv'), 'utf8').split('\n');
    expect(head).toBe('vector,bitLine,current (A),voltage (V)');
    expect(first).toBe('0,0,0.001,0');
    expect(ended.out).toContain('array.power');
  });
});

it('solve takes resistances of wires with and without a unit, as the text of an experiment does', () => {
  withFolder((folder) => {
    prepare(folder);
    const json = (args: readonly string[]) => {
      const ended = memloom(folder, args);
      expect(ended.err).toBe('');
      return JSON.parse(ended.out).experiments[0];
    };
    const data = ['solve', '--conductance', 'g.npy', '--drive', 'v.csv', '--json', '--details', 'none'];
    const plain = json([...data, '--wire', '10', '--source', '1000', '--drive-side', 'both']);
    const units = json([...data, '--wire', '10 Ohm', '--source', '1 kOhm', '--drive-side', 'both']);
    writeFileSync(
      join(folder, 'same.loom'),
      'crossbar array { readout = current wire = 10 Ohm source = 1 kOhm drive = both }\n' +
        'experiment e { solve array { conductance = "g.npy" drive = "v.csv" details = none } }\n',
    );
    const text = json(['run', 'same.loom', '--json']);
    expect(units.measurements).toEqual(plain.measurements);
    expect(text.measurements).toEqual(plain.measurements);
    expect(Object.keys(plain.artifacts.arrays)).toContain('array.power.sources');
    expect(plain.artifacts.tables).not.toHaveProperty('array.cells');
    // Half of 1 kOhm in series with 10 Ohm wires and 1.5 mS: below an ideal 1.5 mW at 1 V.
    expect(plain.measurements['array.loss']).toBeGreaterThan(0.4);
  });
});

it.each([
  [['--drive', 'v.csv'], 'needs --conductance FILE or --resistance FILE'],
  [['--conductance', 'g.npy'], 'needs --drive FILE'],
  [['--conductance', 'g.npy', '--resistance', 'g.npy', '--drive', 'v.csv'], 'one of the two'],
  [['--conductance', 'g.npy', '--drive', 'v.csv', '--wire', '2 V'], '--wire takes a resistance'],
  [['--conductance', 'g.npy', '--drive', 'v.csv', '--wire', '2 TOhm'], '"wire" is within'],
  [['--conductance', 'g.npy', '--drive', 'v.csv', '--files', 'pdf'], '--files takes both or csv or npy'],
  [['--conductance', 'none.npy', '--drive', 'v.csv'], 'none.npy cannot be read'],
  [['--conductance', 'g.npy', '--drive', 'g.npy'], 'A row of drive has 2 voltages, the array 1 word lines'],
])('solve %j is refused', (args, message) => {
  withFolder((folder) => {
    prepare(folder);
    const ended = memloom(folder, ['solve', ...args]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(message);
    expect(ended.out).toBe('');
  });
});

it('solve takes what stands in a cell and how its device conducts', () => {
  withFolder((folder) => {
    prepare(folder);
    const current = (args: readonly string[]) => {
      const data = ['solve', '--conductance', 'g.npy', '--drive', 'v.csv', '--out', 'o'];
      const ended = memloom(folder, [...data, ...args]);
      expect(ended.err).toBe('');
      return arrayOf(join(folder, 'o/array.bitLines.current.npy')).values[0];
    };
    // 1 mS behind 1 kOhm.
    expect(current(['--cell', 'transistor', '--on-resistance', '1 kOhm'])).toBeCloseTo(0.5e-3, 12);
    // Of a square law in saturation K/2·(Vg - Vt)² remains.
    const gate = ['--gate', '0.9', '--gate-threshold', '700 mV', '--transconductance', '1 mA/V^2'];
    expect(current(['--cell', 'transistor', ...gate])).toBeCloseTo(20e-6, 12);
    const selected = current([
      '--cell',
      'selector',
      '--selector-current',
      '1 nA',
      '--selector-voltage',
      '0.1',
    ]);
    expect(1e-9 * Math.sinh((1 - selected / 1e-3) / 0.1)).toBeCloseTo(selected, 10);
    const bent = current(['--device', 'yakopcic(b = 2 /V)', '--v-read', '0.2']);
    expect(bent / ((1e-3 * 0.2 * Math.sinh(2)) / Math.sinh(0.4))).toBeCloseTo(1, 9);
    const wrong = memloom(folder, ['solve', '--conductance', 'g.npy', '--drive', 'v.csv', '--gate', '3 Ohm']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--gate takes a voltage');
  });
});
