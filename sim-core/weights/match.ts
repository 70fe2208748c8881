import type { Origin } from '../design/design.ts';
import { nearestNames, quoted } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { TensorDeclaration } from '../graph/graph.ts';
import type { Tensor } from './safetensors.ts';

/**
 * Matrices are kept as W[inputs][units] in memory and written as `[units, inputs]`, the convention of PyTorch;
 * vectors, biases and peepholes among them, as `[units]`.
 */
const shapeOf = ({ inputs, units, vector }: TensorForm): readonly number[] =>
  vector ? [units] : [units, inputs];

/** A tensor's declaration, with whether it is a vector rather than a matrix of one input. */
export type TensorForm = Pick<TensorDeclaration, 'name' | 'inputs' | 'units'> & { readonly vector: boolean };

export const toTensor = (form: TensorForm, memory: Float64Array): Tensor => ({
  name: form.name,
  shape: shapeOf(form),
  values: transposed(memory, form.inputs, form.units),
});

/**
 * The memory of each of `forms` in their order, from the tensors of a file. All tensors that are missing, unknown or
 * of another shape are named at once.
 */
export function matchTensors(
  tensors: readonly Tensor[],
  forms: readonly TensorForm[],
  file: string,
  origin?: Origin,
): Outcome<readonly Float64Array[]> {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const missing = forms.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  const wanted = new Set(forms.map(({ name }) => name));
  const extra = tensors.filter(({ name }) => !wanted.has(name)).map(({ name }) => name);
  const problems = [
    ...(missing.length > 0 ? [missingTensors(file, missing, extra)] : []),
    ...(extra.length > 0 ? [extraTensors(file, extra)] : []),
    ...forms.flatMap((form) => wrongShape(file, form, byName.get(form.name))),
  ];
  if (problems.length > 0)
    return failure(...problems.map((problem) => ({ ...problem, origin, data: { file } })));
  return success(
    forms.flatMap(({ name, inputs, units }) => {
      const tensor = byName.get(name);
      return tensor === undefined ? [] : [transposed(tensor.values, units, inputs)];
    }),
  );
}

/** [rows][columns] to [columns][rows]. */
function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  return result;
}

function wrongShape(file: string, form: TensorForm, tensor: Tensor | undefined): Problem[] {
  const expected = shapeOf(form).join(', ');
  if (tensor === undefined || tensor.shape.join(', ') === expected) return [];
  const message = `Tensor "${form.name}" of "${file}" has the shape [${tensor.shape.join(', ')}], the network needs [${expected}].`;
  return [
    {
      code: 'weights.shape',
      message,
      hint: 'A matrix has the shape [units, inputs], a bias or peephole [units].',
    },
  ];
}

function missingTensors(file: string, missing: readonly string[], extra: readonly string[]): Problem {
  const near = missing.flatMap((name) => {
    const [found] = nearestNames(name, extra, 1);
    return found === undefined ? [] : [`"${found}" to "${name}"`];
  });
  const hint = near.length > 0 ? `Rename ${near.join(', ')}?` : 'Was the file written for another network?';
  return {
    code: 'weights.missing',
    message: `"${file}" lacks ${quoted(missing)}, which the network needs.`,
    hint,
  };
}

const extraTensors = (file: string, extra: readonly string[]): Problem => ({
  code: 'weights.extra',
  message: `"${file}" holds ${quoted(extra)}, which the network does not have.`,
  hint: 'Was the file written for another network?',
});
