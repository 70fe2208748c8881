import { type Chains, firstResistance, linesAtOnce, segment } from './chains.ts';
import type { Workspace } from './workspace.ts';

/** What drives lines: voltages of the sources behind their terminals, and currents into nodes, `[rows][columns]`. */
export interface LineSources {
  readonly first?: Float64Array;
  readonly last?: Float64Array;
  readonly injected?: Float64Array;
}

/** The forward elimination, times the pivots, of sources into the array that begins at `out`: line by line. */
export const eliminateSources = (
  memory: Float64Array,
  chains: Chains,
  sources: LineSources,
  out: number,
): void => {
  const { lines } = chains;
  for (let from = 0; from < lines; from += linesAtOnce) {
    eliminateSome(memory, chains, sources, from, Math.min(from + linesAtOnce, lines), out);
  }
  addLastSources(memory, chains, sources, out);
};

const addLastSources = (
  memory: Float64Array,
  { lines, nodes, places, lastCoupling }: Chains,
  { last }: LineSources,
  out: number,
): void => {
  if (!last) return;
  for (let line = 0; line < lines; line++)
    memory[out + places.ofLine[line] + places.ofNode[nodes - 1]] += lastCoupling[line] * last[line];
};

/** The same of the word lines into `source`, all at once where no node is pinned and nothing is injected. */
export const driveWords = (
  { memory, layout, sweeps }: Workspace,
  words: Chains,
  sources: LineSources,
): void => {
  const { first, injected } = sources;
  if (injected || words.pinned.some((count) => count > 0)) {
    eliminateSources(memory, words, sources, layout.at.source);
    return;
  }
  for (let line = 0; line < words.lines; line++)
    memory[layout.wordStart + line] = (first ? first[line] : 0) / firstResistance(words, line);
  sweeps.drive();
  addLastSources(memory, words, sources, layout.at.source);
};

const eliminateSome = (
  memory: Float64Array,
  chains: Chains,
  { first, injected }: LineSources,
  from: number,
  to: number,
  out: number,
): void => {
  const { nodes, places, cell, coupling, pivot, pinned } = chains;
  const current = new Float64Array(linesAtOnce);
  for (let line = from; line < to; line++) {
    const voltage = first ? first[line] : 0;
    const start = places.ofLine[line] + out;
    for (let node = 0; node < pinned[line]; node++) memory[start + places.ofNode[node]] = voltage;
    // The source's current enters at the first node that is not pinned to it.
    if (pinned[line] < nodes) current[line - from] = voltage / feeding(chains, line, pinned[line]);
  }
  for (let node = 0; node < nodes; node++) {
    const ofNode = places.ofNode[node];
    for (let line = from; line < to; line++) {
      const fixed = pinned[line];
      if (node < fixed) continue;
      const place = places.ofLine[line] + ofNode;
      let i = current[line - from];
      if (node > fixed) i *= memory[coupling + place];
      if (injected) i += injected[line * cell.ofLine + node * cell.ofNode];
      current[line - from] = i;
      memory[out + place] = memory[pivot + place] * i;
    }
  }
};

const feeding = (chains: Chains, line: number, fixed: number): number =>
  fixed === 0 ? firstResistance(chains, line) : segment(chains, line, fixed);
