import type { Report } from '../../diagnostics/report.ts';
import type { MergedCell } from '../../elaborate/merged-cell.ts';
import type { Structure } from './structure.ts';

/** What a name promises of a cell's structure; what it lacks, as one clause. */
interface Claim {
  readonly name: RegExp;
  readonly architecture: string;
  readonly source: string;
  lacks(cell: MergedCell, structure: Structure): string | undefined;
}

const claims: readonly Claim[] = [
  {
    name: /cifg/i,
    architecture: 'CIFG',
    source: 'Greff et al., IEEE TNNLS 28, 2222 (2017)',
    lacks(cell, { memories, openings }) {
      const separate = memories.filter(({ state }) => !isOutput(cell, state));
      if (memories.length > 0 && separate.length === 0)
        return `its memory "${memories[0].state}" is its output, as in a GRU; a CIFG keeps a cell state of its own and passes it on through an output gate`;
      if (separate.length > 0 && !separate.some(({ coupled }) => coupled))
        return `what keeps "${separate[0].state}" and what admits to it do not add up to 1; in a CIFG f = 1 - i`;
      if (separate.length > 0 && openings.length === 0)
        return `no output gate passes "${separate[0].state}" on; a CIFG has one: h' = o * tanh(c')`;
      return undefined;
    },
  },
  {
    name: /gru/i,
    architecture: 'GRU',
    source: 'Cho et al., arXiv:1406.1078',
    lacks(cell, { memories, resets }) {
      const own = memories.find(({ state }) => isOutput(cell, state));
      if (!own && memories.length > 0)
        return `it keeps a state "${memories[0].state}" beside its output, as an LSTM or CIFG does; a GRU's memory is its output`;
      if (own && !own.coupled)
        return `what keeps "${own.state}" and what admits to it do not add up to 1; in a GRU h' = u * h + (1 - u) * n`;
      if (own && resets.length === 0)
        return `no reset gate holds "${own.state}" back before the candidate, so that it is a CIFG without an output gate; a GRU has vmm(x, r * h, 1), or r * vmm(h, 1)`;
      return undefined;
    },
  },
  {
    name: /lstm/i,
    architecture: 'LSTM',
    source: 'Greff et al., IEEE TNNLS 28, 2222 (2017)',
    lacks(cell, { memories }) {
      const [only] = memories;
      if (only && memories.every(({ state }) => isOutput(cell, state)))
        return `its memory "${only.state}" is its output; an LSTM keeps a cell state of its own and passes it on through an output gate`;
      return undefined;
    },
  },
];

const isOutput = (cell: MergedCell, state: string): boolean =>
  cell.outputs.some((port) => port.name === state);

/** A cell by the name of a published architecture that is wired as another one. */
export function checkArchitecture(cell: MergedCell, structure: Structure, report: Report): void {
  const { cell: text } = cell;
  const claimed = claims.filter(({ name }) => name.test(text.name ?? ''));
  if (claimed.length !== 1) return;
  const [{ architecture, source, lacks }] = claimed;
  const lacking = lacks(cell, structure);
  if (lacking)
    report(
      'cell.architecture',
      { node: text, property: 'name' },
      { name: text.name, architecture, lacking, source },
    );
}
