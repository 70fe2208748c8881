import type { Problem } from '../design/problem.ts';
import type { TrainRequest } from './train.ts';

/** Number of samples, from the end, that are held out for early stopping. */
export const heldOut = ({ training, samples }: Pick<TrainRequest, 'training' | 'samples'>): number =>
  Math.floor(training.validation * samples.count);

/** What keeps the samples from fitting the network, or the design from being trained. */
export function misfits(request: TrainRequest): readonly Problem[] {
  const { network, samples, training } = request;
  const problems: Problem[] = [];
  const say = (code: string, message: string, hint: string) =>
    problems.push({ code: `training.${code}`, message, hint });
  if (network.inputs.length !== 1 || network.outputs.length !== 1) {
    say(
      'one-input',
      `The network has ${network.inputs.length} inputs and ${network.outputs.length} outputs.`,
      'Training takes a network of one input and one output; concatenate the others.',
    );
    return problems;
  }
  const [input] = network.inputs;
  const [output] = network.outputs;
  if (input.size !== samples.features)
    say(
      'input-size',
      `Input "${input.name}" has size ${input.size}, the data ${samples.features}.`,
      `Write "${input.name}: [${samples.features}]".`,
    );
  if (output.size !== samples.outputs)
    say(
      'output-size',
      `Output "${output.name}" has size ${output.size}, the targets ${samples.outputs}.`,
      `Give the layer "${output.name}" ${samples.outputs} units.`,
    );
  const isSequence = network.layers.find((layer) => layer.name === output.name)?.time === 'sequence';
  if (samples.targetSteps > 1 && !isSequence)
    say(
      'target-steps',
      `The data have a target at each step, but "${output.name}" is one vector.`,
      'Leave out "last".',
    );
  const held = heldOut(request);
  if (samples.count - held < 1)
    say('no-samples', 'There is no sample to train on.', 'Use more data or hold out less of it.');
  if (training.patience !== undefined && held < 1)
    say(
      'no-validation',
      'Early stopping has no samples to watch.',
      'Hold out a share: write "validation = 20 %".',
    );
  return problems;
}
