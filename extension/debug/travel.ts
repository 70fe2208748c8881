import type { SetBreakpoint } from './breakpoints.ts';
import { textOf } from './format.ts';
import { moved, nextHit, type Reach } from './moves.ts';
import type { Timeline } from './timeline.ts';

/** A breakpoint as the client knows it. */
export interface KnownBreakpoint {
  readonly id: number;
  readonly set: SetBreakpoint;
}

/** Where a move has led. */
export interface Arrival {
  readonly position: number;
  /** Why it stops there; undefined: the session is over. */
  readonly stop?: Stopped;
  /** What was printed on the way. */
  readonly printed: readonly string[];
}

export interface Stopped {
  readonly reason: 'entry' | 'step' | 'breakpoint' | 'exception' | 'pause';
  readonly description?: string;
  readonly text?: string;
  readonly hitBreakpointIds?: number[];
}

/** The first stop: at the first equation, or at the first breakpoint. */
export function arriveFirst(
  timeline: Timeline,
  breakpoints: readonly KnownBreakpoint[],
  stopOnEntry: boolean,
): Arrival {
  const first = { position: 0, printed: messages(breakpoints, -1, 0) };
  if (isEnd(timeline, 0)) return { ...first, stop: endOf(timeline) };
  if (stopOnEntry) return { ...first, stop: { reason: 'entry' } };
  const hit = hitAt(breakpoints, 0);
  if (hit.length > 0) return { ...first, stop: { reason: 'breakpoint', hitBreakpointIds: hit } };
  const arrival = run(timeline, breakpoints, 0, 1);
  return { ...arrival, printed: [...first.printed, ...arrival.printed] };
}

/**
 * Runs to the next breakpoint in a direction, or as far as the recording goes. There it stops, so that one can go back;
 * running on from the end ends the session.
 */
export function run(
  timeline: Timeline,
  breakpoints: readonly KnownBreakpoint[],
  from: number,
  direction: 1 | -1,
): Arrival {
  const last = timeline.stops.length - 1;
  if (direction === 1 && from === last) return { position: from, printed: [] };
  const found = nextHit(stoppingHits(breakpoints), from, direction);
  const position = found ?? (direction === 1 ? last : 0);
  const printed = direction === 1 ? messages(breakpoints, from, position) : [];
  if (isEnd(timeline, position)) return { position, printed, stop: endOf(timeline) };
  if (found !== undefined)
    return { position, printed, stop: { reason: 'breakpoint', hitBreakpointIds: hitAt(breakpoints, found) } };
  return { position, printed, stop: direction === 1 ? endOf(timeline) : beginning };
}

/** Moves by a reach, or to a breakpoint on the way; beyond the first and the last equation it stays there. */
export function step(
  timeline: Timeline,
  breakpoints: readonly KnownBreakpoint[],
  from: number,
  reach: Reach,
  direction: 1 | -1,
): Arrival {
  const last = timeline.stops.length - 1;
  if (direction === 1 && from === last) return { position: from, printed: [] };
  const aim = moved(timeline, from, reach, direction) ?? (direction === 1 ? last : 0);
  const hit = nextHit(stoppingHits(breakpoints), from, direction);
  if (hit !== undefined && (aim - hit) * direction > 0) return run(timeline, breakpoints, from, direction);
  const printed = direction === 1 ? messages(breakpoints, from, aim) : [];
  if (aim === last && direction === 1) return { position: aim, printed, stop: endOf(timeline) };
  return { position: aim, printed, stop: aim === 0 ? beginning : { reason: 'step' } };
}

const beginning: Stopped = { reason: 'step', description: 'At the beginning of the recording' };

/** Whether the recording met here what is not a finite number. */
const isEnd = ({ recording, stops }: Timeline, position: number): boolean =>
  recording.end !== undefined && position === stops.length - 1;

function endOf({ recording: { end } }: Timeline): Stopped {
  if (end === undefined) return { reason: 'step', description: 'At the end of the recording' };
  return { reason: 'exception', description: 'Not a finite number', text: textOf(end.problem) };
}

const stoppingHits = (breakpoints: readonly KnownBreakpoint[]): readonly (readonly number[])[] =>
  breakpoints.filter(({ set }) => set.message === undefined).map(({ set }) => set.hits);

const hitAt = (breakpoints: readonly KnownBreakpoint[], position: number): number[] =>
  breakpoints.flatMap(({ id, set }) =>
    set.message === undefined && set.hits.includes(position) ? [id] : [],
  );

/** What breakpoints print on the way, in the order of the positions. */
const messages = (breakpoints: readonly KnownBreakpoint[], from: number, to: number): readonly string[] =>
  breakpoints
    .flatMap(({ set }) => {
      const { hits, message } = set;
      return message ? hits.filter((hit) => hit > from && hit <= to).map((hit) => ({ hit, message })) : [];
    })
    .sort((a, b) => a.hit - b.hit)
    .map(({ hit, message }) => message(hit));
