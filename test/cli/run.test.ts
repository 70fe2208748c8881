import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../sim-core/weights/safetensors.ts';
import { copyExample, memloom, withFolder } from './terminal.ts';

const quick = ['run', 'airline.loom', '--trials', '3'];
const everyFile = ['predictions.csv', 'report.html', 'result.json', 'traces.csv', 'weights.safetensors'];

describe('memloom run', () => {
  it('prints a table with baselines and writes all files, and nothing else', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const before = readdirSync(folder);
      const { code, out, err } = memloom(folder, quick);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      for (const text of [
        'ideal',
        'VoltageMode',
        'CurrentMode',
        'persistence',
        'ar12',
        '(passengers)',
        '±',
        '✓ rmse.test < 70',
      ]) {
        expect(out).toContain(text);
      }
      expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual(['memloom-results']);
      expect(readdirSync(join(folder, 'memloom-results', 'airline')).sort()).toEqual(everyFile);
      expect(out).not.toContain('\u001b');
    });
  });

  it('gives one JSON object on standard output with the files that it names', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const { code, out, err } = memloom(folder, [...quick, '--json', '--seed', '3', '--out', 'here/there']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { experiments, ...rest } = JSON.parse(out);
      expect(rest).toEqual({});
      expect(experiments).toHaveLength(1);
      const [experiment] = experiments;
      expect(Object.keys(experiment)).toEqual([
        'name',
        'seed',
        'metrics',
        'baselines',
        'expectations',
        'artifacts',
      ]);
      expect(experiment).toMatchObject({ name: 'forecast', seed: 3 });
      expect(experiment.expectations).toEqual([
        { text: 'rmse.test < 70', value: experiment.metrics['rmse.test'], holds: true },
      ]);
      expect(experiment.baselines['persistence.rmse.test']).toBeGreaterThan(0);
      for (const path of Object.values<string>(experiment.artifacts))
        expect(existsSync(join(folder, path))).toBe(true);
      expect(experiment.artifacts.report).toBe(join('here', 'there', 'report.html'));
    });
  });

  it('gives the same bytes again for the same seed', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      for (const out of ['one', 'two']) expect(memloom(folder, [...quick, '--out', out]).code).toBe(0);
      for (const file of everyFile) {
        const [one, two] = ['one', 'two'].map((out) => readFileSync(join(folder, out, file)));
        expect(one.equals(two), file).toBe(true);
      }
    });
  });

  it('writes predictions whose error is the metric that it prints', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const { out } = memloom(folder, [...quick, '--json']);
      const [{ metrics, artifacts }] = JSON.parse(out).experiments;
      const rows = readFileSync(join(folder, artifacts.predictions), 'utf8').trimEnd().split('\n').slice(1);
      const squares = rows
        .map((row) => row.split(','))
        .filter(([run, subset]) => run === 'ideal' && subset === 'test')
        .map((row) => (Number(row[6]) - Number(row[5])) ** 2);
      const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
      expect(rmse).toBeCloseTo(metrics['rmse.test'], 9);
    });
  });

  it('names a weight tensor by layer, gate and operand', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      memloom(folder, [...quick, '--out', 'out']);
      const bytes = new Uint8Array(readFileSync(join(folder, 'out', 'weights.safetensors')));
      const outcome = readSafetensors(bytes, 'weights.safetensors');
      if (!outcome.ok) throw new Error('The file is sound.');
      const shapes = Object.fromEntries(outcome.value.map(({ name, shape }) => [name, shape]));
      expect(shapes).toMatchObject({
        'rnn.i.x': [4, 1],
        'rnn.f.h': [4, 4],
        'rnn.o.bias': [4],
        'y.weight': [1, 4],
      });
    });
  });

  it('changes what --set names, and nothing of the ideal network', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const metrics = (...more: readonly string[]) =>
        JSON.parse(memloom(folder, [...quick, '--json', ...more]).out).experiments[0].metrics;
      const standing = metrics();
      const worse = metrics('--set', 'HfO2.programming=20 %', '--set', 'HfO2.levels=4');
      expect(worse['rmse.test']).toBe(standing['rmse.test']);
      expect(worse['VoltageMode.rmse.test']).toBeGreaterThan(standing['VoltageMode.rmse.test']);
    });
  });

  it('reads a dataset from the file that --set names from the current folder, quoted or not', () => {
    withFolder((folder) => {
      copyExample('airline', join(folder, 'lab'));
      renameSync(join(folder, 'lab/airline-passengers.csv'), join(folder, 'my data.csv'));
      const metrics = (...more: readonly string[]) =>
        memloom(folder, [
          'run',
          'lab/airline.loom',
          '--trials',
          '1',
          '--set',
          'forecast.epochs=1',
          '--json',
          ...more,
        ]);
      const missing = metrics();
      expect(missing).toMatchObject({ code: 2, out: '' });
      expect(missing.err).toMatch(/airline\.loom:\d+:\d+: error data\.fileMissing .*airline-passengers\.csv/);
      const plain = metrics('--set', 'passengers.from=my data.csv', '--set', 'passengers.column=passengers');
      expect(plain.err).toBe('');
      expect(JSON.parse(plain.out).experiments[0].metrics['rmse.test']).toBeGreaterThan(0);
      const quoted = metrics('--set', `passengers.from="${join(folder, 'my data.csv')}"`);
      expect(quoted.out).toBe(plain.out);
      const wrong = metrics('--set', 'passengers.from=no such.csv');
      expect(wrong).toMatchObject({ code: 2, out: '' });
      expect(wrong.err).toContain('no such.csv cannot be read');
    });
  });

  it('ends with 1 when an expectation fails, and still writes its results', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const file = join(folder, 'airline.loom');
      writeFileSync(file, readFileSync(file, 'utf8').replace('rmse.test < 70', 'rmse.test < 1'));
      const { code, out } = memloom(folder, [...quick, '--out', 'out']);
      expect(code).toBe(1);
      expect(out).toContain('✗ rmse.test < 1');
      expect(readdirSync(join(folder, 'out')).sort()).toEqual(everyFile);
    });
  });

  it('gives each of several experiments a folder of its own', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      const file = join(folder, 'airline.loom');
      const text = readFileSync(file, 'utf8')
        .replace('100 epochs', '2 epochs')
        .replace('expect rmse.test < 70', '');
      const experiment = text.slice(text.indexOf('experiment forecast'));
      writeFileSync(file, `${text}\n${experiment.replace('experiment forecast', 'experiment second')}`);
      const all = memloom(folder, [...quick, '--out', 'all']);
      expect(all.code, all.err).toBe(0);
      expect(readdirSync(join(folder, 'all')).sort()).toEqual(['forecast', 'second']);
      expect(readdirSync(join(folder, 'all', 'second')).sort()).toEqual(everyFile);
      memloom(folder, [...quick, '--experiment', 'second', '--out', 'one']);
      expect(readdirSync(join(folder, 'one')).sort()).toEqual(everyFile);
    });
  });

  it('runs with a report below 1 MB', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      memloom(folder, [...quick, '--out', 'out']);
      expect(readFileSync(join(folder, 'out', 'report.html')).length).toBeLessThan(1_000_000);
    });
  });
});

/** What is wrong with the example, and what must be said about it. */
const badInput: readonly {
  readonly name: string;
  spoil(folder: string): void;
  readonly args?: readonly string[];
  readonly says: readonly (string | RegExp)[];
}[] = [
  {
    name: 'a missing data file',
    spoil: (folder) => edit(folder, (text) => text.replace('airline-passengers.csv', 'none.csv')),
    says: [/airline\.loom:\d+:\d+: error/, 'none.csv'],
  },
  {
    name: 'a folder in place of the data file',
    spoil: (folder) => {
      mkdirSync(join(folder, 'none.csv'));
      edit(folder, (text) => text.replace('airline-passengers.csv', 'none.csv'));
    },
    says: ['none.csv'],
  },
  {
    name: 'a column that is not there',
    spoil: (folder) => edit(folder, (text) => text.replace('column = "passengers"', 'column = "pasengers"')),
    says: ['pasengers', 'passengers'],
  },
  {
    name: 'a cell that is no number',
    spoil: (folder) => data(folder, (lines) => lines.with(5, '1949-05,NaN')),
    says: ['airline-passengers.csv:6:'],
  },
  {
    name: 'a row with too few cells',
    spoil: (folder) => data(folder, (lines) => lines.with(9, '1949-09')),
    says: ['airline-passengers.csv:10'],
  },
  {
    name: 'a table without rows',
    spoil: (folder) => data(folder, (lines) => lines.slice(0, 1)),
    says: ['airline-passengers.csv'],
  },
  {
    name: 'a table of one row',
    spoil: (folder) => data(folder, (lines) => lines.slice(0, 2)),
    says: ['airline-passengers.csv', 'too few'],
  },
  {
    name: 'a table with semicolons and decimal commas',
    spoil: (folder) =>
      data(folder, (lines) =>
        lines.map((line) => line.replace(/,(\d*)/, (_, value) => (value ? `;${value},5` : ';'))),
      ),
    says: ['airline-passengers.csv:2', 'semicolons', 'decimal point'],
  },
  {
    name: 'an empty data file',
    spoil: (folder) => writeFileSync(join(folder, 'airline-passengers.csv'), ''),
    says: ['airline-passengers.csv'],
  },
  {
    name: 'random bytes as data',
    spoil: (folder) => writeFileSync(join(folder, 'airline-passengers.csv'), randomBytes()),
    says: ['airline-passengers.csv'],
  },
  {
    name: 'random bytes as an architecture',
    spoil: (folder) => writeFileSync(join(folder, 'airline.loom'), randomBytes()),
    says: [/^airline\.loom:\d+:\d+: error syntax\.encoding [^\p{Cc}]*\n$/u],
  },
  {
    name: 'a syntax error',
    spoil: (folder) => edit(folder, (text) => text.replace('network Forecast', 'network = Forecast')),
    says: [/airline\.loom:\d+:\d+: error/],
  },
  {
    name: 'an unknown device model',
    spoil: (folder) => edit(folder, (text) => text.replace('vteam(', 'vteem(')),
    says: [/airline\.loom:8:\d+: error/, 'vteem'],
  },
  {
    name: 'an unknown device parameter',
    spoil: (folder) => edit(folder, (text) => text.replace('rOff = 1', 'rOf = 1')),
    says: [/airline\.loom:8:\d+: error/, 'rOf'],
  },
  { name: 'a missing architecture', spoil: () => {}, args: ['run', 'none.loom'], says: ['none.loom'] },
  { name: 'a folder as an architecture', spoil: () => {}, args: ['run', '.'], says: [] },
  {
    name: 'an unknown experiment',
    spoil: () => {},
    args: [...quick, '--experiment', 'forcast'],
    says: ['forcast', 'forecast'],
  },
  {
    name: 'an unknown owner in --set',
    spoil: () => {},
    args: [...quick, '--set', 'HfO3.levels=4'],
    says: ['HfO3', 'HfO2'],
  },
  {
    name: 'an unknown parameter in --set',
    spoil: () => {},
    args: [...quick, '--set', 'HfO2.level=4'],
    says: ['level', 'levels'],
  },
  {
    name: 'a value in --set that is none',
    spoil: () => {},
    args: [...quick, '--set', 'HfO2.levels=4 4 ('],
    says: ['"4 4 (" is no value'],
  },
  {
    name: 'a value in --set beyond its bounds',
    spoil: () => {},
    args: [...quick, '--set', 'HfO2.levels=1'],
    says: ['levels', '2 .. 1000000'],
  },
  {
    name: 'a network that fits into no memory',
    spoil: (folder) => edit(folder, (text) => text.replace('units = 4', 'units = 100000')),
    says: [/airline\.loom:46:9: error network\.tooLarge/, 'Forecast', 'Use fewer units'],
  },
  {
    name: 'a value in --set of another unit',
    spoil: () => {},
    args: [...quick, '--set', 'HfO2.rOn=4 V'],
    says: ['rOn'],
  },
  {
    name: 'an output folder below a file',
    spoil: (folder) => writeFileSync(join(folder, 'file'), ''),
    args: [...quick, '--out', 'file/out'],
    says: ['file/out', 'a file, not a folder'],
  },
  ...(process.platform === 'linux'
    ? [
        {
          name: 'an output folder that cannot be made',
          spoil: () => {},
          args: [...quick, '--out', '/proc/memloom/deep/out'],
          says: ['/proc/memloom/deep/out'],
        },
      ]
    : []),
  {
    name: 'an output folder that is a file',
    spoil: (folder) => writeFileSync(join(folder, 'file'), ''),
    args: [...quick, '--out', 'file'],
    says: ['file'],
  },
  {
    name: 'an experiment without one',
    spoil: (folder) => edit(folder, (text) => text.slice(0, text.indexOf('experiment forecast'))),
    says: ['no experiment'],
  },
];

describe('bad input', () => {
  it.each(badInput)(
    '$name is an error that says where, leaves nothing and ends with 2',
    ({ spoil, args = quick, says }) => {
      withFolder((folder) => {
        copyExample('airline', folder);
        spoil(folder);
        const before = readdirSync(folder, { recursive: true }).sort();
        const { code, out, err } = memloom(folder, [...args, '--json']);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toMatch(/\berror [\w.-]+ /);
        expect(err).not.toMatch(/^\s+at /m);
        for (const text of says) {
          if (typeof text === 'string') expect(err).toContain(text);
          else expect(err).toMatch(text);
        }
        expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
      });
    },
  );
});

function edit(folder: string, change: (text: string) => string): void {
  const file = join(folder, 'airline.loom');
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('The example is not what the test expects.');
  writeFileSync(file, changed);
}

function data(folder: string, change: (lines: string[]) => string[]): void {
  const file = join(folder, 'airline-passengers.csv');
  writeFileSync(file, `${change(readFileSync(file, 'utf8').trimEnd().split('\n')).join('\n')}\n`);
}

/** Bytes of a linear congruential generator: the same each time, and no text. */
function randomBytes(): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length: 4096 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}
