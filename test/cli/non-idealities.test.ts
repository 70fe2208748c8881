import { describe, expect, it } from 'vitest';
import { copyExample, memloom, withFolder } from './terminal.ts';

/** One experiment of the example, shortened: standard output's object and what was printed. */
const run = (experiment: string, extra: readonly string[] = []) =>
  withFolder((folder) => {
    copyExample('airline', folder);
    const args = ['run', 'non-idealities.loom', '--experiment', experiment, '--trials', '3'];
    return memloom(folder, [...args, '--set', `${experiment}.epochs=3`, ...extra]);
  });

describe('the example of everything that arrays and their periphery add', () => {
  it.each([
    ['everything', 'Everything.rnn'],
    ['drift', 'Glass.age'],
    ['rewritten', 'Oxide.temperature'],
    ['slices', 'SlicedArray.slices'],
  ])('runs its experiment %s', { timeout: 60_000 }, (experiment, expected) => {
    const { code, out, err } = run(experiment);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(expected);
  });

  it('spreads the LSTM over tiles and says so', { timeout: 60_000 }, () => {
    expect(run('everything').out).toMatch(
      /Everything\.rnn\s+GlassArray\s+6 × 32\s+192 devices in 4 tiles, 50 % used/,
    );
  });

  it('says how much converters clip whose range is too narrow', { timeout: 60_000 }, () => {
    expect(run('everything', ['--set', 'ScaledDac.headroom=0.5']).out).toMatch(
      /The input converters "ScaledDac" of "Everything" clip [\d.]+ % of their values in the first trial/,
    );
  });

  it('takes ages in days and temperatures in kelvin on the command line', { timeout: 60_000 }, () => {
    const { code, err } = run('everything', [
      '--set',
      'Glass.age=30 days',
      '--set',
      'Oxide.temperature=330 K',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
