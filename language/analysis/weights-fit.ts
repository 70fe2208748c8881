import type { SizedNetwork } from '@memloom/sim-core';
import type { Analysis } from './context.ts';
import { figure, percent } from './figures.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, devicePlace, nearestPlace, pairPlace } from './places.ts';

/** Share of evenly spread weights that may fall below half a level before the levels count as too few. */
const largestLoss = 0.1;

/**
 * Whether the levels tell weights apart. Levels are evenly spaced, so that with one of two devices at gOff the weights
 * are multiples of `weightMax / (levels - 1)`, and what is below half of that becomes 0.
 */
export function checkLevels(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { array, experiment } = pair;
  const levels = array?.device.array.levels;
  if (
    !array ||
    levels === undefined ||
    array.crossbar.coding !== 'differential' ||
    array.crossbar.slices !== undefined
  )
    return;
  const { weightMax } = array.crossbar;
  const smallest = weightMax === undefined ? undefined : initialLimit(network);
  const step = (weightMax ?? 1) / (levels - 1);
  const vanish =
    smallest !== undefined &&
    experiment?.train !== undefined &&
    experiment.train.on === undefined &&
    smallest.limit < step / 2;
  // Training through the hardware finds weights that its levels can hold.
  if (!vanish && (experiment?.train?.on !== undefined || 0.5 / (levels - 1) <= largestLoss)) return;
  const texts = {
    device: analysis.declarations.device(array.device.name),
    crossbar: analysis.declarations.crossbar(array.crossbar.name),
  };
  if (!texts.device || !texts.crossbar) return;
  const where = nearestPlace(analysis.document, [
    { place: devicePlace(texts.device, ['levels']), message: `${array.device.name} has ${levels} levels.` },
    ...(weightMax === undefined
      ? []
      : [
          {
            place: crossbarPlace(texts.crossbar, 'weightMax'),
            message: `The largest weight is ${weightMax}.`,
          },
        ]),
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${pair.hardware.name} here.`,
    },
  ]);
  if (!where) return;
  const fits = Math.ceil(0.5 / largestLoss) + 1;
  const details = vanish
    ? {
        device: array.device.name,
        levels: `${levels}`,
        because: `with weightMax = ${figure(weightMax ?? 1)} weights are multiples of ${figure(step)}, and the untrained weights of "${smallest.layer}", up to ${figure(smallest.limit)}, all become 0`,
        fits: `${Math.ceil((weightMax ?? 1) / (2 * smallest.limit)) + 1}`,
      }
    : {
        device: array.device.name,
        levels: `${levels}`,
        because: `weights below ${percent(0.5 / (levels - 1))} of the largest become 0, the same share of all weights if they are spread evenly`,
        fits: `${fits}`,
      };
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
