import type { ColumnSummary, SeriesSummary } from '../../results/series.ts';
import { element } from '../element.ts';
import { type AskWindow, createPlot, type Plot } from './plot.ts';

export interface TracesOptions {
  readonly series: SeriesSummary;
  /** Names of the traces to show at first. */
  readonly chosen: readonly string[];
  readonly ask: AskWindow;
  /** Called with the names that are shown, when the user changes them. */
  choose(names: readonly string[]): void;
  drawn(): void;
}

export interface TracesView {
  readonly element: HTMLElement;
  plots(): readonly Plot[];
}

/** Waveforms: a picker with a filter, and one plot per unit, all with one cursor. */
export function createTraces({ series, chosen, ask, choose, drawn }: TracesOptions): TracesView {
  const shown = new Set(chosen.filter((name) => series.columns.some((column) => column.name === name)));
  const lanes = element('div', { class: 'lanes' });
  let plots: readonly Plot[] = [];
  const draw = () => {
    for (const plot of plots) plot.dispose();
    plots = unitsOf(series.columns, shown).map(({ unit, columns }) =>
      createPlot({ series, columns, label: unit === '1' ? 'number' : 'signal', sync: 'traces', ask, drawn }),
    );
    lanes.replaceChildren(...plots.map((plot) => plot.element));
    if (plots.length === 0) lanes.append(element('p', { class: 'hint' }, 'Choose a signal.'));
  };
  const toggle = (name: string, on: boolean) => {
    if (on) shown.add(name);
    else shown.delete(name);
    choose([...shown]);
    draw();
  };
  draw();
  return {
    element: element('div', { class: 'traces' }, picker(series.columns, shown, toggle), lanes),
    plots: () => plots,
  };
}

/** The traces that a first look wants: the states and outputs of the first unit on each network. */
export function firstChoice({ columns }: SeriesSummary): readonly string[] {
  const firstUnits = columns
    .map(({ name }) => name)
    .filter((name) => !/\[\d+\]$/.test(name) || name.endsWith('[0]'));
  const states = firstUnits.filter((name) => /\.[ch](\[0\])?$/.test(name));
  return (states.length > 0 ? states : firstUnits).slice(0, 6);
}

function picker(
  columns: readonly ColumnSummary[],
  shown: ReadonlySet<string>,
  toggle: (name: string, on: boolean) => void,
) {
  const filter = element('input', {
    type: 'search',
    placeholder: 'Filter signals',
    'aria-label': 'Filter signals',
  });
  const groups = groupsOf(columns).map(({ group, names }) => {
    const items = names.map((name) => {
      const box = element('input', { type: 'checkbox' });
      box.checked = shown.has(name);
      box.addEventListener('change', () => toggle(name, box.checked));
      return { name, row: element('label', {}, box, name.slice(group.length + 1) || name) };
    });
    const fold = element('details', {}, element('summary', {}, group), ...items.map(({ row }) => row));
    fold.open = names.some((name) => shown.has(name));
    return { fold, items };
  });
  filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    for (const { fold, items } of groups) {
      for (const { name, row } of items) row.hidden = !name.toLowerCase().includes(wanted);
      fold.hidden = items.every(({ row }) => row.hidden);
      if (wanted !== '') fold.open = true;
    }
  });
  return element(
    'div',
    { class: 'picker', role: 'group', 'aria-label': 'Signals' },
    filter,
    ...groups.map(({ fold }) => fold),
  );
}

/** Traces by what stands before the last dot: the network and the layer. */
function groupsOf(
  columns: readonly ColumnSummary[],
): readonly { readonly group: string; readonly names: readonly string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { name } of columns) {
    const group = name.slice(0, name.lastIndexOf('.'));
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, names]) => ({ group, names }));
}

/** The shown columns, together where their units agree. */
function unitsOf(columns: readonly ColumnSummary[], shown: ReadonlySet<string>) {
  const units = new Map<string, number[]>();
  columns.forEach(({ name, unit }, at) => {
    if (shown.has(name)) units.set(unit, [...(units.get(unit) ?? []), at]);
  });
  return [...units].map(([unit, indices]) => ({ unit, columns: indices }));
}
