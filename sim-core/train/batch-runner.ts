import { gatherInputs, type SampleSet } from '../data/sample-set.ts';
import type { Problem } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { randomStream } from '../math/random.ts';
import { readOutput, writeInput, writeOutputGradient } from '../program/access.ts';
import { compileNetwork } from '../program/compile.ts';
import { backward, checkFinite, forward, setNoise } from '../program/evaluate.ts';
import type { Program } from '../program/program.ts';
import type { WeightRealisation } from '../program/realisation.ts';
import type { VectorLoss } from './loss.ts';
import type { Tensors } from './optimizer.ts';

/** Runs batches of samples through programs compiled for their sizes. */
export interface BatchRunner {
  /**
   * Sum over the samples of their losses; adds the gradient of the samples' mean loss to `gradients` where they are
   * given. `label` names the batch's random streams.
   */
  run(
    samples: readonly number[],
    weights: Tensors,
    label: readonly (string | number)[],
    gradients?: Map<string, Float64Array>,
  ): number | Problem;
}

interface Request {
  readonly network: SizedNetwork;
  readonly samples: SampleSet;
  readonly loss: VectorLoss;
  readonly realisation: WeightRealisation;
  readonly seed: number;
}

export function createBatchRunner(request: Request): BatchRunner {
  const { network, samples, realisation, seed } = request;
  const programs = new Map<string, Program>();
  const noisy = network.layers.some((layer) => layer.graph.nodes.some((node) => node.op === 'noise'));
  const programFor = (batch: number, gradient: boolean): Program => {
    const key = `${batch} ${gradient}`;
    const known =
      programs.get(key) ?? compileNetwork(network, { batch, steps: samples.steps, gradient, record: 'none' });
    programs.set(key, known);
    return known;
  };
  return {
    run: (batch, weights, label, gradients) => {
      const program = programFor(batch.length, gradients !== undefined);
      const calibrated = realisation.calibrate?.(weights, samples, batch);
      if (calibrated && !calibrated.ok) return calibrated.problems[0];
      const trial = randomStream(seed, 'realisation', ...label);
      realisation.apply(weights, program, { seed, trial, fullScales: calibrated?.value });
      if (noisy) setNoise(program, (stream) => randomStream(seed, 'noise', ...label, stream));
      writeInput(program, network.inputs[0].name, gatherInputs(samples, batch));
      forward(program);
      const problem = checkFinite(program);
      if (problem) return problem;
      const name = network.outputs[0].name;
      const outputs = readOutput(program, name);
      const loss = lossOfBatch(request, batch, outputs);
      if (!gradients) return loss;
      writeOutputGradient(program, name, outputs);
      backward(program);
      realisation.gradient(program, weights, gradients);
      return loss;
    },
  };
}

/** Sum of the samples' losses; the outputs become the gradient of the batch's mean loss with respect to them. */
function lossOfBatch({ samples, loss }: Request, batch: readonly number[], outputs: Float64Array): number {
  const { outputs: size, targetSteps, targets } = samples;
  const stride = batch.length;
  const steps = outputs.length / (size * stride);
  // A single target belongs to the last step of a sequence.
  const first = steps - targetSteps;
  let sum = 0;
  for (const [s, sample] of batch.entries())
    for (let t = 0; t < targetSteps; t++) {
      const at = (first + t) * size * stride + s;
      sum += loss(outputs, at, stride, targets, (sample * targetSteps + t) * size, size);
    }
  outputs.fill(0, 0, first * size * stride);
  const share = 1 / (batch.length * targetSteps);
  for (let i = 0; i < outputs.length; i++) outputs[i] *= share;
  return sum / targetSteps;
}
