import { describe, expect, it } from 'vitest';
import { check } from '../check.ts';
import { byName, designOf } from '../program.ts';

const text = (statements: string) => `
import std.cells

network Net(x: [1]) -> y: [1] {
  rnn = Lstm(x, units = 2)
  y = dense(rnn, units = 1)
}

dataset data generate wafer(train = 10, test = 10)

experiment e {
  network Net
  data data
  train adam(rate = 1e-2) for 1 epochs
  ${statements}
}
`;

const signals = (list: readonly { readonly signal: string }[] = []) => list.map(({ signal }) => signal);

describe('A plot', () => {
  it('records what it shows, beside what is probed', async () => {
    const design = await designOf(text('infer { probe rnn.i }\n  plot rnn.c, rnn.h\n  plot y'));
    const { infer, plots } = byName(design.experiments, 'e');
    expect(plots?.map((plot) => signals(plot.signals))).toEqual([['rnn.c', 'rnn.h'], ['y']]);
    expect(signals(infer?.probes)).toEqual(['rnn.i', 'rnn.c', 'rnn.h', 'y']);
  });

  it('is no part of a design that has none', async () => {
    expect(byName((await designOf(text('infer'))).experiments, 'e')).not.toHaveProperty('plots');
  });

  it('needs an evaluation that records it', async () => {
    expect((await check({ 'main.loom': text('plot rnn.c') })).diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'experiment.incomplete',
        message: expect.stringContaining('in which evaluation its plot is recorded'),
      }),
    );
  });

  it('names signals of its network', async () => {
    expect((await check({ 'main.loom': text('infer\n  plot rnn.k') })).diagnostics).toContainEqual(
      expect.objectContaining({ code: 'probe.unknown' }),
    );
  });
});
