import type { InferenceDesign } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedLayer, SizedNetwork } from '../graph/graph.ts';
import type { Probe } from './inference.ts';

/**
 * The signals that an experiment records. `rnn.i` is one signal, `rnn` all signals of a layer; with no probe at all,
 * all signals of every cell.
 */
export function findProbes(
  network: SizedNetwork,
  wanted: InferenceDesign['probes'],
): Outcome<readonly Probe[]> {
  const known = network.layers.flatMap((layer) => signalsOf(layer));
  if (wanted.length === 0) {
    const cells = new Set(
      network.layers.filter(({ graph }) => graph.states.length > 0).map(({ name }) => name),
    );
    return success(known.filter(({ layer }) => cells.has(layer)));
  }
  const probes: Probe[] = [];
  const problems: Problem[] = [];
  for (const { signal, origin } of wanted) {
    const found = known.filter(
      ({ layer, signal: name }) => layer === signal || `${layer}.${name}` === signal,
    );
    if (found.length === 0) {
      const hint = suggestion(
        signal,
        known.map((probe) => `${probe.layer}.${probe.signal}`),
        'The network has no signals.',
      );
      problems.push({
        code: 'run.unknown-signal',
        message: `There is no signal "${signal}" to record.`,
        hint,
        origin,
      });
    }
    probes.push(...found.filter((probe) => !probes.includes(probe)));
  }
  return problems.length > 0 ? failure(...problems) : success(probes);
}

const signalsOf = ({ name, graph }: SizedLayer): Probe[] =>
  graph.probes.map((probe) => ({ layer: name, signal: probe.name }));
