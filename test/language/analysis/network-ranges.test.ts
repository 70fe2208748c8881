import { sizeNetwork, tanh } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import { integratingStates, networkRanges } from '../../../language/analysis/network-ranges.ts';
import { anything, interval } from '../../../language/types/ranges/interval.ts';
import { designOf } from '../program.ts';

async function networkOf(cell: string) {
  const design = await designOf(
    `import std.cells\nnetwork N(x: [1]) -> y: [2] { y = ${cell}(x, units = 2) }`,
  );
  const network = sizeNetwork(design, 'N');
  if (!network.ok) throw new Error(network.problems[0].message);
  return network.value;
}

async function statesOf(cell: string) {
  const network = await networkOf(cell);
  const [{ states }] = networkRanges(network, { input: anything, product: anything, fading: 0 });
  return Object.fromEntries(states);
}

const one = interval(-1, 1);

describe('ranges of a network, whatever its weights are', () => {
  it('bound what an output gate and tanh let out, not the cell state that forgets at will', async () => {
    expect(await statesOf('Lstm')).toEqual({ c: anything, h: one });
  });

  it('see that coupled gates mix: the state stays between what it mixes', async () => {
    // Its output is tanh of a cell state within -1 .. 1, through a gate.
    expect(await statesOf('Cifg')).toEqual({ c: one, h: interval(-tanh(1), tanh(1)) });
    expect(await statesOf('Gru')).toEqual({ h: one });
    expect(await statesOf('Mgu')).toEqual({ h: one });
  });

  it('have no bound for an output without its activation', async () => {
    expect((await statesOf('Noaf')).h).toEqual(anything);
  });

  it.each([
    ['Nfg', ['y.c']],
    ['Lstm', []],
    ['Noaf', []],
    ['Niaf', []],
    ['Gru', []],
  ])('tell a state that never forgets from one that may: %s', async (cell, growing) => {
    expect([...integratingStates(await networkOf(cell))]).toEqual(growing);
  });
});
