import { indexInPanels } from './instructions.ts';
import type { Program, SequencePlace, TensorPlace, TensorPlaces } from './program.ts';

/** Writes a tensor, `[inputs][units]`, wherever the program uses it. */
export function writeTensor(program: Program, name: string, values: ArrayLike<number>): void {
  const tensor = known(program.tensors, name, 'tensor');
  checkLength(name, values.length, tensor.inputs * tensor.units);
  const { memory } = program.machine;
  for (const place of tensor.places) writePlace(memory, program.batch, tensor, place, values);
}

/** A tensor as last written, `[inputs][units]`. */
export function readTensor(program: Program, name: string): Float64Array {
  return readFrom(program, known(program.tensors, name, 'tensor'), 'base');
}

/**
 * The gradient with respect to a tensor after `backward`, `[inputs][units]`, summed over steps, batch and all the
 * places where the tensor is used.
 */
export function readTensorGradient(program: Program, name: string, into?: Float64Array): Float64Array {
  if (!program.gradient) throw new Error('The program was compiled without gradients.');
  return readFrom(program, known(program.tensors, name, 'tensor'), 'gradient', into);
}

/** Writes a parameter, one value per unit. */
export function writeParameter(program: Program, name: string, values: ArrayLike<number>): void {
  const { memory } = program.machine;
  const { batch } = program;
  for (const place of known(program.parameters, name, 'parameter')) {
    checkLength(name, values.length, place.of);
    for (let i = 0; i < place.size; i++) {
      const at = place.base + i * batch;
      memory.fill(values[place.of === 1 ? 0 : i], at, at + batch);
    }
  }
}

/** Writes an input sequence, `[steps][size][batch]`. */
export function writeInput(program: Program, name: string, values: ArrayLike<number>): void {
  const place = known(program.inputs, name, 'input');
  checkLength(name, values.length, place.steps * place.stride);
  program.machine.memory.set(values, place.base);
}

/** An output after `forward`: a sequence `[steps][size][batch]`, a vector `[size][batch]`. */
export function readOutput(program: Program, name: string): Float64Array {
  return readSequence(program, known(program.outputs, name, 'output'));
}

/** A recorded signal after `forward`, `[steps][size][batch]`; of a layer that is evaluated once, `[size][batch]`. */
export function readProbe(program: Program, layer: string, signal: string): Float64Array {
  return readSequence(program, known(program.probes, `${layer}.${signal}`, 'recorded signal'));
}

/** Writes the gradient of the loss with respect to an output, laid out like the output. */
export function writeOutputGradient(program: Program, name: string, values: ArrayLike<number>): void {
  const place = known(program.outputs, name, 'output');
  if (!program.gradient) throw new Error('The program was compiled without gradients.');
  checkLength(name, values.length, place.steps * place.size * program.batch);
  // Without weights there is nothing to differentiate by.
  if (place.gradient) program.machine.memory.set(values, place.gradient.base);
}

const readSequence = (program: Program, { base, size, steps }: SequencePlace): Float64Array =>
  program.machine.memory.slice(base, base + steps * size * program.batch);

function writePlace(
  memory: Float64Array,
  batch: number,
  { inputs, units }: TensorPlaces,
  place: TensorPlace,
  values: ArrayLike<number>,
): void {
  for (let k = 0; k < inputs; k++)
    for (let j = 0; j < units; j++) {
      const value = values[k * units + j];
      const at = indexIn(place, place.base, inputs, k, j, batch);
      if (place.kind === 'vector') memory.fill(value, at, at + batch);
      else memory[at] = value;
    }
}

function readFrom(
  program: Program,
  { inputs, units, places }: TensorPlaces,
  which: 'base' | 'gradient',
  into: Float64Array = new Float64Array(inputs * units),
): Float64Array {
  const { memory } = program.machine;
  into.fill(0);
  // All places hold the same values, but each its own share of the gradient.
  for (const place of which === 'gradient' ? places : places.slice(0, 1))
    for (let k = 0; k < inputs; k++)
      for (let j = 0; j < units; j++) {
        const at = indexIn(place, place[which], inputs, k, j, program.batch);
        const last = place.kind === 'vector' && which === 'gradient' ? at + program.batch : at + 1;
        for (let i = at; i < last; i++) into[k * units + j] += memory[i];
      }
  return into;
}

function indexIn(
  place: TensorPlace,
  base: number,
  inputs: number,
  k: number,
  j: number,
  batch: number,
): number {
  switch (place.kind) {
    case 'matrix':
      return base + indexInPanels(inputs, place.columns, k, place.column + j);
    case 'bias':
      return base + j;
    case 'vector':
      return base + j * batch;
  }
}

function known<T>(map: ReadonlyMap<string, T>, name: string, kind: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`The program has no ${kind} "${name}".`);
  return value;
}

function checkLength(name: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`"${name}" takes ${expected} values, not ${actual}.`);
}
