import type { SizedNetwork } from '../graph/graph.ts';
import { type Compilation, type CompileOptions, evaluated, type PhaseCompilation } from './compilation.ts';
import { compileLayer } from './compile-layer.ts';
import { encode, type Instruction, opcode, panelWidth, reserved } from './instructions.ts';
import { createMachine } from './machine.ts';
import type { CompiledPhase, Machine, Program, SequencePlace, TensorPlaces } from './program.ts';
import { type Phase, scheduleLayers } from './schedule.ts';

/**
 * Compiles a network for so many sequences at once and so many time steps. Values are kept for every step only where
 * the gradient, a recorded signal, an output or a layer that runs the other way needs them.
 */
export function compileNetwork(network: SizedNetwork, options: CompileOptions): Program {
  const { compilation, inputs, compiled, outputs, size } = layOut(network, options);
  const codes = [encode(compilation.prologue)];
  const phases = compiled.map((phase) => encodePhase(phase, codes));
  const machine = createMachine(size, codes, options.batch);
  fillConstants(compilation, machine);
  return {
    network,
    batch: options.batch,
    steps: options.steps,
    gradient: options.gradient,
    machine,
    prologue: 0,
    phases,
    inputs,
    outputs,
    probes: compilation.probes,
    tensors: tensorPlaces(compilation),
    parameters: compilation.parameters,
    cleared: compilation.cleared,
    state: { responses: new Map() },
  };
}

/** Float64 of memory that the compiled network takes, found without taking them. */
export const programSize = (network: SizedNetwork, options: CompileOptions): number =>
  layOut(network, options).size;

/** Every value of the network in its place, and the instructions between them. */
function layOut(network: SizedNetwork, options: CompileOptions) {
  const { phases, phaseOf } = scheduleLayers(network);
  const compilation = startCompilation(network, options, phases, phaseOf);
  const inputs = placeInputs(compilation);
  const compiled = phases.map((phase, index) => compilePhase(compilation, phase, index));
  const outputs = placeOutputs(compilation, compiled);
  // Beyond the last value the executor may read, but never uses, one panel.
  return { compilation, inputs, compiled, outputs, size: compilation.allocate(panelWidth) + panelWidth };
}

function startCompilation(
  network: SizedNetwork,
  options: CompileOptions,
  phases: readonly Phase[],
  phaseOf: readonly number[],
): Compilation {
  let size = reserved;
  const allocate = (count: number) => {
    const base = size;
    size += count;
    return base;
  };
  const columns = Math.max(0, ...network.layers.map((layer) => productColumns(layer.graph.nodes)));
  return {
    network,
    options,
    kept: keptSignals(network, phases, phaseOf),
    allocate,
    prologue: [],
    tensors: new Map(),
    parameters: new Map(),
    constants: new Map(),
    probes: new Map(),
    cleared: [],
    signals: new Map(),
    scratch: options.gradient ? allocate((columns + panelWidth) * options.batch) : 0,
  };
}

const productColumns = (nodes: SizedNetwork['layers'][number]['graph']['nodes']): number =>
  nodes.reduce((sum, node) => sum + (node.op === 'crossbar' || node.op === 'product' ? node.size : 0), 0);

/** Signals that the host or another phase reads at other times than right after the phase. */
function keptSignals(
  network: SizedNetwork,
  phases: readonly Phase[],
  phaseOf: readonly number[],
): ReadonlySet<string> {
  const kept = new Set(network.outputs.map((output) => output.name));
  for (const [index, layer] of network.layers.entries())
    for (const input of layer.inputs) {
      const producer = network.layers.findIndex((candidate) => candidate.name === input);
      if (producer < 0 || phaseOf[producer] === phaseOf[index]) continue;
      const isLastOfPhase = layer.time === 'last' && phases[phaseOf[producer]].kind === layer.direction;
      if (!isLastOfPhase) kept.add(input);
    }
  return kept;
}

function placeInputs(compilation: Compilation): ReadonlyMap<string, SequencePlace> {
  const { batch, steps } = compilation.options;
  const inputs = new Map<string, SequencePlace>();
  for (const { name, size } of compilation.network.inputs) {
    const stride = size * batch;
    const base = compilation.allocate(stride * steps);
    inputs.set(name, { base, stride, size, steps });
    // Phase -1: every phase reads it by time step.
    const byTime = { base, stride };
    compilation.signals.set(name, { phase: -1, size, slot: byTime, byTime, after: base });
  }
  return inputs;
}

function compilePhase(compilation: Compilation, { kind, layers }: Phase, index: number): PhaseCompilation {
  const { options, network } = compilation;
  const nodes = layers.flatMap((layer) => network.layers[layer].graph.nodes);
  // A node has one gradient, and at most one more for each of up to three operands that are spread over its size.
  const room = options.gradient ? 4 * options.batch * nodes.reduce((sum, node) => sum + node.size, 0) : 0;
  const phase: PhaseCompilation = {
    index,
    kind,
    steps: kind === 'once' ? 1 : options.steps,
    forward: [],
    epilogue: [],
    backward: [],
    seeds: [],
    carries: [],
    initial: [],
    signals: [],
    noises: [],
    responses: [],
    adjoints: { base: compilation.allocate(room), room, taken: 0 },
  };
  for (const layer of layers)
    compilation.signals.set(network.layers[layer].name, compileLayer(compilation, phase, layer));
  return phase;
}

/** Outputs as the host reads them, and where it writes the loss's gradient with respect to them. */
function placeOutputs(
  compilation: Compilation,
  phases: readonly PhaseCompilation[],
): ReadonlyMap<string, SequencePlace> {
  const outputs = new Map<string, SequencePlace>();
  for (const { name } of compilation.network.outputs) {
    const signal = compilation.signals.get(name);
    if (!signal?.byTime) throw new Error(`Output ${name} was not kept.`);
    const { size, byTime, adjoint } = signal;
    const phase = phases[signal.phase];
    const n = size * compilation.options.batch;
    const place = { base: byTime.base, stride: byTime.stride, size, steps: phase.steps };
    if (!adjoint) {
      outputs.set(name, place);
      continue;
    }
    const gradient = { base: compilation.allocate(n * phase.steps), stride: byTime.stride };
    phase.seeds.push({ op: opcode.accumulate, n, to: adjoint, a: evaluated(gradient, phase) });
    outputs.set(name, { ...place, gradient });
  }
  return outputs;
}

/** Appends the codes of a phase: a step, cut at what the host computes, and its derivative. */
function encodePhase(phase: PhaseCompilation, codes: Int32Array[]): CompiledPhase {
  const { kind, steps, initial, signals, noises, responses } = phase;
  const { base, taken } = phase.adjoints;
  const clear: Instruction = { op: opcode.clear, n: taken, to: { base, stride: 0 } };
  const add = (instructions: readonly Instruction[]) => codes.push(encode(instructions)) - 1;
  const step = [...phase.forward, ...phase.epilogue];
  const cuts = [0, ...responses.map(({ behind }) => behind), step.length];
  const forward = cuts.slice(1).map((end, k) => add(step.slice(cuts[k], end)));
  const backward = add([clear, ...phase.seeds, ...phase.backward.toReversed().flat(), ...phase.carries]);
  return { kind, steps, forward, backward, initial, signals, noises, responses };
}

function fillConstants(compilation: Compilation, { memory }: Machine): void {
  for (const { base, count, value } of compilation.constants.values()) memory.fill(value, base, base + count);
}

function tensorPlaces({ network, tensors }: Compilation): ReadonlyMap<string, TensorPlaces> {
  const declarations = network.layers.flatMap((layer) => layer.graph.tensors);
  return new Map(
    declarations.map(({ name, inputs, units }) => [name, { inputs, units, places: tensors.get(name) ?? [] }]),
  );
}
