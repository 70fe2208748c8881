import type { SizedNetwork } from '@memloom/sim-core';
import { checkKnownWeights, largestLoss, levelsPlace } from './coded-weights.ts';
import type { Analysis } from './context.ts';
import { figure, percent } from './figures.ts';
import { weightsOf } from './known-weights.ts';
import type { Pair } from './pairs.ts';

/**
 * Whether the levels tell weights apart: those of a file one by one, those that are still to be trained by what is known
 * of them. Training through the hardware finds weights that its levels can hold.
 */
export function checkLevels(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { array, experiment } = pair;
  if (!array) return;
  const digits = digitsLost(array);
  if (digits) {
    report(pair, array, digits, analysis);
    return;
  }
  const known = experiment && !experiment.train ? weightsOf(experiment, network, analysis) : undefined;
  if (known?.ok) {
    checkKnownWeights(pair, array, network, known.value, analysis);
    return;
  }
  if (experiment?.train?.on !== undefined) return;
  const tooFew = untrainedLost(pair, array, network) ?? evenlySpreadLost(array);
  if (tooFew) report(pair, array, tooFew, analysis);
}

type Array = NonNullable<Pair['array']>;

/** What is lost with so many levels, and what would do. */
interface TooFew {
  readonly because: string;
  readonly fits: number;
}

/** A slice has 2^bits values, each of which takes a level. */
function digitsLost({ crossbar, device }: Array): TooFew | undefined {
  const { levels } = device.array;
  const values = 2 ** crossbar.sliceBits;
  if (crossbar.slices === undefined || levels === undefined || levels >= values) return undefined;
  return { because: `a slice of ${crossbar.sliceBits} bits has ${values} values`, fits: values };
}

/**
 * Levels are evenly spaced, so that with one of two devices at gOff the weights are multiples of
 * `weightMax / (levels - 1)`, and what is below half of that becomes 0.
 */
const isEven = ({ crossbar }: Array): boolean =>
  crossbar.coding === 'differential' && crossbar.slices === undefined;

function untrainedLost({ experiment }: Pair, array: Array, network: SizedNetwork): TooFew | undefined {
  const { levels } = array.device.array;
  const { weightMax } = array.crossbar;
  const largest = weightMax === undefined ? undefined : initialLimit(network);
  if (!isEven(array) || !experiment?.train || !levels || !weightMax || !largest) return undefined;
  const step = weightMax / (levels - 1);
  if (largest.limit >= step / 2) return undefined;
  return {
    because: `with weightMax = ${figure(weightMax)} weights are multiples of ${figure(step)}, and the untrained weights of "${largest.layer}", up to ${figure(largest.limit)}, all become 0`,
    fits: Math.ceil(weightMax / (2 * largest.limit)) + 1,
  };
}

function evenlySpreadLost(array: Array): TooFew | undefined {
  const { levels } = array.device.array;
  if (!isEven(array) || levels === undefined || 0.5 / (levels - 1) <= largestLoss) return undefined;
  return {
    because: `weights below ${percent(0.5 / (levels - 1))} of the largest become 0, the same share of all weights if they are spread evenly`,
    fits: Math.ceil(0.5 / largestLoss) + 1,
  };
}

function report(pair: Pair, { crossbar, device }: Array, tooFew: TooFew, analysis: Analysis): void {
  const where = levelsPlace(pair, { crossbar, device }, analysis);
  const levels = device.array.levels;
  if (!where || levels === undefined) return;
  const { because, fits } = tooFew;
  const details = { device: device.name, levels: `${levels}`, because, fits: `${fits}` };
  analysis.report('weights.levels', where.place, details, where.related);
}

/** The layer whose untrained weights are largest, and the bound of their distribution (Glorot & Bengio, AISTATS 2010). */
function initialLimit(network: SizedNetwork): { readonly layer: string; readonly limit: number } | undefined {
  let largest: { layer: string; limit: number } | undefined;
  for (const { name, graph } of network.layers)
    for (const { initial, inputs, units, fused } of graph.tensors) {
      if (initial !== 'glorotUniform') continue;
      const limit = Math.sqrt(6 / (inputs + (fused?.columns ?? units)));
      if (!largest || limit > largest.limit) largest = { layer: name, limit };
    }
  return largest;
}
