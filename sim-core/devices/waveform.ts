import type { Problem } from '../design/problem.ts';
import { asin } from '../math/arc-sine.ts';
import { sin } from '../math/trigonometry.ts';

/**
 * A voltage over time: smooth segments one after another, from time 0. Where the end of one segment differs from the
 * beginning of the next, the voltage jumps. Corners and jumps thus lie exactly at segment ends, where an integrator
 * stops and starts.
 */
export interface Waveform {
  readonly segments: readonly Segment[];
}

/** A segment between two times in seconds. */
export type Segment = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'linear'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'sine';
      readonly amplitude: number;
      readonly frequency: number;
      readonly offset: number;
      /** Turns at the segment's start. */
      readonly phase: number;
    }
);

export interface SineOptions {
  /** Volts, peak. */
  readonly amplitude: number;
  /** Hertz. */
  readonly frequency: number;
  readonly periods: number;
  /** Volts. */
  readonly offset?: number;
  /** Turns; 0.25 makes a cosine. */
  readonly phase?: number;
}

/** `offset + amplitude·sin(2π·(frequency·t + phase))`. */
export function sine({ amplitude, frequency, periods, offset = 0, phase = 0 }: SineOptions): Waveform {
  const end = periods / frequency;
  return { segments: [{ kind: 'sine', start: 0, end, amplitude, frequency, offset, phase }] };
}

/** Triangles 0 → amplitude → -amplitude → 0, one per period. */
export function triangle({ amplitude, frequency, periods }: SineOptions): Waveform {
  const points: [number, number][] = [[0, 0]];
  for (let quarter = 1; quarter < 4 * periods; quarter += 2) {
    points.push([quarter / (4 * frequency), quarter % 4 === 1 ? amplitude : -amplitude]);
  }
  points.push([periods / frequency, 0]);
  return piecewiseLinear(points);
}

/** A pulse of `amplitude` volts and `width` seconds, flat top, followed by a pause at 0 V. */
export interface Pulse {
  readonly amplitude: number;
  readonly width: number;
  /** Seconds at 0 V after the pulse. */
  readonly gap?: number;
  /** Seconds of the rising and of the falling edge, each; they add to the width. */
  readonly edge?: number;
}

/** Pulses one after another. */
export function pulseTrain(pulses: readonly Pulse[]): Waveform {
  const segments: Segment[] = [];
  let time = 0;
  const hold = (duration: number, from: number, to: number) => {
    if (duration <= 0) return;
    segments.push({ kind: 'linear', start: time, end: time + duration, from, to });
    time += duration;
  };
  for (const { amplitude, width, gap = 0, edge = 0 } of pulses) {
    hold(edge, 0, amplitude);
    hold(width, amplitude, amplitude);
    hold(edge, amplitude, 0);
    hold(gap, 0, 0);
  }
  return { segments };
}

/** Straight lines between points (time, voltage); two points at one time make a jump. */
export function piecewiseLinear(points: readonly (readonly [time: number, voltage: number])[]): Waveform {
  const segments: Segment[] = [];
  for (let next = 1; next < points.length; next++) {
    const [start, from] = points[next - 1];
    const [end, to] = points[next];
    if (end > start) segments.push({ kind: 'linear', start, end, from, to });
  }
  return { segments };
}

/** End of the waveform, in seconds. */
export const duration = ({ segments }: Waveform): number => segments.at(-1)?.end ?? 0;

/** Volts at a time within the segment, its ends included. */
export function voltageAt(segment: Segment, time: number): number {
  if (segment.kind === 'sine') {
    const { start, frequency, phase, offset, amplitude } = segment;
    return offset + amplitude * sin(angle(frequency * (time - start) + phase));
  }
  const share = (time - segment.start) / (segment.end - segment.start);
  // Exact at both ends.
  return segment.from * (1 - share) + segment.to * share;
}

/** Radians of a number of turns, whole turns taken off exactly. */
const angle = (turns: number) => 2 * Math.PI * (turns - Math.round(turns));

/** Times strictly within the segment at which the voltage passes `level`, in no particular order. */
export function crossings(segment: Segment, level: number): readonly number[] {
  const { start, end } = segment;
  if (segment.kind === 'linear') {
    const { from, to } = segment;
    if (from === to) return [];
    const time = start + ((level - from) / (to - from)) * (end - start);
    return time > start && time < end ? [time] : [];
  }
  const { amplitude, frequency, offset, phase } = segment;
  const ratio = (level - offset) / amplitude;
  if (!(Math.abs(ratio) <= 1)) return [];
  const turns = asin(ratio) / (2 * Math.PI);
  const times: number[] = [];
  for (const solution of [turns, 0.5 - turns]) {
    const first = Math.ceil(phase - solution);
    for (let cycle = first; ; cycle++) {
      const time = start + (solution + cycle - phase) / frequency;
      if (time >= end) break;
      if (time > start) times.push(time);
    }
  }
  return times;
}

/** What is wrong with a waveform that is to drive the device of this name. */
export function waveformProblem(name: string, { segments }: Waveform): Problem | undefined {
  const problem = (message: string) => ({
    code: 'device.waveform',
    message: `The waveform that drives ${name} ${message}.`,
  });
  if (segments.length === 0) return problem('lasts no time');
  let time = 0;
  for (const segment of segments) {
    if (!Object.values(segment).every((value) => typeof value === 'string' || Number.isFinite(value))) {
      return problem(`has a part from ${segment.start} s with a value that is not finite`);
    }
    if (segment.start !== time || !(segment.end > segment.start))
      return problem(`is not continuous in time at ${time} s`);
    if (segment.kind === 'sine' && !(segment.frequency > 0))
      return problem('has a frequency that is not positive');
    time = segment.end;
  }
  return undefined;
}
