import type { WatchSignal } from '@memloom/server/protocol';
import type { CellDesign, LayerDesign, RecordedSignal } from '@memloom/sim-core';
import { cellOf, layerOf, type Timeline } from './timeline.ts';

/** What a name stands for at a position: `values` has one number for each unit, or is left out before it is evaluated. */
export interface NamedValue extends WatchSignal {
  readonly values?: Float64Array;
}

/**
 * All that can be named at a position of the timeline, in the frame of a layer where one is given.
 *
 * Within a cell, names mean what they mean in its equations: `c` is what the time step before left, `c'` the new value.
 * `rnn.c` is what waveforms show of the layer `rnn`: the new value as soon as it is there. `rnn` alone is what the layer
 * gives to others. A signal that is not yet evaluated in this time step has no value.
 */
export function namedValues(timeline: Timeline, position: number, frame?: string): readonly NamedValue[] {
  const own = frame === undefined ? [] : localValues(timeline, position, frame);
  const others = timeline.network.layers.flatMap((layer) => qualifiedValues(timeline, position, layer));
  const inputs = timeline.recording.inputs.map(({ name }) => inputNumber(timeline, position, name));
  const known = new Map<string, NamedValue>();
  for (const value of [...own, ...others, ...inputs])
    if (!known.has(value.name)) known.set(value.name, value);
  return [...known.values()];
}

/** The names of a layer's cell as its equations use them. */
export function localValues(timeline: Timeline, position: number, frame: string): readonly NamedValue[] {
  const layer = layerOf(timeline, frame);
  const cell = layer && cellOf(timeline.design, layer);
  if (layer === undefined) return [];
  if (cell === undefined) return inputValues(timeline, position, layer);
  const states = cell.states.flatMap(({ name }) => {
    const next = signalValue(timeline, position, frame, name);
    return next
      ? [previousValue(timeline, position, layer, cell, name, next), { ...next, name: `${name}'` }]
      : [];
  });
  return [...inputValues(timeline, position, layer), ...states, ...equationValues(timeline, position, layer)];
}

/** The equations of a layer that define no state. */
export function equationValues(
  timeline: Timeline,
  position: number,
  layer: LayerDesign,
): readonly NamedValue[] {
  const states = new Set(cellOf(timeline.design, layer)?.states.map(({ name }) => name));
  return timeline.recording.signals
    .filter((signal) => signal.layer === layer.name && !states.has(signal.signal))
    .flatMap(({ signal }) => signalValue(timeline, position, layer.name, signal) ?? []);
}

/** What drives a layer: the outputs of other layers and the network's inputs, on hardware as the voltages that they are. */
export function inputValues(timeline: Timeline, position: number, layer: LayerDesign): readonly NamedValue[] {
  const names = cellOf(timeline.design, layer)?.inputs.map(({ name }) => name) ?? layer.inputs;
  return layer.inputs.map((source, at) => {
    const number = timeline.recording.inputs.some(({ name }) => name === source);
    const value = number
      ? asVoltage(timeline, inputNumber(timeline, position, source))
      : layerValue(timeline, position, source);
    return { ...value, name: names[at] ?? source };
  });
}

/** What a layer gives to others. */
export function layerValue(timeline: Timeline, position: number, name: string): NamedValue {
  const layer = layerOf(timeline, name);
  const cell = layer && cellOf(timeline.design, layer);
  const outputs = cell?.outputs.map((output) => output.name) ?? ['output'];
  const parts = outputs.flatMap((output) => signalValue(timeline, position, name, output) ?? []);
  const values = parts.flatMap((part) => (part.values ? [...part.values] : []));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const whole = parts.every((part) => part.values) ? { values: Float64Array.from(values) } : {};
  return { name, unit: parts.at(0)?.unit ?? '1', size, ...whole };
}

function qualifiedValues(timeline: Timeline, position: number, layer: LayerDesign): readonly NamedValue[] {
  const cell = cellOf(timeline.design, layer);
  const output = layerValue(timeline, position, layer.name);
  if (cell === undefined) return [output];
  const local = localValues(timeline, position, layer.name);
  const states = new Set(cell.states.map(({ name }) => name));
  return [
    output,
    ...local.map((value) => {
      const next = states.has(value.name) ? local.find(({ name }) => name === `${value.name}'`) : undefined;
      return { ...(next?.values ? next : value), name: `${layer.name}.${value.name}` };
    }),
  ];
}

/** A recorded signal under its own name. */
function signalValue(
  timeline: Timeline,
  position: number,
  layer: string,
  name: string,
): NamedValue | undefined {
  const signal = recordedSignal(timeline, layer, name);
  if (signal === undefined) return undefined;
  const { unit, size } = signal;
  const at = latestOf(timeline, position, layer, name);
  return { name, unit, size, ...(at === undefined ? {} : { values: valuesAt(signal, at) }) };
}

const recordedSignal = ({ recording }: Timeline, layer: string, name: string): RecordedSignal | undefined =>
  recording.signals.find((signal) => signal.layer === layer && signal.signal === name);

/** The time step of which a signal has its value by now, if it has one: that of the position. */
function latestOf(timeline: Timeline, position: number, layer: string, name: string): number | undefined {
  const { step } = timeline.stops[position];
  const own = [step, timeline.recording.steps - 1].find(
    (candidate) => timeline.positionOf(layer, name, candidate) !== undefined,
  );
  const at = own === undefined ? undefined : timeline.positionOf(layer, name, own);
  return at !== undefined && at <= position ? own : undefined;
}

function valuesAt({ values, size, steps }: RecordedSignal, step: number): Float64Array {
  const at = steps === 1 ? 0 : step;
  return values.subarray(at * size, (at + 1) * size);
}

/** The state as the time step before left it; before the first one, its initial value. */
function previousValue(
  timeline: Timeline,
  position: number,
  layer: LayerDesign,
  cell: CellDesign,
  state: string,
  { unit, size }: NamedValue,
): NamedValue {
  const signal = recordedSignal(timeline, layer.name, state);
  const reverse = layer.kind === 'cell' && layer.reverse;
  const { stops, recording } = timeline;
  const before = stops[position].step + (reverse ? 1 : -1);
  const initial = cell.states.find(({ name }) => name === state)?.initial ?? 0;
  const isFirst = before < 0 || before >= recording.steps;
  const values =
    isFirst || signal === undefined
      ? new Float64Array(size).fill(initial * recording.scale)
      : valuesAt(signal, before);
  return { name: state, unit, size, values };
}

function inputNumber({ recording, stops }: Timeline, position: number, name: string): NamedValue {
  const input = recording.inputs.find((one) => one.name === name);
  if (input === undefined) return { name, unit: '1', size: 1 };
  const from = stops[position].step * input.size;
  return { name, unit: '1', size: input.size, values: input.values.subarray(from, from + input.size) };
}

function asVoltage({ recording }: Timeline, value: NamedValue): NamedValue {
  if (recording.run === 'ideal') return value;
  return { ...value, unit: 'V', values: value.values?.map((number) => number * recording.scale) };
}
