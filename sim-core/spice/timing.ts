import type { Circuit } from '../circuit/circuit.ts';
import { spiceNumber } from './expression.ts';

/** When phases begin within a time step, and how the control signals say so. */
export interface Timing {
  /** Seconds of one time step. */
  readonly period: number;
  /** Beginning of each phase within the time step, and the end of the last. */
  readonly starts: readonly number[];
  /** Seconds that a control signal takes to rise or fall: where our switches move at once. */
  readonly edge: number;
}

export function timingOf({ phases }: Circuit): Timing {
  const starts = [0];
  for (const { duration } of phases) starts.push(starts[starts.length - 1] + duration);
  const shortest = phases.reduce(
    (least, { duration }) => Math.min(least, duration),
    Number.POSITIVE_INFINITY,
  );
  return { period: starts[starts.length - 1], starts, edge: Math.min(1e-12, shortest / 1e4) };
}

/** Control signals: `phase0`, `phase1`, … are 1 V during their phase, `even` during the time steps 0, 2, 4, …. */
export function controlSources({ phases }: Circuit, { period, starts, edge }: Timing): readonly string[] {
  const pulse = (...values: readonly number[]) => `PULSE(${values.map(spiceNumber).join(' ')})`;
  return [
    '* Control signals: 1 V closes a switch. They rise and fall within one edge, both ends of a change together.',
    ...phases.flatMap(({ name, duration }, k) => [
      `* phase ${k}: until ${name} is taken, ${duration} s`,
      phases.length === 1
        ? 'Vphase0 phase0 0 1'
        : `Vphase${k} phase${k} 0 ${pulse(0, 1, starts[k], edge, edge, duration - edge, period)}`,
    ]),
    `Veven even 0 ${pulse(1, 0, period, edge, edge, period - edge, 2 * period)}`,
  ];
}

/** The sum of the control signals of these phases, which is 1 during any of them. */
export function during(phases: readonly number[], count: number): string {
  if (phases.length === count) return '1';
  return `(${phases.map((phase) => `V(phase${phase})`).join('+')})`;
}

/**
 * Charge in coulombs into a node behind the end of a phase: a trapezoid of three edges.
 *
 * @param every so many time steps, beginning with time step `first`.
 */
export function chargePulse(
  name: string,
  node: string,
  charge: number,
  phase: number,
  { period, starts, edge }: Timing,
  { every, first }: { readonly every: number; readonly first: number },
): string {
  const at = first * period + starts[phase + 1] + edge;
  const values = [0, charge / (2 * edge), at, edge, edge, edge, every * period];
  return `I${name} 0 ${node} PULSE(${values.map(spiceNumber).join(' ')})`;
}

/** A voltage that takes the next value at the beginning of each time step. */
export function stepSource(name: string, node: string, values: readonly number[], timing: Timing): string {
  const { period, edge } = timing;
  const points = values.flatMap((value, step) => {
    if (step === 0) return [0, value];
    return [step * period, values[step - 1], step * period + edge, value];
  });
  return `V${name} ${node} 0 PWL(${points.map(spiceNumber).join(' ')})`;
}
