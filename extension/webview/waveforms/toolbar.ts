import type { FamilySummary } from '../../results/family-series.ts';
import type { Layout, WaveformsState } from '../../waveforms/view.ts';
import { element } from '../element.ts';
import { memberTitle } from './member.ts';

export interface ToolbarActions {
  series(id: string): void;
  layout(layout: Layout): void;
  snap(snap: WaveformsState['snap']): void;
  fit(): void;
  addCursor(): void;
  addLevel(): void;
  toggle(part: 'measures' | 'spectrum' | 'members'): void;
  pick(member: number | undefined): void;
  overlay(): void;
  import(): void;
  export(format: string): void;
}

const layouts = { signal: 'Lane per signal', trace: 'Lane per trace', unit: 'Lane per unit' };
const snaps = {
  none: 'No snap',
  sample: 'Snap to samples',
  extremum: 'Snap to extrema',
  edge: 'Snap to edges',
};
const formats = {
  png: 'PNG picture',
  svg: 'SVG picture',
  csv: 'CSV of what is visible',
  vcd: 'VCD of what is visible',
  raw: 'ngspice raw file of what is visible',
};

/** What can be done with the view, in words that a screen reader reads. */
export function toolbar(
  state: WaveformsState,
  series: Readonly<Record<string, string>>,
  family: FamilySummary | undefined,
  actions: ToolbarActions,
): HTMLElement {
  return element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Waveforms' },
    ...(Object.keys(series).length > 1 ? [choice('Series', series, state.series ?? '', actions.series)] : []),
    choice('Layout', layouts, state.layout, actions.layout),
    choice('Snap', snaps, state.snap, actions.snap),
    button('Fit', 'Show all (Home)', actions.fit),
    button('+ Cursor', 'Add a vertical cursor (c)', actions.addCursor),
    button('+ Level', 'Add a horizontal cursor (Alt+click in a lane)', actions.addLevel),
    toggle('Measures', state.measures, () => actions.toggle('measures')),
    toggle('Spectrum', state.spectrum, () => actions.toggle('spectrum')),
    ...(family ? familyTools(state, family, actions) : []),
    button('Overlay …', 'Lay another run over this one', actions.overlay),
    button('Import CSV …', 'Lay measured data over this run', actions.import),
    exporter(actions),
  );
}

/** Of a family: all members as curves, and one of them picked out. */
function familyTools(
  state: WaveformsState,
  family: FamilySummary,
  actions: ToolbarActions,
): readonly HTMLElement[] {
  // Keys of digits alone would come before all others.
  const members = Object.fromEntries(
    family.members.map((member, at) => [`member ${at}`, memberTitle(family, member)]),
  );
  const chosen = state.member === undefined ? 'none' : `member ${state.member}`;
  return [
    toggle('Members', state.members, () => actions.toggle('members')),
    choice('Member', { none: 'No member', ...members }, chosen, (key) =>
      actions.pick(key === 'none' ? undefined : Number(key.slice('member '.length))),
    ),
  ];
}

function button(text: string, title: string, act: () => void): HTMLElement {
  const made = element('button', { title }, text);
  made.addEventListener('click', act);
  return made;
}

function toggle(text: string, pressed: boolean, act: () => void): HTMLElement {
  const made = element('button', { 'aria-pressed': String(pressed) }, text);
  made.addEventListener('click', act);
  return made;
}

function choice<Key extends string>(
  label: string,
  options: Readonly<Record<Key, string>>,
  chosen: Key,
  choose: (key: Key) => void,
): HTMLElement {
  const keys = Object.keys(options) as Key[];
  const items = keys.map((key) => element('option', { value: key }, options[key]));
  const made = element('select', { 'aria-label': label }, ...items);
  made.value = chosen;
  made.addEventListener('change', () => choose(keys[made.selectedIndex]));
  return made;
}

function exporter(actions: ToolbarActions): HTMLElement {
  const items = Object.entries(formats).map(([value, text]) => element('option', { value }, text));
  const made = element(
    'select',
    { 'aria-label': 'Export' },
    element('option', { value: '' }, 'Export …'),
    ...items,
  );
  made.addEventListener('change', () => {
    if (made.value !== '') actions.export(made.value);
    made.value = '';
  });
  return made;
}
