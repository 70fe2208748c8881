import { codedWeight, type DeviceDesign, type SizedNetwork } from '@memloom/sim-core';
import type { Analysis } from './context.ts';
import { figure, percent } from './figures.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, devicePlace, nearestPlace, pairPlace, weightsPlace } from './places.ts';

/** Share of the weights that may become as wrong as they are large before the levels count as too few. */
export const largestLoss = 0.1;

type Array = NonNullable<Pair['array']>;

/** The weights of one layer, which share an array and so its largest weight. */
interface LayerWeights {
  readonly layer: string;
  readonly tensors: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly count: number;
  readonly largest: number;
}

/** Weights that are known, on the devices that shall hold them: beyond the window, or lost between its levels. */
export function checkKnownWeights(
  pair: Pair,
  array: Array,
  network: SizedNetwork,
  weights: ReadonlyMap<string, Float64Array>,
  analysis: Analysis,
): void {
  const layers = network.layers.map(({ name, graph }): LayerWeights => {
    const tensors = graph.tensors.map((tensor) => ({
      name: tensor.name,
      values: weights.get(tensor.name) ?? new Float64Array(),
    }));
    const largest = tensors.reduce((most, { values }) => Math.max(most, magnitudeOf(values)), 0);
    return {
      layer: name,
      tensors,
      count: tensors.reduce((sum, { values }) => sum + values.length, 0),
      largest,
    };
  });
  checkWindow(pair, array, layers, analysis);
  checkLoss(pair, array, layers, analysis);
}

const magnitudeOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Weights beyond the largest that the conductance window shall hold are limited to it. */
function checkWindow(
  pair: Pair,
  { crossbar, device }: Array,
  layers: readonly LayerWeights[],
  analysis: Analysis,
): void {
  const { weightMax } = crossbar;
  const worst = layers.reduce((a, b) => (b.largest > a.largest ? b : a), layers[0]);
  if (weightMax === undefined || !worst || worst.largest <= weightMax) return;
  const beyond = (values: Float64Array) => values.filter((value) => Math.abs(value) > weightMax).length;
  const count = worst.tensors.reduce((sum, { values }) => sum + beyond(values), 0);
  const [largest] = [...worst.tensors].sort((a, b) => magnitudeOf(b.values) - magnitudeOf(a.values));
  const text = analysis.declarations.crossbar(crossbar.name);
  const where =
    text &&
    nearestPlace(analysis.document, [
      {
        place: crossbarPlace(text, 'weightMax'),
        message: `The window of ${device.name} shall hold ${figure(weightMax)} at most.`,
      },
      ...sides(pair, analysis),
    ]);
  const details = {
    crossbar: crossbar.name,
    layer: worst.layer,
    count,
    of: worst.count,
    weightMax: figure(weightMax),
    tensor: largest.name,
    largest: figure(worst.largest),
  };
  if (where) analysis.report('weights.beyond', where.place, details, where.related);
}

/** Weights that their devices cannot tell from 0, or make wrong by as much as they are. */
function checkLoss(pair: Pair, array: Array, layers: readonly LayerWeights[], analysis: Analysis): void {
  const { crossbar, device } = array;
  const { levels } = device.array;
  if (levels === undefined || !(device.array.gOn > device.array.gOff)) return;
  let worst: { readonly layer: LayerWeights; readonly loss: Loss } | undefined;
  for (const layer of layers) {
    const loss = lossOf(layer, array, levels);
    if (loss.share > Math.max(largestLoss, worst?.loss.share ?? 0)) worst = { layer, loss };
  }
  const where = worst && levelsPlace(pair, array, analysis);
  if (!worst || !where) return;
  const { layer, loss } = worst;
  const weightMax = crossbar.weightMax ?? layer.largest;
  const details = {
    device: device.name,
    levels: `${levels}`,
    because: `${percent(loss.share)} of the ${layer.count} weights of layer "${layer.layer}" are lost between them, such as ${figure(loss.value)} of ${loss.tensor} where ${figure(weightMax)} takes the whole window`,
    fits: `${levelsThatFit(layer, array, levels)}`,
  };
  analysis.report('weights.levels', where.place, details, where.related);
}

interface Loss {
  readonly share: number;
  /** The largest weight that is lost, and its tensor. */
  readonly value: number;
  readonly tensor: string;
}

function lossOf(
  { tensors, count, largest }: LayerWeights,
  { crossbar, device }: Array,
  levels: number,
): Loss {
  const weightMax = crossbar.weightMax ?? (largest > 0 ? largest : 1);
  const coded = codedWeight(crossbar, { ...device.array, levels }, weightMax);
  let lost = 0;
  let [value, tensor] = [0, ''];
  for (const { name, values } of tensors)
    for (const weight of values) {
      if (weight === 0 || Math.abs(coded(weight) - weight) < Math.abs(weight) * (1 - 1e-9)) continue;
      lost++;
      if (Math.abs(weight) > Math.abs(value)) [value, tensor] = [weight, name];
    }
  return { share: count === 0 ? 0 : lost / count, value, tensor };
}

/** Levels that people make, until few enough weights are lost. */
function levelsThatFit(layer: LayerWeights, array: Array, from: number): number {
  let levels = 2;
  while (levels <= from || (levels < 2 ** 20 && lossOf(layer, array, levels).share > largestLoss))
    levels *= 2;
  return levels;
}

/** Where the levels of a device are said to be too few. */
export function levelsPlace(
  pair: Pair,
  { crossbar, device }: { readonly crossbar: Array['crossbar']; readonly device: DeviceDesign },
  analysis: Analysis,
): ReturnType<typeof nearestPlace> {
  const texts = {
    device: analysis.declarations.device(device.name),
    crossbar: analysis.declarations.crossbar(crossbar.name),
  };
  if (!texts.device || !texts.crossbar) return undefined;
  const { weightMax } = crossbar;
  return nearestPlace(analysis.document, [
    {
      place: devicePlace(texts.device, ['levels']),
      message: `${device.name} has ${device.array.levels} levels.`,
    },
    ...(weightMax === undefined
      ? []
      : [
          {
            place: crossbarPlace(texts.crossbar, 'weightMax'),
            message: `The largest weight is ${weightMax}.`,
          },
        ]),
    ...sides(pair, analysis),
  ]);
}

function sides(pair: Pair, { declarations }: Analysis) {
  const { network, hardware, experiment } = pair;
  return [
    ...(experiment
      ? [{ place: weightsPlace(experiment, declarations), message: 'The weights are read here.' }]
      : []),
    {
      place: pairPlace(pair, declarations),
      message: `${network.name} is put on ${hardware.name} here.`,
    },
  ];
}
