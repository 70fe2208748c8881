// The schematic: boxes within boxes, their wires, and the ways to the text.
import type { Box, Domain } from '../../schematic/box.ts';
import { everyBox, openAtFirst } from '../../schematic/find.ts';
import { layOut, type PlacedBox } from '../../schematic/layout.ts';
import type {
  FromSchematic,
  Moment,
  SchematicState,
  ToSchematic,
  ViewBox,
} from '../../schematic/messages.ts';
import { element } from '../element.ts';
import { acquireHost } from '../host.ts';
import { onThemeChange } from '../theme.ts';
import { isDirection, neighbour, spotsOf } from './navigate.ts';
import { paint, shape } from './paint.ts';
import { svg, svgFile } from './svg.ts';

type Drawing = Extract<ToSchematic, { kind: 'drawing' }>;

const host = acquireHost<SchematicState, FromSchematic>();
const root = document.getElementById('schematic') ?? document.body;
const bar = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Schematic' });
const status = element('p', { class: 'hint status', role: 'status' });
const sheet = svg('g', { class: 'sheet', role: 'tree', 'aria-label': 'Schematic' });
const canvas = svg('svg', { class: 'canvas' }, sheet);
const noMoment: Moment = { text: '', active: [], values: {} };

let drawing: Drawing | undefined;
let placed: PlacedBox | undefined;
let open: ReadonlySet<string> = new Set();
let view: ViewBox = { x: 0, y: 0, scale: 1 };
let marked: ReadonlySet<string> = new Set();
let moment = noMoment;
let stale = '';
let focused: string | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToSchematic>) => {
  if (data.kind === 'drawing') return show(data);
  if (data.kind === 'marked') marked = new Set(data.ids);
  else if (data.kind === 'moment') moment = data;
  else stale = data.message;
  if (drawing === undefined) root.replaceChildren(element('p', { class: 'hint' }, stale));
  else draw();
});
window.addEventListener('error', ({ message }) => host.postMessage({ kind: 'broken', message }));
onThemeChange(draw);
host.postMessage({ kind: 'loaded' });

function show(next: Drawing): void {
  const kept = host.getState();
  const isFirst = drawing === undefined;
  const { uri, network, hardware } = next.shown;
  const isSame = kept?.shown.uri === uri && kept.shown.network === network;
  const looksSame = isSame && kept?.shown.hardware === hardware;
  if (isFirst || !isSame) open = new Set((isSame ? kept?.open : undefined) ?? openAtFirst(next.box));
  drawing = next;
  stale = '';
  if (!root.contains(canvas)) root.replaceChildren(bar, canvas, status);
  fillBar(next);
  draw();
  if (isFirst || !looksSame) setView((isFirst && looksSame ? kept?.view : undefined) ?? fitting());
  keep();
}

function draw(): void {
  if (drawing === undefined) return;
  placed = layOut(drawing.box, open);
  const active = new Set(moment.active);
  // What is drawn anew must not take the focus from who works with the keyboard.
  const hadFocus = sheet.contains(document.activeElement);
  sheet.replaceChildren(paint(placed, { marked, active, values: moment.values }));
  const all = [...sheet.querySelectorAll<SVGGElement>('g.box')];
  const current = all.find(({ dataset }) => dataset.id === focused) ?? all[0];
  current?.setAttribute('tabindex', '0');
  if (hadFocus) current?.focus({ preventScroll: true });
  const { shown } = drawing;
  const what =
    shown.hardware === undefined ? 'The equations as they stand.' : `As ${shown.hardware} realises it.`;
  status.textContent = stale || moment.text || what;
  status.classList.toggle('stale', stale !== '');
  const wires = sheet.querySelectorAll('.wire').length;
  host.postMessage({ kind: 'drawn', boxes: all.length, wires, marked: [...marked] });
}

function fillBar({ networks, hardware, shown }: Drawing): void {
  bar.replaceChildren(
    choice('Network', networks, shown.network, (network) =>
      host.postMessage({ kind: 'choose', shown: { ...shown, network } }),
    ),
    choice('Realisation', ['ideal', ...hardware], shown.hardware ?? 'ideal', (name) =>
      host.postMessage({
        kind: 'choose',
        shown: { ...shown, hardware: name === 'ideal' ? undefined : name },
      }),
    ),
    button('Open all', () =>
      setOpen(
        everyBox(drawing?.box as Box)
          .filter(({ content }) => content)
          .map(({ id }) => id),
      ),
    ),
    button('Close all', () => setOpen(drawing ? [drawing.box.id] : [])),
    button('Fit', () => setView(fitting())),
    button('+', () => zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, 1.25), 'Zoom in'),
    button('−', () => zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, 0.8), 'Zoom out'),
    button('SVG', exportSvg, 'Export as SVG'),
    legend(
      hardware.length > 0 && shown.hardware !== undefined ? ['voltage', 'current', 'digital'] : ['number'],
    ),
  );
}

function legend(domains: readonly Domain[]): HTMLElement {
  const entries = domains.map((domain) => {
    const mark = svg('svg', { class: 'key', width: 30, height: 14, 'aria-hidden': 'true' });
    const line = svg('g', { class: `wire ${domain}` }, svg('path', { d: 'M 0 7 L 30 7' }));
    mark.append(line, shape(domain, { x: 15, y: 7 }));
    return element('span', { class: 'entry' }, mark, domain);
  });
  return element('span', { class: 'legend', role: 'group', 'aria-label': 'Domains' }, ...entries);
}

function choice(
  label: string,
  texts: readonly string[],
  chosen: string | undefined,
  choose: (text: string) => void,
): HTMLElement {
  const made = element(
    'select',
    { 'aria-label': label },
    ...texts.map((text) => element('option', { value: text }, text)),
  );
  made.selectedIndex = Math.max(0, texts.indexOf(chosen ?? ''));
  made.addEventListener('change', () => choose(texts[made.selectedIndex]));
  return made;
}

function button(text: string, press: () => void, label = text): HTMLElement {
  const made = element('button', { 'aria-label': label, title: label }, text);
  made.addEventListener('click', press);
  return made;
}

function exportSvg(): void {
  if (placed === undefined) return;
  const background = getComputedStyle(document.body).backgroundColor;
  host.postMessage({
    kind: 'export',
    svg: svgFile(sheet, placed.width + 10, placed.height + 10, background),
  });
}

function setOpen(ids: readonly string[]): void {
  open = new Set(ids);
  draw();
  keep();
}

/** Opens or closes a box, which stays where it is on the screen. */
function toggle(id: string): void {
  const before = placed && spotsOf(placed).find((spot) => spot.id === id);
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  setOpen([...next]);
  const after = placed && spotsOf(placed).find((spot) => spot.id === id);
  if (before && after)
    setView({
      ...view,
      x: view.x + (before.x - after.x) * view.scale,
      y: view.y + (before.y - after.y) * view.scale,
    });
  focusOn(id);
}

function boxOf(id: string): Box | undefined {
  return drawing && everyBox(drawing.box).find((box) => box.id === id);
}

function reveal(id: string): void {
  const origin = boxOf(id)?.origins.at(0);
  if (origin) host.postMessage({ kind: 'reveal', origin });
}

function focusOn(id: string): void {
  focused = id;
  for (const box of sheet.querySelectorAll<SVGGElement>('g.box'))
    box.setAttribute('tabindex', box.dataset.id === id ? '0' : '-1');
  sheet.querySelector<SVGGElement>(`g.box[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

function setView(next: ViewBox): void {
  view = next;
  sheet.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
  keep();
}

function fitting(): ViewBox {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (placed === undefined || width === 0) return { x: 0, y: 0, scale: 1 };
  const scale = Math.min(1.4, (width - 40) / placed.width, (height - 40) / placed.height);
  return { x: (width - placed.width * scale) / 2, y: (height - placed.height * scale) / 2, scale };
}

function zoomAt(x: number, y: number, factor: number): void {
  const scale = Math.min(4, Math.max(0.1, view.scale * factor));
  const ratio = scale / view.scale;
  setView({ x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio, scale });
}

function keep(): void {
  if (drawing) host.setState({ shown: drawing.shown, open: [...open], view });
}

const boxAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<SVGGElement>('g.box')?.dataset.id : undefined;

canvas.addEventListener('click', ({ target }) => {
  const id = boxAt(target);
  if (id === undefined || dragged) return;
  if (target instanceof Element && target.closest('.toggle')) return toggle(id);
  focusOn(id);
  reveal(id);
});
canvas.addEventListener('dblclick', ({ target }) => {
  const id = boxAt(target);
  if (id !== undefined && boxOf(id)?.content) toggle(id);
});
canvas.addEventListener('keydown', (event) => {
  const id = boxAt(event.target);
  const spots = placed ? spotsOf(placed) : [];
  const from = spots.find((spot) => spot.id === id);
  if (id === undefined || from === undefined) return;
  if (isDirection(event.key)) {
    const next = neighbour(spots, from, event.key);
    if (next) focusOn(next.id);
  } else if (event.key === 'Enter') reveal(id);
  else if (event.key === ' ') {
    if (boxOf(id)?.content) toggle(id);
  } else if (event.key === 'Escape') {
    if (from.parent) focusOn(from.parent);
  } else if (event.key === 'Home') focusOn(spots[0].id);
  else return;
  event.preventDefault();
});
canvas.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    const { left, top } = canvas.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey)
      zoomAt(event.clientX - left, event.clientY - top, Math.exp(-event.deltaY / 200));
    else setView({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
  },
  { passive: false },
);

let dragged = false;
canvas.addEventListener('pointerdown', (event) => {
  dragged = false;
  const start = { ...view, left: event.clientX, top: event.clientY };
  const drag = ({ clientX, clientY }: PointerEvent) => {
    const [dx, dy] = [clientX - start.left, clientY - start.top];
    dragged ||= Math.hypot(dx, dy) > 4;
    if (dragged) setView({ x: start.x + dx, y: start.y + dy, scale: start.scale });
  };
  window.addEventListener('pointermove', drag);
  window.addEventListener('pointerup', () => window.removeEventListener('pointermove', drag), { once: true });
});
