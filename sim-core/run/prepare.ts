import { loadDataset } from '../data/dataset.ts';
import type { LoadedData } from '../data/loaded-data.ts';
import type { Design, NetworkDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { sizeNetwork } from '../graph/size-network.ts';
import { type RealisedNetwork, realiseNetwork } from '../hardware/realise.ts';
import { mostWeights, weightCount } from './memory.ts';
import type { RunPlan } from './plan.ts';

/** The data of an experiment, its network, which fits them, and that network on each hardware. */
export interface Prepared {
  readonly data: LoadedData;
  readonly network: SizedNetwork;
  readonly hardware: readonly { readonly name: string; readonly realised: RealisedNetwork }[];
  /** The network on the hardware that it is trained on. */
  readonly trainedOn?: RealisedNetwork;
}

/** All that can fail before anything is computed for long. */
export function prepare(
  design: Design,
  plan: RunPlan,
  files: Readonly<Record<string, Uint8Array>>,
): Outcome<Prepared> {
  const network = sizeNetwork(design, plan.network.name);
  if (!network.ok) return network;
  const weights = weightCount(network.value);
  if (weights > mostWeights) return failure(tooManyWeights(plan.network, weights));
  const data = loadFor(network.value, plan, files);
  if (!data.ok) return data;
  const hardware: Prepared['hardware'][number][] = [];
  for (const name of plan.hardware) {
    const realised = realiseNetwork(network.value, design, name);
    if (!realised.ok) return realised;
    hardware.push({ name, realised: realised.value });
  }
  const on = plan.experiment.train?.on;
  if (on === undefined) return success({ data: data.value, network: network.value, hardware });
  const trainedOn = realiseNetwork(network.value, design, on);
  if (!trainedOn.ok) return trainedOn;
  return success({ data: data.value, network: network.value, hardware, trainedOn: trainedOn.value });
}

function loadFor(
  network: SizedNetwork,
  plan: RunPlan,
  files: Readonly<Record<string, Uint8Array>>,
): Outcome<LoadedData> {
  const { inputs, outputs } = network;
  if (inputs.length !== 1 || outputs.length !== 1) return failure(manyPorts(plan.network));
  const data = loadDataset(plan.dataset, files, outputs[0].size);
  if (!data.ok) return data;
  const misfit = misfitOf(network, data.value, plan);
  return misfit === undefined ? data : failure({ ...misfit, origin: plan.network.origin });
}

function misfitOf(
  { inputs, outputs, layers }: SizedNetwork,
  data: LoadedData,
  plan: RunPlan,
): Problem | undefined {
  const network = `Network "${plan.network.name}"`;
  const dataset = `dataset "${plan.dataset.name}"`;
  const { features, targetSteps } = data.train;
  if (inputs[0].size !== features) {
    return {
      code: 'run.input-size',
      message: `${network} has an input of size ${inputs[0].size}, ${dataset} has ${features} features.`,
      hint: `Write "${inputs[0].name}: [${features}]", or choose other columns.`,
    };
  }
  if (data.kind === 'forecast' && outputs[0].size !== 1) {
    return {
      code: 'run.output-size',
      message: `${network} has an output of size ${outputs[0].size}; the forecast of one column has size 1.`,
      hint: `Write "${outputs[0].name}: [1]".`,
    };
  }
  const output = layers.find(({ name }) => name === outputs[0].name);
  if (targetSteps > 1 && output?.time !== 'sequence') {
    return {
      code: 'run.output-steps',
      message: `${network} gives one output for a whole sequence, ${dataset} has a target at each time step.`,
      hint: 'Leave out "last", or frame the data by windows.',
    };
  }
  return undefined;
}

const tooManyWeights = ({ name, origin }: NetworkDesign, weights: number): Problem => ({
  code: 'run.too-large',
  message: `Network "${name}" has ${weights} weights; at most ${mostWeights} can be computed.`,
  hint: 'Use fewer units.',
  origin,
});

const manyPorts = ({ name, origin }: NetworkDesign): Problem => ({
  code: 'run.ports',
  message: `Network "${name}" needs exactly one input and one output to run on a dataset.`,
  hint: 'Concatenate its signals into one.',
  origin,
});
