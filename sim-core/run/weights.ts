import type { ExperimentDesign } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { matchTensors, type TensorForm, toTensor } from '../weights/match.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import type { WeightTensor } from './result.ts';
import type { Weights } from './trials.ts';

/** The weights that an experiment names a file for, as the network's tensors. */
export function readWeights(
  network: SizedNetwork,
  named: NonNullable<ExperimentDesign['weights']>,
  files: Readonly<Record<string, Uint8Array>>,
): Outcome<Weights> {
  const { file, origin } = named;
  if (!Object.hasOwn(files, file)) {
    return failure({
      code: 'weights.missing-file',
      message: `The weight file "${file}" was not found.`,
      hint: 'Weight files are looked for beside the architecture file.',
      origin,
      data: { file },
    });
  }
  const tensors = readSafetensors(files[file], file);
  if (!tensors.ok) return failure(...tensors.problems.map((problem) => ({ ...problem, origin })));
  const forms = tensorForms(network);
  const matched = matchTensors(tensors.value, forms, file, origin);
  return matched.ok ? success(new Map(forms.map(({ name }, at) => [name, matched.value[at]]))) : matched;
}

/** The weights in the network's order and in the shapes of the file format. */
export const weightTensors = (network: SizedNetwork, weights: Weights): readonly WeightTensor[] =>
  tensorForms(network).flatMap((form) => {
    const memory = weights.get(form.name);
    return memory === undefined ? [] : [toTensor(form, memory)];
  });

/** What multiplies an operand as a whole is a matrix, even with one input; biases and peepholes are vectors. */
export function tensorForms({ layers }: SizedNetwork): readonly TensorForm[] {
  const matrices = new Set(
    layers.flatMap(({ graph }) =>
      graph.nodes.flatMap((node) =>
        node.op === 'crossbar'
          ? node.operands.filter(({ kind }) => kind === 'full').map(({ tensor }) => tensor)
          : node.op === 'product'
            ? [node.tensor]
            : [],
      ),
    ),
  );
  return layers.flatMap(({ graph }) =>
    graph.tensors.map(({ name, inputs, units }) => ({ name, inputs, units, vector: !matrices.has(name) })),
  );
}
