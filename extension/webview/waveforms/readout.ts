import type { Curve } from '../../waveforms/lane-layout.ts';
import type { Measures } from '../../waveforms/measure.ts';
import { element } from '../element.ts';
import { formatNumber, formatQuantity } from '../numbers.ts';
import { headRow, scrollingTable } from '../table.ts';
import type { ChartModel } from './geometry.ts';

/** Values of the curves, in the order of the lanes: [curve][cursor]. */
export type CursorValues = readonly (readonly number[])[];

export interface ReadoutActions {
  reveal(trace: string): void;
}

/** The value of every curve at every cursor, the differences to the first cursor, and the levels. */
export function cursorTable(
  model: ChartModel,
  values: CursorValues,
  actions: ReadoutActions,
): HTMLElement | undefined {
  const { cursors, levels } = model.state;
  if (cursors.length === 0 && levels.length === 0) return undefined;
  const parts: HTMLElement[] = [];
  if (cursors.length > 0) parts.push(valuesTable(model, values, actions));
  if (levels.length > 0) parts.push(levelsTable(model));
  return element('section', { 'aria-label': 'Cursors', id: 'cursors' }, ...parts);
}

function valuesTable(model: ChartModel, values: CursorValues, actions: ReadoutActions): HTMLElement {
  const { cursors } = model.state;
  const unit = model.sources[0]?.series.xUnit ?? '';
  const [first, ...others] = cursors;
  const times = cursors.map(({ name, at }) => `${name} ${formatQuantity(at, unit)}`);
  const gaps = others.map(({ name, at }) => {
    const gap = at - first.at;
    // Per step and second, as the abscissa has it.
    const inverse = unit === 's' ? formatQuantity(1 / gap, 'Hz') : `${formatNumber(1 / gap)} /${unit || '1'}`;
    return `Δ${name}−${first.name} ${formatQuantity(gap, unit)}, 1/Δ ${gap === 0 ? '–' : inverse}`;
  });
  const rows = curvesOf(model).map((curve, at) => {
    const own = values[at] ?? [];
    const text = (value: number | undefined) =>
      value === undefined ? '' : formatQuantity(value, curve.unit);
    return row(
      curveName(model, curve, actions),
      ...cursors.map((_, cursor) => text(own[cursor])),
      ...others.map((_, other) => text(own[other + 1] - own[0])),
    );
  });
  return scrollingTable('Values at the cursors', headRow(['trace', ...times, ...gaps]), body(rows));
}

function levelsTable({ state, lanes }: ChartModel): HTMLElement {
  const rows = state.levels.map(({ name, at, lane }, index) => {
    const { title = '', unit = '' } = lanes.find(({ key }) => key === lane) ?? {};
    const first = state.levels.find((other) => other.lane === lane);
    const gap =
      first === undefined || state.levels.indexOf(first) === index ? '' : formatQuantity(at - first.at, unit);
    return row(element('th', { scope: 'row' }, `${name} in ${title}`), formatQuantity(at, unit), gap);
  });
  return scrollingTable('Levels', headRow(['level', 'value', 'Δ to the first of its lane']), body(rows));
}

const measured: readonly (readonly [string, (measures: Measures, unit: string, xUnit: string) => string])[] =
  [
    ['min', ({ minimum }, unit) => formatQuantity(minimum, unit)],
    ['max', ({ maximum }, unit) => formatQuantity(maximum, unit)],
    ['mean', ({ mean }, unit) => formatQuantity(mean, unit)],
    ['RMS', ({ rms }, unit) => formatQuantity(rms, unit)],
    ['step', ({ step }, unit) => formatQuantity(step, unit)],
    ['rise 10–90 %', ({ riseTime }, _unit, xUnit) => optional(riseTime, xUnit)],
    ['settling 2 %', ({ settlingTime }, _unit, xUnit) => optional(settlingTime, xUnit)],
    ['overshoot', ({ overshoot }) => (overshoot === undefined ? '–' : `${formatNumber(100 * overshoot)} %`)],
    ['integral', ({ integral }, unit, xUnit) => formatQuantity(integral, integralUnit(unit, xUnit))],
    [
      'energy (∫ square)',
      ({ energy }, unit, xUnit) => formatQuantity(energy, integralUnit(square(unit), xUnit)),
    ],
  ];

const optional = (value: number | undefined | null, unit: string) =>
  value === undefined || value === null ? '–' : formatQuantity(value, unit);
const square = (unit: string) => (unit === '' || unit === '1' ? unit : `${unit}²`);
const integralUnit = (unit: string, xUnit: string) =>
  unit === 'W' && xUnit === 's' ? 'J' : unit === '' || unit === '1' ? xUnit : `${unit}·${xUnit}`;

/** What the curves are within the visible part. */
export function measureTable(
  model: ChartModel,
  measures: readonly (Measures | null)[],
  actions: ReadoutActions,
): HTMLElement {
  const xUnit = model.sources[0]?.series.xUnit ?? '';
  const rows = curvesOf(model).map((curve, at) => {
    const own = measures[at];
    const cells = measured.map(([, show]) => (own ? show(own, curve.unit, xUnit) : '–'));
    return row(curveName(model, curve, actions), ...cells);
  });
  return element(
    'section',
    { 'aria-label': 'Measurements of the visible part', id: 'measures' },
    scrollingTable('Measurements', headRow(['trace', ...measured.map(([name]) => name)]), body(rows)),
  );
}

/** The curves that figures are of: not the edges of bands and what lies in them. */
export const curvesOf = ({ lanes }: ChartModel): readonly Curve[] =>
  lanes.flatMap(({ curves }) => curves.filter(({ role }) => role === 'line' || role === 'target'));

/** A name that reveals the text when it is chosen. */
function curveName({ sources }: ChartModel, { name, source }: Curve, actions: ReadoutActions): HTMLElement {
  const text = sources.length > 1 ? `${name} · ${sources[source].title}` : name;
  const button = element('button', { class: 'link', title: 'Show in the text' }, text);
  button.addEventListener('click', () => actions.reveal(name));
  return element('th', { scope: 'row' }, button);
}

const row = (head: HTMLElement, ...cells: readonly string[]) =>
  element('tr', {}, head, ...cells.map((cell) => element('td', {}, cell)));

const body = (rows: readonly HTMLElement[]) => element('tbody', {}, ...rows);
