import type { Problem } from '../design/problem.ts';
import type { RandomStream } from '../math/random.ts';
import type { CompiledPhase, Program, ResponsePlace } from './program.ts';

/** Sets where noise comes from: the stream of each name that the network's noise nodes carry. */
export function setNoise(program: Program, source: (stream: string) => RandomStream): void {
  program.state.noise = source;
}

/** Evaluates the network for the inputs, tensors and parameters as written. Stops at the first value that is not finite. */
export function forward(program: Program): void {
  const { machine, phases, state } = program;
  state.failure = undefined;
  state.problem = undefined;
  machine.run(program.prologue, 0, 1, 1);
  for (const [index, phase] of phases.entries()) {
    for (const { base, count, value } of phase.initial) machine.memory.fill(value, base, base + count);
    const stopped = runPhase(program, phase);
    if (stopped < 0) continue;
    const layers = program.network.layers.length;
    state.failure = { phase: index, layer: stopped % layers, evaluation: Math.floor(stopped / layers) };
    return;
  }
}

function runPhase(program: Program, phase: CompiledPhase): number {
  const { noises, responses } = phase;
  if (noises.length + responses.length === 0) return program.machine.run(phase.forward[0], 0, phase.steps, 1);
  const source = program.state.noise;
  if (!source && noises.length > 0)
    throw new Error('The network has noise; say where it comes from with setNoise.');
  const streams = noises.flatMap((noise) => source?.(noise.stream) ?? []);
  for (let evaluation = 0; evaluation < phase.steps; evaluation++) {
    for (const [i, { base, stride, count, uniform }] of noises.entries()) {
      const at = base + evaluation * stride;
      if (uniform) fillUniform(streams[i], program.machine.memory, at, at + count);
      else streams[i].fillGaussian(program.machine.memory, at, at + count);
    }
    const stopped = runStep(program, phase, evaluation);
    if (stopped >= 0) return stopped;
  }
  return -1;
}

function runStep(program: Program, { forward, responses }: CompiledPhase, evaluation: number): number {
  for (const [k, code] of forward.entries()) {
    const stopped = program.machine.run(code, evaluation, evaluation + 1, 1);
    if (stopped >= 0) return stopped;
    if (k === responses.length) break;
    const problem = respond(program, responses[k], evaluation);
    if (!problem) continue;
    program.state.problem = problem;
    return evaluation * program.network.layers.length + responses[k].layer;
  }
  return -1;
}

/** One sequence of the batch after another. */
function respond(
  { machine: { memory }, batch, state }: Program,
  { name, from, inputs, to, outputs }: ResponsePlace,
  evaluation: number,
): Problem | undefined {
  const response = state.responses.get(name);
  if (!response) throw new Error(`Nothing was written for the response ${name}.`);
  const of = new Float64Array(inputs);
  const into = new Float64Array(outputs);
  const [source, target] = [from, to].map(({ base, stride }) => base + evaluation * stride);
  for (let sequence = 0; sequence < batch; sequence++) {
    for (let k = 0; k < inputs; k++) of[k] = memory[source + k * batch + sequence];
    const problem = response(of, into, sequence);
    if (problem) return problem;
    for (let k = 0; k < outputs; k++) memory[target + k * batch + sequence] = into[k];
  }
  return undefined;
}

function fillUniform(stream: RandomStream, memory: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) memory[i] = stream.uniform() - 0.5;
}

/** Differentiates the last forward pass: from the gradients of the outputs to those of the tensors, through time. */
export function backward(program: Program): void {
  if (!program.gradient) throw new Error('The program was compiled without gradients.');
  const { machine, cleared } = program;
  for (const { base, count } of cleared) machine.memory.fill(0, base, base + count);
  for (let i = program.phases.length - 1; i >= 0; i--) {
    const phase = program.phases[i];
    machine.run(phase.backward, phase.steps - 1, -1, -1);
  }
}

/** After `forward`: the layer and the time step, from 0, at which it stopped; undefined where all is finite. */
export function stoppedAt(program: Program): { readonly layer: string; readonly step: number } | undefined {
  const { failure } = program.state;
  if (!failure) return undefined;
  const { kind, steps } = program.phases[failure.phase];
  return {
    layer: program.network.layers[failure.layer].name,
    step: kind === 'backward' ? steps - 1 - failure.evaluation : failure.evaluation,
  };
}

/** After `forward`: the first signal that is not a finite number, or undefined where all are. */
export function checkFinite(program: Program): Problem | undefined {
  const { failure, problem } = program.state;
  const stopped = stoppedAt(program);
  if (!failure || !stopped) return undefined;
  const { phase, layer, evaluation } = failure;
  const { kind, signals } = program.phases[phase];
  const { memory } = program.machine;
  const found = signals.find(({ base, stride, count, layer: owner }) => {
    const at = base + evaluation * stride;
    return owner === layer && memory.subarray(at, at + count).some((value) => !Number.isFinite(value));
  });
  const where = kind === 'once' ? '' : ` at time step ${stopped.step + 1}`;
  if (problem) return { ...problem, message: `${problem.message} (In "${stopped.layer}"${where}.)` };
  return {
    code: 'run.not-finite',
    message: `"${stopped.layer}.${found?.signal ?? 'output'}" is not a finite number${where}.`,
    hint: 'Look for a division by zero, a logarithm of a negative number or weights that have grown without bound.',
    origin: found?.origin,
  };
}
