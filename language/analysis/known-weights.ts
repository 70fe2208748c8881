import { type ExperimentDesign, readWeights, type SizedNetwork } from '@memloom/sim-core';
import { URI } from 'vscode-uri';
import type * as ast from '../generated/ast.ts';
import type { Analysis } from './context.ts';
import { weightsPlace } from './places.ts';

type Outcome = ReturnType<typeof readWeights>;

/** The weights of the file that an experiment begins with, where the host reads it. */
export function weightsOf(
  experiment: ExperimentDesign,
  network: SizedNetwork,
  { readData }: Analysis,
): Outcome | undefined {
  const { weights } = experiment;
  const bytes = weights && readData?.(URI.parse(weights.file));
  if (!weights || !bytes) return undefined;
  const key = JSON.stringify([weights.file, ...network.layers.map(({ graph }) => graph.tensors)]);
  const known = kept.get(bytes);
  if (known?.key === key) return known.outcome;
  const outcome = readWeights(network, weights, { [weights.file]: bytes });
  kept.set(bytes, { key, outcome });
  return outcome;
}

/** What was read last from each file. */
const kept = new WeakMap<Uint8Array, { readonly key: string; readonly outcome: Outcome }>();

/** Weights that were read have to be the network's: the same tensors, of the same shapes. */
export function checkWeightFiles(
  sizedNetwork: (name: string) => SizedNetwork | undefined,
  analysis: Analysis,
): void {
  for (const experiment of analysis.design.experiments) {
    const network = experiment.network === undefined ? undefined : sizedNetwork(experiment.network);
    const outcome = network && weightsOf(experiment, network, analysis);
    const place = weightsPlace(experiment, analysis.declarations);
    const declared = experiment.network ? analysis.declarations.network(experiment.network) : undefined;
    if (!place || !declared || !outcome || outcome.ok || analysis.isBroken(place.node)) continue;
    const path = (place.node as ast.Weights).file;
    // A tensor that does not fit is seldom alone; the first says what is wrong.
    const kinds = new Map([...outcome.problems].reverse().map((problem) => [problem.code, problem]));
    for (const { message, hint } of [...kinds.values()].reverse())
      analysis.report(
        'weights.unfit',
        place,
        {
          // The engine knows the file by its URI, the text by its path.
          message: message.replaceAll(experiment.weights?.file ?? '', path),
          ...(hint ? { hint } : {}),
        },
        [
          {
            place: { node: declared, property: 'name' },
            message: `The network ${declared.name} stands here.`,
          },
        ],
      );
  }
}
