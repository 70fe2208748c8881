import { type Compilation, evaluated, offset, place, type SignalPlace } from './compilation.ts';
import { opcode, type Slot } from './instructions.ts';
import type { LayerCompilation, Value } from './layer-values.ts';

/** New values become previous ones; on the way back, gradients of previous values become those of new ones. */
export function emitStates(into: LayerCompilation): void {
  const { phase, batch, values, layer } = into;
  for (const state of layer.graph.states) {
    const n = layer.graph.nodes[state.next].size * batch;
    const next = values[state.next];
    const previous = values[state.previous];
    // A state that takes the previous value of another must read it before that is replaced.
    const source = layer.graph.nodes[state.next].op === 'previous' ? copied(into, next, n) : next.slot;
    phase.epilogue.push({ op: opcode.copy, n, to: offset(previous.slot, previous.slot.stride), a: source });
    if (!previous.adjoint || !next.adjoint) continue;
    const base = into.compilation.allocate(n);
    const carry = { base, stride: 0 };
    phase.seeds.push({ op: opcode.accumulate, n, to: next.adjoint, a: carry });
    phase.carries.push({ op: opcode.copy, n, to: carry, a: previous.adjoint });
    into.compilation.cleared.push({ base, count: n });
  }
}

function copied(into: LayerCompilation, value: Value, n: number): Slot {
  const { slot } = place(into.compilation, into.phase, n, false);
  into.phase.forward.push({ op: opcode.copy, n, to: slot, a: value.slot });
  return slot;
}

export function recordProbes(into: LayerCompilation): void {
  const { compilation, phase, layer, values, batch } = into;
  for (const probe of layer.graph.probes) {
    const name = `${layer.name}.${probe.name}`;
    const { size } = layer.graph.nodes[probe.node];
    const n = size * batch;
    phase.signals.push({
      layer: into.index,
      signal: probe.name,
      base: values[probe.node].slot.base,
      stride: values[probe.node].slot.stride,
      count: n,
      origin: layer.graph.nodes[probe.node].origin,
    });
    if (!isRecorded(compilation, name)) continue;
    const { slot, byTime } = place(compilation, phase, n, true);
    phase.forward.push({ op: opcode.copy, n, to: slot, a: values[probe.node].slot });
    compilation.probes.set(name, {
      base: byTime?.base ?? slot.base,
      stride: byTime?.stride ?? 0,
      size,
      steps: phase.steps,
    });
  }
}

/** Where other layers, other phases and the host find the layer's value. */
export function emitOutput(into: LayerCompilation): SignalPlace {
  const { compilation, phase, layer, values } = into;
  const { output, nodes } = layer.graph;
  const { size } = nodes[output];
  const n = size * into.batch;
  const { slot, byTime } = outputSlot(into, n);
  const after = byTime
    ? byTime.base + (phase.kind === 'forward' ? phase.steps - 1 : 0) * byTime.stride
    : slot.base;
  const { adjoint } = values[output];
  if (!adjoint) return { phase: phase.index, size, slot, byTime, after };
  const external = { base: compilation.allocate(n * phase.steps), stride: byTime?.stride ?? 0 };
  compilation.cleared.push({ base: external.base, count: n * phase.steps });
  phase.seeds.push({ op: opcode.accumulate, n, to: adjoint, a: evaluated(external, phase) });
  return { phase: phase.index, size, slot, byTime, after, adjoint, external };
}

/** The value itself where nobody outside the phase reads it; otherwise a copy for each step. */
function outputSlot(into: LayerCompilation, n: number): { readonly slot: Slot; readonly byTime?: Slot } {
  const { compilation, phase, layer, values } = into;
  const { output, nodes } = layer.graph;
  const keep = compilation.options.gradient || compilation.kept.has(layer.name);
  if (!keep && nodes[output].op !== 'previous') return { slot: values[output].slot };
  const placed = place(compilation, phase, n, keep);
  phase.forward.push({ op: opcode.copy, n, to: placed.slot, a: values[output].slot });
  return placed;
}

/** What must be finite: new states, the output and what is recorded; the rest shows in them. */
export function emitGuards(into: LayerCompilation): void {
  const { compilation, phase, layer, values, batch } = into;
  const { states, output, probes, nodes } = layer.graph;
  const recorded = probes.filter((probe) => isRecorded(compilation, `${layer.name}.${probe.name}`));
  const guarded = new Set([
    ...recorded.map((probe) => probe.node),
    ...states.map((state) => state.next),
    output,
  ]);
  for (const node of guarded) {
    if (nodes[node].op === 'constant') continue;
    const n = nodes[node].size * batch;
    const { slot } = values[node];
    phase.forward.push({
      op: opcode.guard,
      n,
      to: slot,
      a: slot,
      x: into.index,
      y: compilation.network.layers.length,
    });
  }
}

const isRecorded = ({ options }: Compilation, signal: string): boolean =>
  options.record === 'all' || (options.record !== 'none' && options.record.includes(signal));
