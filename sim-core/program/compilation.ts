import type { SizedNetwork } from '../graph/graph.ts';
import type { Instruction, Slot } from './instructions.ts';
import type {
  GuardedSignal,
  NoisePlace,
  ParameterPlace,
  ResponsePlace,
  SequencePlace,
  TensorPlace,
} from './program.ts';
import type { Phase } from './schedule.ts';

export interface CompileOptions {
  readonly batch: number;
  readonly steps: number;
  /** Keep what a backward pass needs. */
  readonly gradient: boolean;
  /** Signals to keep for every step, as `layer.signal`. */
  readonly record: 'all' | 'none' | readonly string[];
}

/** All that compiling collects. */
export interface Compilation {
  readonly network: SizedNetwork;
  readonly options: CompileOptions;
  /** Signals that are kept for every step because another phase or the host reads them. */
  readonly kept: ReadonlySet<string>;
  /** Takes so many float64 of the memory. */
  allocate(count: number): number;
  readonly prologue: Instruction[];
  readonly tensors: Map<string, TensorPlace[]>;
  readonly parameters: Map<string, ParameterPlace[]>;
  readonly constants: Map<string, { readonly base: number; readonly count: number; readonly value: number }>;
  readonly probes: Map<string, SequencePlace>;
  readonly cleared: { base: number; count: number }[];
  readonly signals: Map<string, SignalPlace>;
  /** Room for the transposed gradient of the largest matrix's sums. */
  readonly scratch: number;
}

/** Where a layer's output or a network's input lies, for layers of every phase. */
export interface SignalPlace {
  readonly phase: number;
  readonly size: number;
  /** By evaluation, for layers of the same phase. */
  readonly slot: Slot;
  /** By time step; undefined where only the phase itself can read it. */
  readonly byTime?: Slot;
  /** Where its value is after the phase's last evaluation. */
  readonly after: number;
  /** The gradient: within the phase, and for layers of other phases. */
  readonly adjoint?: Slot;
  readonly external?: Slot;
}

/** The phase being compiled. */
export interface PhaseCompilation {
  readonly index: number;
  readonly kind: Phase['kind'];
  /** Evaluations. */
  readonly steps: number;
  readonly forward: Instruction[];
  /** At the end of each step. */
  readonly epilogue: Instruction[];
  /** One list per node, to be run in reverse order. */
  readonly backward: Instruction[][];
  /** Gradients that enter a step from outside, and those that leave it towards the step before. */
  readonly seeds: Instruction[];
  readonly carries: Instruction[];
  readonly initial: { base: number; count: number; value: number }[];
  readonly signals: GuardedSignal[];
  readonly noises: NoisePlace[];
  readonly responses: (ResponsePlace & { readonly behind: number })[];
  /** Room for the gradients of one step, which are cleared together, and how much of it is taken. */
  readonly adjoints: { readonly base: number; readonly room: number; taken: number };
}

/** Memory for a value of `count` elements at each evaluation of the phase, kept for each or overwritten by the next. */
export function place(
  compilation: Compilation,
  phase: PhaseCompilation,
  count: number,
  keep: boolean,
): { readonly slot: Slot; readonly byTime?: Slot } {
  if (phase.kind === 'once') {
    const slot = { base: compilation.allocate(count), stride: 0 };
    return { slot, byTime: slot };
  }
  if (!keep) return { slot: { base: compilation.allocate(count), stride: 0 } };
  const byTime = { base: compilation.allocate(count * phase.steps), stride: count };
  return { slot: evaluated(byTime, phase), byTime };
}

/** A slot by time step as the phase's evaluations meet it. */
export function evaluated(byTime: Slot, phase: PhaseCompilation): Slot {
  return phase.kind === 'backward'
    ? { base: byTime.base + (phase.steps - 1) * byTime.stride, stride: -byTime.stride }
    : byTime;
}

/** So many rows further. */
export const offset = (slot: Slot, by: number): Slot => ({ base: slot.base + by, stride: slot.stride });

/** Memory for a gradient of one step. */
export function placeAdjoint(phase: PhaseCompilation, count: number): Slot {
  const { adjoints } = phase;
  const base = adjoints.base + adjoints.taken;
  adjoints.taken += count;
  if (adjoints.taken > adjoints.room)
    throw new Error('The gradients of a step outgrew their reserved memory.');
  return { base, stride: 0 };
}
