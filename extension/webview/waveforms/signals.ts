import type { WaveformSource } from '../../waveforms/view.ts';
import { element } from '../element.ts';

export interface SignalActions {
  show(names: readonly string[], shown: boolean): void;
  step(name: string, stepped: boolean): void;
  remove(source: number): void;
}

/** The signals of all sources as a tree by the hierarchy of their names, with a filter. */
export function signalTree(
  sources: readonly WaveformSource[],
  shown: ReadonlySet<string>,
  stepped: ReadonlySet<string>,
  actions: SignalActions,
): HTMLElement {
  const filter = element('input', {
    type: 'search',
    placeholder: 'Filter signals',
    'aria-label': 'Filter signals',
  });
  const names = [...new Set(sources.flatMap(({ series }) => series.columns.map(({ name }) => name)))];
  const groups = groupsOf(names).map(({ group, members }) => {
    const items = members.map((name) => ({ name, row: signalRow(name, group, shown, stepped, actions) }));
    const all = element('input', { type: 'checkbox', 'aria-label': `All of ${group}` });
    const count = members.filter((name) => shown.has(name)).length;
    all.checked = count === members.length;
    all.indeterminate = count > 0 && count < members.length;
    all.addEventListener('change', () => actions.show(members, all.checked));
    const fold = element(
      'details',
      {},
      element('summary', {}, group || 'signals'),
      ...items.map(({ row }) => row),
    );
    fold.open = count > 0;
    return { fold, items, part: element('div', { class: 'group' }, all, fold) };
  });
  filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    for (const { fold, items, part } of groups) {
      for (const { name, row } of items) row.hidden = !name.toLowerCase().includes(wanted);
      part.hidden = items.every(({ row }) => row.hidden);
      if (wanted !== '') fold.open = true;
    }
  });
  return element(
    'div',
    { class: 'picker', role: 'group', 'aria-label': 'Signals' },
    filter,
    ...(sources.length > 1 ? [sourceList(sources, actions)] : []),
    ...groups.map(({ part }) => part),
  );
}

function signalRow(
  name: string,
  group: string,
  shown: ReadonlySet<string>,
  stepped: ReadonlySet<string>,
  actions: SignalActions,
): HTMLElement {
  const box = element('input', { type: 'checkbox' });
  box.checked = shown.has(name);
  box.addEventListener('change', () => actions.show([name], box.checked));
  const isStepped = stepped.has(name);
  const shape = element(
    'button',
    {
      class: 'shape',
      title: isStepped ? 'Drawn as steps; draw straight lines' : 'Drawn as straight lines; draw steps',
      'aria-label': `Draw ${name} as ${isStepped ? 'lines' : 'steps'}`,
    },
    isStepped ? '⎍' : '∕',
  );
  shape.addEventListener('click', () => actions.step(name, !isStepped));
  const short = name.slice(group === '' ? 0 : group.length + 1) || name;
  return element('div', { class: 'signal' }, element('label', {}, box, ` ${short}`), shape);
}

/** The runs that are laid over each other, the first of which is the view's own. */
function sourceList(sources: readonly WaveformSource[], actions: SignalActions): HTMLElement {
  const items = sources.map(({ title }, source) => {
    const remove = element(
      'button',
      { class: 'shape', 'aria-label': `Remove ${title}`, title: 'Remove' },
      '×',
    );
    remove.addEventListener('click', () => actions.remove(source));
    return element('li', {}, title, source === 0 ? undefined : remove);
  });
  return element('ol', { class: 'sources', 'aria-label': 'Overlaid runs' }, ...items);
}

/** Names by what stands before the last dot: the run and the layer. */
function groupsOf(names: readonly string[]) {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = name.slice(0, Math.max(0, name.lastIndexOf('.')));
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, members]) => ({ group, members }));
}
