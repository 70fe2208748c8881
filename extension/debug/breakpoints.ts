import type { Condition, Watched, WatchSignal } from '@memloom/server/protocol';
import { failure, type Origin, type Outcome, type Problem, success } from '@memloom/sim-core';
import { type CompiledCondition, compileCondition, compileWatched, lookupIn } from './evaluate.ts';
import { formatValues } from './format.ts';
import { cellOf, type Timeline } from './timeline.ts';
import { namedValues } from './values.ts';

/** A breakpoint as the user sets it; lines count from 0. */
export interface WantedBreakpoint {
  readonly line: number;
  readonly condition?: string;
  /** `5`: the fifth time; `>= 5`, `% 5`: from then on, and each fifth time. */
  readonly hitCondition?: string;
  /** Text that is printed instead of stopping; `{rnn.c}` are values. */
  readonly logMessage?: string;
}

/** A breakpoint that is set: where, and the positions of the timeline at which it holds, in order. */
export interface SetBreakpoint {
  readonly line: number;
  readonly hits: readonly number[];
  /** What it prints at a position, where it does not stop. */
  readonly message?: (position: number) => string;
}

/** The language's own reading of expressions about recorded values. */
export interface ExpressionReader {
  watch(text: string, signals: readonly WatchSignal[]): Promise<Outcome<Watched>>;
  condition(text: string, signals: readonly WatchSignal[]): Promise<Outcome<Condition>>;
}

/**
 * Sets a breakpoint in a file: on the equation or layer at its line, or on the next one of the same cell or network.
 * A recording is all there is, so every position at which it holds is known at once, for running in both directions.
 */
export async function setBreakpoint(
  timeline: Timeline,
  file: string,
  wanted: WantedBreakpoint,
  reader: ExpressionReader,
): Promise<Outcome<SetBreakpoint>> {
  const place = placeFor(timeline, file, wanted.line);
  if (place === undefined) return failure(nothingHere);
  const layers = [...new Set(place.positions.map((position) => timeline.stops[position].layer))];
  const conditions = await readConditions(timeline, layers, wanted.condition, reader);
  if (!conditions.ok) return conditions;
  const counted = hitCounter(wanted.hitCondition);
  if (!counted.ok) return counted;
  const message = await readMessage(timeline, layers, wanted.logMessage, reader);
  if (!message.ok) return message;
  const hits = place.positions.filter((position) => {
    const { layer } = timeline.stops[position];
    const holds = conditions.value.get(layer);
    return holds?.(lookupIn(namedValues(timeline, position, layer))) ?? true;
  });
  return success({
    line: place.line,
    hits: hits.filter((_, at) => counted.value(at + 1)),
    message: message.value,
  });
}

const nothingHere: Problem = {
  code: 'debug.no-equation',
  message: 'No equation or layer of the recorded network is written here.',
};

/** Where something is evaluated: a line, and the positions at which that has just happened. */
interface Place {
  readonly line: number;
  readonly positions: readonly number[];
}

/** Lines of a file on which a breakpoint can be, from 0. */
export const breakableLines = (timeline: Timeline, file: string): readonly number[] =>
  [...new Set(originsIn(timeline, file).map(({ start }) => start.line))].sort((a, b) => a - b);

/** The places of equations and layers in a file. */
const originsIn = ({ stops, network }: Timeline, file: string): readonly Origin[] =>
  [...stops, ...network.layers].flatMap(({ origin }) => (origin?.file === file ? [origin] : []));

function placeFor(timeline: Timeline, file: string, line: number): Place | undefined {
  const { design, network } = timeline;
  const origins = originsIn(timeline, file);
  const spanning = origins.find(({ start, end }) => start.line <= line && line <= end.line);
  if (spanning) return placeAt(timeline, spanning);
  const owners = [network, ...network.layers.flatMap((layer) => cellOf(design, layer) ?? [])];
  const around = owners.find(
    ({ origin }) => origin?.file === file && origin.start.line <= line && line <= origin.end.line,
  )?.origin;
  if (around === undefined) return undefined;
  const [next] = origins
    .filter(({ start }) => start.line > line && start.line <= around.end.line)
    .sort((a, b) => a.start.line - b.start.line);
  return next && placeAt(timeline, next);
}

/** At an equation each of its evaluations; at a layer that is a cell the first equation of each time step. */
function placeAt({ stops, network }: Timeline, { file, start: { line } }: Origin): Place {
  const isHere = (origin: Origin | undefined) => origin?.file === file && origin.start.line === line;
  const layers = new Set(network.layers.filter(({ origin }) => isHere(origin)).map(({ name }) => name));
  const positions = stops.flatMap(({ origin, layer, step }, at) => {
    const before = stops.at(at - 1);
    const begins = layers.has(layer) && (at === 0 || before?.layer !== layer || before.step !== step);
    return isHere(origin) || begins ? [at] : [];
  });
  return { line, positions };
}

/** The condition as each layer that is written at the place understands it. */
async function readConditions(
  timeline: Timeline,
  layers: readonly string[],
  text: string | undefined,
  reader: ExpressionReader,
): Promise<Outcome<ReadonlyMap<string, CompiledCondition>>> {
  const conditions = new Map<string, CompiledCondition>();
  if (text === undefined || text.trim() === '') return success(conditions);
  for (const layer of layers) {
    const read = await reader.condition(text, signalsIn(timeline, layer));
    if (!read.ok) return read;
    conditions.set(layer, compileCondition(read.value));
  }
  return success(conditions);
}

/** What an expression may name in the frame of a layer. */
export const signalsIn = (timeline: Timeline, frame: string | undefined): readonly WatchSignal[] =>
  namedValues(timeline, 0, frame).map(({ name, unit, size }) => ({ name, unit, size }));

function hitCounter(text: string | undefined): Outcome<(count: number) => boolean> {
  if (text === undefined || text.trim() === '') return success(() => true);
  const [, comparator = '==', digits] = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits === undefined || (comparator === '%' && number === 0))
    return failure({
      code: 'debug.hit-count',
      message: `"${text}" is no number of hits.`,
      hint: 'Write 5 for the fifth hit, >= 5 for all from there on, % 5 for each fifth.',
    });
  return success((count) => counters[comparator](count, number));
}

const counters: Readonly<Record<string, (count: number, number: number) => boolean>> = {
  '=': (count, number) => count === number,
  '==': (count, number) => count === number,
  '>': (count, number) => count > number,
  '>=': (count, number) => count >= number,
  '<': (count, number) => count < number,
  '<=': (count, number) => count <= number,
  '%': (count, number) => count % number === 0,
};

/** What is printed, as each layer that is written at the place understands it: they may have other numbers of units. */
async function readMessage(
  timeline: Timeline,
  layers: readonly string[],
  text: string | undefined,
  reader: ExpressionReader,
): Promise<Outcome<SetBreakpoint['message']>> {
  if (text === undefined || text === '') return success(undefined);
  const messages = new Map<string, (position: number) => string>();
  for (const layer of layers) {
    const read = await readMessageIn(timeline, layer, text, reader);
    if (!read.ok) return read;
    messages.set(layer, read.value);
  }
  return success((position) => messages.get(timeline.stops[position].layer)?.(position) ?? '');
}

async function readMessageIn(
  timeline: Timeline,
  layer: string,
  text: string,
  reader: ExpressionReader,
): Promise<Outcome<(position: number) => string>> {
  const pieces: ((position: number) => string)[] = [];
  for (const piece of text.split(/(\{[^{}]*\})/)) {
    if (!piece.startsWith('{')) {
      pieces.push(() => piece);
      continue;
    }
    const read = await reader.watch(piece.slice(1, -1), signalsIn(timeline, layer));
    if (!read.ok) return read;
    const { unit } = read.value;
    const compiled = compileWatched(read.value);
    pieces.push((position) => {
      const evaluated = compiled(lookupIn(namedValues(timeline, position, layer)));
      return evaluated.ok ? formatValues(evaluated.values, unit) : 'not evaluated yet';
    });
  }
  return success((position) => pieces.map((piece) => piece(position)).join(''));
}
