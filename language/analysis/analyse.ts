import { type Design, mostWeights, type SizedNetwork, sizeNetwork, weightCount } from '@memloom/sim-core';
import type { AstNode } from 'langium';
import { anything, isBounded } from '../types/ranges/interval.ts';
import { checkArrayFit } from './array-fit.ts';
import type { Analysis } from './context.ts';
import { dataRanges } from './data-ranges.ts';
import { checkExperiments } from './experiment-sense.ts';
import { checkWeightFiles } from './known-weights.ts';
import { networkRanges } from './network-ranges.ts';
import { checkSizes } from './network-size.ts';
import { type Pair, pairsOf } from './pairs.ts';
import { checkReadDisturb } from './read-disturb.ts';
import { checkReach, checkSaturation, checkTarget, reachesTarget } from './saturation.ts';
import { readoutRange } from './signals.ts';
import { checkGrowth } from './state-growth.ts';
import { checkRoles } from './unbound-roles.ts';
import { checkLevels } from './weights-fit.ts';
import { checkWireDrop } from './wire-drop.ts';

/** Everything that only a network on its hardware can show. What a broken declaration is part of is left out. */
export function analyseDesign(analysis: Analysis): void {
  const { design } = analysis;
  const sized = new Map<string, SizedNetwork | undefined>();
  const sizedNetwork = (name: string) => {
    if (!sized.has(name)) {
      const outcome = sizeNetwork(design, name);
      sized.set(name, outcome.ok ? outcome.value : undefined);
    }
    return sized.get(name);
  };
  for (const pair of pairsOf(design)) {
    if (partsOf(pair, analysis).some((node) => node === undefined || analysis.isBroken(node))) continue;
    const network = sizedNetwork(pair.network.name);
    // What no memory holds is reported as such; its arrays would be as many.
    if (network && weightCount(network) <= mostWeights) analysePair(pair, network, analysis);
  }
  checkIdealTargets(design, sizedNetwork, analysis);
  checkSizes(design, sizedNetwork, analysis);
  checkWeightFiles(sizedNetwork, analysis);
  checkExperiments(sizedNetwork, analysis);
}

function analysePair(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { hardware, array, dataset } = pair;
  const { input, target } = dataRanges(dataset, analysis);
  const ideal = networkRanges(network, { input, product: anything, fading: 0 });
  checkArrayFit(pair, network, analysis);
  checkRoles(pair, network, analysis);
  checkSaturation(pair, ideal, analysis);
  checkReadDisturb(pair, ideal, analysis);
  checkLevels(pair, network, analysis);
  checkWireDrop(pair, network, analysis);
  // A state with a bound does not grow, so that most networks are not followed a second time.
  if (ideal.some(({ states }) => [...states.values()].some((range) => !isBounded(range))))
    checkGrowth(pair, network, analysis);
  if (!array) return;
  const product = readoutRange(analysis.design, hardware, array.crossbar);
  // Without a read-out and a converter nothing limits a product.
  if (!isBounded(product)) return;
  const limited = networkRanges(network, { input, product, fading: 0 });
  checkReach(pair, ideal, limited, analysis);
  // What no hardware could give is said of the network alone.
  if (target && reachesTarget(network, ideal, target)) checkTarget(pair, target, limited, analysis);
}

/** A network's output against the values to be forecast, on no hardware at all. */
function checkIdealTargets(
  design: Design,
  sizedNetwork: (name: string) => SizedNetwork | undefined,
  analysis: Analysis,
): void {
  for (const experiment of design.experiments) {
    const dataset = design.datasets.find(({ name }) => name === experiment.data);
    const declared = design.networks.find(({ name }) => name === experiment.network);
    const { input, target } = dataRanges(dataset, analysis);
    const text = declared && analysis.declarations.network(declared.name);
    if (!dataset || !declared || !target || !text || analysis.isBroken(text)) continue;
    const network = sizedNetwork(declared.name);
    if (!network) continue;
    const ranges = networkRanges(network, { input, product: anything, fading: 0 });
    checkTarget({ network: declared, experiment, dataset }, target, ranges, analysis);
  }
}

function partsOf(
  { network, hardware, array, experiment }: Pair,
  { declarations }: Analysis,
): readonly (AstNode | undefined)[] {
  const cells = network.layers.flatMap((layer) =>
    layer.kind === 'cell' ? [declarations.cell(layer.cell)] : [],
  );
  return [
    declarations.network(network.name),
    declarations.hardware(hardware.name),
    ...cells,
    ...(array ? [declarations.crossbar(array.crossbar.name), declarations.device(array.device.name)] : []),
    ...(experiment ? [declarations.experiment(experiment.name)] : []),
  ];
}
