import type { Outcome } from '@memloom/sim-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Condition,
  ConditionRequest,
  type Watched,
  WatchRequest,
  type WatchSignal,
} from '../../server/protocol.ts';
import { bundleServer, type Session, startSession } from './session.ts';

const signals: readonly WatchSignal[] = [
  { name: 'c', unit: 'V', size: 4 },
  { name: "c'", unit: 'V', size: 4 },
  { name: 'rnn.c', unit: 'V', size: 4 },
  { name: "rnn.c'", unit: 'V', size: 4 },
  { name: 'rnn.x', unit: 'V', size: 2 },
  { name: 'y', unit: 'V', size: 1 },
  { name: 'ideal', unit: '1', size: 1 },
];

describe('An expression about recorded values', () => {
  let server: Session;
  beforeAll(async () => {
    server = await startSession(await bundleServer());
  }, 30_000);
  afterAll(() => server.close());

  const watch = (text: string) =>
    server.connection.sendRequest<Outcome<Watched>>(WatchRequest.method, { text, signals });
  const condition = (text: string) =>
    server.connection.sendRequest<Outcome<Condition>>(ConditionRequest.method, { text, signals });

  it('is read with its unit and size, in SI base units', async () => {
    expect(await watch('2 * rnn.c - 400 mV')).toMatchObject({
      ok: true,
      value: {
        unit: 'V',
        size: 4,
        expression: {
          fn: 'subtract',
          left: { fn: 'multiply', right: { op: 'reference', name: 'rnn.c' } },
          right: { op: 'number', value: 0.4 },
        },
      },
    });
    expect(await watch('rnn.c * rnn.c / y')).toMatchObject({ value: { unit: 'V', size: 4 } });
    expect(await watch('tanh(ideal)')).toMatchObject({ value: { unit: '1', size: 1 } });
  });

  it('names new values and single units, alone and of other layers', async () => {
    const names = ["c'", 'c[3]', "c'[0]", "rnn.c'", "rnn.c'[2]", 'rnn.x[1]'];
    for (const name of names)
      expect(await watch(name)).toMatchObject({ ok: true, value: { expression: { op: 'reference', name } } });
    expect(await watch('rnn.c[0] + rnn.x[1]')).toMatchObject({ ok: true, value: { size: 1 } });
  });

  it.each([
    ['rnn.d', 'watch.unknown-signal', 'Did you mean'],
    ['rnn.c[4]', 'watch.unit', 'it has 4'],
    ['rnn.c + ideal', 'unit.combination', 'V'],
    ['tanh(c)', 'unit.argument', ''],
    ['c + rnn.x', 'watch.size', '4 and 2'],
    ['3 volts', 'unit.unknown', 'volts'],
    ['c +', 'watch.syntax', 'is no expression'],
    ['', 'watch.syntax', 'is no expression'],
    ['c } experiment f { seed 1', 'watch.syntax', 'is no expression'],
    ['"text"', 'equation.operand', 'text'],
  ])('is refused where it makes no sense: %s', async (text, code, says) => {
    const read = await watch(text);
    if (read.ok) throw new Error('It was read.');
    expect(read.problems[0].code).toBe(code);
    expect(`${read.problems[0].message} ${read.problems[0].hint}`).toContain(says);
  });

  it('is compared within one unit; zero needs none', async () => {
    expect(await condition('rnn.c > 0.4 V')).toMatchObject({
      ok: true,
      value: [[{ comparator: '>', right: { expression: { value: 0.4 } } }]],
    });
    expect(await condition('c[0] <= 0 && y != 10 mV || ideal >= 1')).toMatchObject({
      ok: true,
      value: [[{ comparator: '<=' }, { comparator: '!=' }], [{ comparator: '>=' }]],
    });
    const problems = async (text: string) => {
      const read = await condition(text);
      return read.ok ? [] : read.problems.map(({ code, message }) => `${code}: ${message}`);
    };
    expect(await problems('rnn.c > 0.4')).toEqual([
      expect.stringMatching(/unit\.combination: .*comparison.* V .*plain number/),
    ]);
    expect(await problems('ideal > 0.4 V')).toEqual([expect.stringContaining('unit.combination')]);
    expect(await problems('rnn.c')).toEqual([expect.stringContaining('watch.comparison')]);
    expect(await problems('c > rnn.x')).toEqual([expect.stringContaining('4 and 2 units')]);
  });

  it('is read one after the other, however many are asked for at once, between edits', async () => {
    const uri = 'file:///virtual/edited.loom';
    const many = Array.from({ length: 20 }, (_, at) => watch(`c[${at % 4}]`));
    await server.open(uri, "cell A(x: [n]) -> h: [n] { state h: [n] h' = x }\n");
    const read = await Promise.all([...many, ...Array.from({ length: 20 }, () => watch('rnn.c'))]);
    expect(read.every(({ ok }) => ok)).toBe(true);
  });
});
