import type { Origin } from '@memloom/sim-core';
import { formatQuantity } from '../webview/numbers.ts';
import { formatValues, typeText } from './format.ts';
import { cellOf, layerOf, type Timeline } from './timeline.ts';
import {
  equationValues,
  inputValues,
  layerValue,
  localValues,
  type NamedValue,
  namedValues,
} from './values.ts';

/** A level of the hierarchy above a position: the equation first, the network last. */
export interface Frame {
  readonly name: string;
  readonly origin?: Origin;
  /** The layer whose names are meant here; undefined in the network's frame. */
  readonly layer?: string;
  readonly kind: 'equation' | 'cell' | 'layer' | 'phase' | 'network';
}

export function framesAt(timeline: Timeline, position: number): readonly Frame[] {
  const { design, network, recording, stops } = timeline;
  const { layer: name, signal, next, step, phase, origin } = stops[position];
  const layer = layerOf(timeline, name);
  const cell = layer && cellOf(design, layer);
  const frames: Frame[] = [];
  if (cell)
    frames.push(
      { kind: 'equation', name: `${name}.${signal}${next ? "'" : ''}`, origin, layer: name },
      { kind: 'cell', name: `cell ${cell.name}`, origin: cell.origin, layer: name },
    );
  frames.push({ kind: 'layer', name: `layer ${name}`, origin: layer?.origin, layer: name });
  if (phase !== undefined && recording.phases[phase])
    frames.push({ kind: 'phase', name: phaseText(timeline, phase), layer: undefined });
  const where = `time step ${step + 1} of ${recording.steps}`;
  frames.push({ kind: 'network', name: `network ${network.name}, ${where}`, origin: network.origin });
  return frames;
}

function phaseText({ recording }: Timeline, phase: number): string {
  const { phases } = recording;
  const { name, duration } = phases[phase];
  return `phase ${phase + 1} of ${phases.length}: ${name}, ${formatQuantity(duration, 's')}`;
}

/** A value as the editor shows it; `children` are what it is made of. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** How to name it in an expression. */
  readonly path?: string;
  readonly indexed?: number;
  readonly children?: () => readonly Variable[];
}

/** A group of variables of a frame. */
export interface Scope {
  readonly name: string;
  /** Many values that few will look at. */
  readonly expensive: boolean;
  readonly variables: () => readonly Variable[];
}

export function scopesOf(timeline: Timeline, position: number, frame: Frame): readonly Scope[] {
  if (frame.layer === undefined) return networkScopes(timeline, position);
  const { layer } = frame;
  const scopes = layerScopes(timeline, position, layer);
  if (frame.kind !== 'equation') return scopes;
  return [equationScope(timeline, position, layer), ...scopes];
}

/** The value of the equation that the position is at, and all that it is computed from. */
function equationScope(timeline: Timeline, position: number, layerName: string): Scope {
  const { signal, next } = timeline.stops[position];
  const layer = layerOf(timeline, layerName);
  const equation = layer && cellOf(timeline.design, layer)?.equations.find(({ name }) => name === signal);
  const used = new Set(equation ? namesIn(equation.value) : []);
  const local = localValues(timeline, position, layerName);
  const own = local.filter(({ name }) => name === `${signal}${next ? "'" : ''}`);
  const operands = local.filter((value) => used.has(value.name) && !own.includes(value));
  return scope('Equation', () => [...own, ...operands].map((value) => variableOf(value)));
}

/** Names of references anywhere within an expression, as they are written. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { op, name, next } = value as { op?: unknown; name?: unknown; next?: unknown };
  if (op === 'reference' && typeof name === 'string') return [next === true ? `${name}'` : name];
  return Object.values(value).flatMap(namesIn);
}

function layerScopes(timeline: Timeline, position: number, name: string): readonly Scope[] {
  const layer = layerOf(timeline, name);
  if (layer === undefined) return [];
  const inputs = () => inputValues(timeline, position, layer);
  const states = () => {
    const others = new Set(
      [...inputs(), ...equationValues(timeline, position, layer)].map((one) => one.name),
    );
    return localValues(timeline, position, name).filter((value) => !others.has(value.name));
  };
  const isCell = cellOf(timeline.design, layer) !== undefined;
  return [
    scope('Inputs', () => inputs().map((value) => variableOf(value))),
    isCell
      ? scope('Equations', () => equationValues(timeline, position, layer).map((value) => variableOf(value)))
      : scope('Output', () => [variableOf(layerValue(timeline, position, name))]),
    ...(isCell ? [scope('States', () => states().map((value) => variableOf(value)))] : []),
    { ...scope('Parameters', () => parametersOf(timeline, name)), expensive: true },
  ];
}

function networkScopes(timeline: Timeline, position: number): readonly Scope[] {
  const { network, recording } = timeline;
  const inputs = new Set(recording.inputs.map(({ name }) => name));
  return [
    scope('Inputs', () =>
      namedValues(timeline, position)
        .filter(({ name }) => inputs.has(name))
        .map((value) => variableOf(value)),
    ),
    scope('Layers', () =>
      network.layers.map(({ name }) => {
        const output = variableOf(layerValue(timeline, position, name));
        return { ...output, indexed: undefined, children: () => layerVariables(timeline, position, name) };
      }),
    ),
  ];
}

const layerVariables = (timeline: Timeline, position: number, layer: string): readonly Variable[] =>
  layerScopes(timeline, position, layer).map(({ name, variables }) => ({
    name,
    value: '',
    children: () => variables().map((variable) => qualified(variable, layer)),
  }));

/** A variable of a layer as it is named outside of it; what only its own equations can name has no path there. */
const qualified = (variable: Variable, layer: string): Variable => ({
  ...variable,
  path: variable.path === undefined ? undefined : `${layer}.${variable.path}`,
});

const scope = (name: string, variables: Scope['variables']): Scope => ({ name, expensive: false, variables });

function variableOf({ name, unit, size, values }: NamedValue): Variable {
  const type = typeText(unit, size);
  if (values === undefined) return { name, value: 'not evaluated yet', type, path: name };
  return {
    name,
    type,
    path: name,
    value: formatValues(values, unit),
    ...(size > 1 ? { indexed: size, children: () => unitsOf(values, unit, (at) => `${name}[${at}]`) } : {}),
  };
}

/** The units of a value one by one. */
export const unitsOf = (
  values: Float64Array,
  unit: string,
  path?: (unit: number) => string,
): readonly Variable[] =>
  Array.from(values, (value, at) => ({
    name: `[${at}]`,
    value: formatQuantity(value, unit),
    type: typeText(unit, 1),
    path: path?.(at),
  }));

/** The weights of a layer: a matrix has a row for each unit. */
function parametersOf({ recording }: Timeline, layer: string): readonly Variable[] {
  return recording.weights
    .filter(({ name }) => name.startsWith(`${layer}.`))
    .map(({ name, shape, values }) => {
      const [rows, columns = 1] = shape;
      const row = (at: number) => values.subarray(at * columns, (at + 1) * columns);
      return {
        name: name.slice(layer.length + 1),
        value: formatValues(values, '1'),
        type: shape.join(' × '),
        indexed: rows,
        children: () =>
          columns === 1 && shape.length === 1
            ? unitsOf(values, '1')
            : Array.from({ length: rows }, (_, at) => ({
                name: `[${at}]`,
                value: formatValues(row(at), '1'),
                indexed: columns,
                children: () => unitsOf(row(at), '1'),
              })),
      };
    });
}
