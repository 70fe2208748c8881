import { type Design, mostWeights, type SizedNetwork, weightCount } from '@memloom/sim-core';
import type { Analysis } from './context.ts';

/** Whether each network can be computed at all: its weights and their gradients must fit into one compiled program. */
export function checkSizes(
  design: Design,
  sizedNetwork: (name: string) => SizedNetwork | undefined,
  { declarations, isBroken, report }: Analysis,
): void {
  for (const { name } of design.networks) {
    const text = declarations.network(name);
    if (!text || isBroken(text)) continue;
    const network = sizedNetwork(name);
    const weights = network ? weightCount(network) : 0;
    if (weights <= mostWeights) continue;
    const details = { network: name, weights: `${weights}`, limit: `${mostWeights}` };
    report('network.tooLarge', { node: text, property: 'name' }, details);
  }
}
