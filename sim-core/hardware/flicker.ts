import type { OperatingConditions } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import { exp, log } from '../math/elementary.ts';
import type { Circuits } from './circuits.ts';

/**
 * 1/f noise of a conductance G: spectral density `(G·Q)²/f`, so that a band of a factor e has the standard deviation
 * `G·Q`. From programming to the read the band reaches from `1/(age + readTime)` to `1/(2·readTime)`, the total
 * variance is `(G·Q)²·ln((age + readTime)/(2·readTime))` (IBM's aihwkit, PCM-like noise model).
 *
 * The process is a sum of relaxations, one to an octave of relaxation times and each of the variance `(G·Q)²·ln 2`, whose
 * density is 1/f between the fastest and the slowest (Dutta and Horn, Rev. Mod. Phys. 53, 497 (1981)). The
 * {@link octaves} fastest run from time step to time step; the slower ones, which stand still over so many steps, are
 * one error of each device, drawn anew in each trial.
 */
export interface FlickerShares {
  /** Variances relative to `(G·Q)²`: of what runs, and of what stands still. */
  readonly running: number;
  readonly standing: number;
}

/** Relaxation times of 1 .. 2^8 time steps run. */
const octaves = 8;

export function flickerShares(conditions: OperatingConditions | undefined): FlickerShares {
  if (!conditions) return { running: 0, standing: 0 };
  const { age, readTime } = conditions;
  const total = Math.max(0, log((age + readTime) / (2 * readTime)));
  const running = Math.min(total, octaves * Math.LN2);
  return { running, standing: total - running };
}

/** From one time step to the next, of the relaxation in the middle of an octave. */
const memories = Array.from({ length: octaves }, (_, octave) => exp(-1 / (Math.SQRT2 * (1 << octave))));

/**
 * The running part, of variance 1: `η' = a·η + √(1 - a²)·ξ` for each octave, from the stationary state on. A layer that
 * is evaluated once sees one value of it.
 */
export function flickerNoise(circuits: Circuits, stream: string, size: number): NodeId {
  const { builder, sequence } = circuits;
  const { binary, constant, add } = builder;
  if (!sequence) return add({ op: 'noise', stream, size });
  // 1 at the first time step, where a state is still 0 and the new number is all of it; then 0.
  const first = builder.state('flicker.first', 1, 1, () => constant(0)).previous;
  const later = binary('subtract', constant(1), first);
  const parts = memories.map((memory, octave) => {
    const kept = binary('multiply', constant(memory * memory), later);
    const share = builder.unary('sqrt', binary('subtract', constant(1), kept));
    const name = `${stream}.${octave}`;
    const added = binary('multiply', share, add({ op: 'noise', stream: name, size }));
    return builder.state(name, size, 0, (previous) =>
      binary('add', binary('multiply', constant(memory), previous), added),
    ).next;
  });
  const sum = parts.reduce((total, part) => binary('add', total, part));
  return binary('multiply', constant(Math.sqrt(1 / octaves)), sum);
}
