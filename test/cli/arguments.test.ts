import { describe, expect, it } from 'vitest';
import { parseInput } from '../../cli/arguments/parse.ts';
import { runCommand } from '../../cli/commands/run.ts';
import { reproduction } from '../../cli/run/command-line.ts';
import { runOptions } from '../../cli/run/options.ts';

const parse = (...args: readonly string[]) => {
  const input = parseInput(runCommand, args);
  return input.ok ? runOptions(input.value) : input;
};
const messages = (...args: readonly string[]): string => {
  const outcome = parse(...args);
  return outcome.ok ? '' : outcome.problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
};

describe('the options of run', () => {
  it('are read wherever they stand', () => {
    const outcome = parse(
      '--seed',
      '3',
      'a.loom',
      '--set',
      'D.levels=16',
      '--trials=5',
      '--set',
      'D.programming = 5 %',
      '--json',
    );
    expect(outcome).toEqual({
      ok: true,
      value: {
        file: 'a.loom',
        experiments: [],
        overrides: [
          { path: 'D.levels', value: '16' },
          { path: 'D.programming', value: '5 %' },
        ],
        seed: 3,
        trials: 5,
        out: 'memloom-results/a',
        json: true,
      },
    });
  });

  it.each([
    [['a.loom', '--sed', '3'], 'has no option --sed. Did you mean "--seed" or'],
    [['a.loom', '--seed'], '--seed needs a value: --seed N.'],
    [['a.loom', '--experiment', '--json'], '--experiment needs a value'],
    [['a.loom', '--json=yes'], '--json takes no value.'],
    [['a.loom', '--seed', '1', '--seed', '2'], '--seed is given 2 times.'],
    [['a.loom', '--seed', '-1'], '--seed takes a whole number from 0 to 4294967295, not "-1"'],
    [['a.loom', '--seed', '1.5'], 'whole number'],
    [['a.loom', '--seed', '99999999999999999999'], 'whole number'],
    [['a.loom', '--trials', '-5'], '--trials takes a whole number from 1 to 1000000, not "-5"'],
    [['a.loom', '--trials', '0'], 'from 1 to 1000000'],
    [['a.loom', '--set', 'levels=16'], '--set takes OWNER.PARAM=VALUE, not "levels=16"'],
    [['a.loom', '--set', 'D.levels='], '--set takes OWNER.PARAM=VALUE'],
    [['a.loom', '--out='], '--out needs the name of a folder.'],
    [['a.loom', 'b.loom'], 'takes FILE, not also: b.loom.'],
    [[], 'needs FILE.'],
  ])('%j are refused with a reason', (args, reason) => {
    expect(messages(...args)).toContain(reason);
  });

  it('come back in the command that gives the same result again', () => {
    const outcome = parse('my net.loom', '--set', 'D.programming=5 %', '--trials', '5');
    if (!outcome.ok) throw new Error('The options are sound.');
    expect(reproduction(outcome.value, 'forecast', 7)).toBe(
      "memloom run 'my net.loom' --experiment forecast --set 'D.programming=5 %' --seed 7 --trials 5",
    );
  });
});
