import { frameAt, type Geometry, toPixelX, toPixelY, toValue, toX } from './geometry.ts';
import type { Box } from './paint-cursors.ts';

/** What the pointer and the keyboard ask for; the chart's owner does it. */
export interface ChartActions {
  /** Shows a part of the abscissa, and of a lane's values where `scale` is given. */
  zoom(
    from: number,
    to: number,
    scale?: { readonly lane: string; readonly from: number; readonly to: number },
  ): void;
  fit(): void;
  /** Moves a cursor, or makes one where there is none; `settled` once the pointer lets go. */
  moveCursor(index: number, at: number, settled: boolean): void;
  moveLevel(index: number, at: number): void;
  addCursor(at: number): void;
  addLevel(lane: string, at: number): void;
  removeCursor(): void;
  /** By so many samples, or to the next extremum or edge, as the snap says. */
  stepCursor(direction: 1 | -1): void;
  reveal(trace: string): void;
  /** Picks out the curve of a family at a point of the drawing. */
  pick(x: number, y: number): void;
  box(box: Box | undefined): void;
  cursors(): readonly { readonly at: number }[];
  levels(): readonly { readonly at: number; readonly lane: string }[];
}

/** Pixels that the pointer may move before a click is a drag. */
const slack = 4;
/** Pixels around a line within which it can be taken. */
const reach = 5;

type Drag =
  | { readonly kind: 'cursor'; readonly index: number }
  | { readonly kind: 'level'; readonly index: number }
  | { readonly kind: 'pan'; readonly range: Geometry['range'] }
  | { readonly kind: 'box' };

/**
 * Drag draws a box to zoom into; with Shift it moves the view; on a cursor or level it moves that. The wheel zooms, with
 * Shift it moves. A click places the first cursor and picks out the member of a family under it, with Shift it places the second
 * cursor, with Alt a level. A click on a legend reveals its text. A double click shows all.
 */
export function followPointer(surface: HTMLElement, geometry: () => Geometry, actions: ChartActions): void {
  let drag: { readonly what: Drag; readonly x: number; readonly y: number; moved: boolean } | undefined;
  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 && event.button !== 1) return;
    surface.setPointerCapture(event.pointerId);
    const { offsetX: x, offsetY: y } = event;
    drag = {
      what: whatIsAt(geometry(), actions, x, y, event.shiftKey || event.button === 1),
      x,
      y,
      moved: false,
    };
  });
  surface.addEventListener('pointermove', (event) => {
    const { offsetX: x, offsetY: y } = event;
    const place = geometry();
    if (drag === undefined) {
      surface.style.cursor = shapeOf(whatIsAt(place, actions, x, y, false));
      return;
    }
    if (Math.hypot(x - drag.x, y - drag.y) > slack) drag.moved = true;
    if (drag.moved) dragTo(drag.what, place, actions, drag, { x, y });
  });
  surface.addEventListener('pointerup', (event) => {
    const ended = drag;
    drag = undefined;
    if (ended === undefined) return;
    const { offsetX: x, offsetY: y } = event;
    actions.box(undefined);
    const place = geometry();
    if (!ended.moved) return click(place, actions, event);
    if (ended.what.kind === 'cursor') actions.moveCursor(ended.what.index, toX(place, x), true);
    if (ended.what.kind === 'box') zoomInto(place, actions, boxOf(ended, { x, y }, place));
  });
  surface.addEventListener('dblclick', () => actions.fit());
  surface.addEventListener(
    'wheel',
    (event) => {
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      // Without a modifier a page that is longer than the window scrolls.
      if (!sideways && !event.ctrlKey && !event.metaKey && isScrollable(surface)) return;
      event.preventDefault();
      const place = geometry();
      const { from, to } = place.range;
      if (sideways) {
        const by = ((event.deltaX || event.deltaY) / (place.right - place.left)) * (to - from);
        return actions.zoom(from + by, to + by);
      }
      const factor = Math.exp(event.deltaY / 400);
      const at = toX(place, event.offsetX);
      actions.zoom(at - (at - from) * factor, at + (to - at) * factor);
    },
    { passive: false },
  );
  surface.addEventListener('keydown', (event) => onKey(event, geometry(), actions));
}

const isScrollable = (surface: HTMLElement) => {
  const holder = surface.parentElement?.parentElement;
  return holder != null && holder.scrollHeight > holder.clientHeight + 1;
};

function whatIsAt(place: Geometry, actions: ChartActions, x: number, y: number, pan: boolean): Drag {
  if (pan) return { kind: 'pan', range: place.range };
  const cursor = actions.cursors().findIndex(({ at }) => Math.abs(toPixelX(place, at) - x) <= reach);
  if (cursor >= 0) return { kind: 'cursor', index: cursor };
  const level = actions.levels().findIndex(({ at, lane }) => {
    const frame = place.frames.find((one) => one.lane.key === lane);
    return frame !== undefined && Math.abs(toPixelY(frame, at) - y) <= reach;
  });
  return level >= 0 ? { kind: 'level', index: level } : { kind: 'box' };
}

const shapeOf = ({ kind }: Drag) =>
  ({ cursor: 'ew-resize', level: 'ns-resize', pan: 'grabbing', box: 'crosshair' })[kind];

interface Point {
  readonly x: number;
  readonly y: number;
}

function dragTo(what: Drag, place: Geometry, actions: ChartActions, from: Point, to: Point): void {
  if (what.kind === 'cursor') actions.moveCursor(what.index, toX(place, to.x), false);
  else if (what.kind === 'box') actions.box(boxOf(from, to, place));
  else if (what.kind === 'level') {
    const { lane } = actions.levels()[what.index];
    const frame = place.frames.find((one) => one.lane.key === lane);
    if (frame !== undefined) actions.moveLevel(what.index, toValue(frame, to.y));
  } else {
    const { range } = what;
    const by = ((from.x - to.x) / (place.right - place.left)) * (range.to - range.from);
    actions.zoom(range.from + by, range.to + by);
  }
}

/** A box that is not higher than a finger's width takes the whole height. */
function boxOf(from: Point, to: Point, { left, right, axisTop }: Geometry): Box {
  const x = Math.max(left, Math.min(from.x, to.x));
  const width = Math.min(right, Math.max(from.x, to.x)) - x;
  const flat = Math.abs(from.y - to.y) < 16;
  return flat
    ? { x, y: 0, width, height: axisTop }
    : { x, y: Math.min(from.y, to.y), width, height: Math.abs(from.y - to.y) };
}

function zoomInto(place: Geometry, actions: ChartActions, box: Box): void {
  if (box.width < slack) return;
  const [from, to] = [toX(place, box.x), toX(place, box.x + box.width)];
  const frame = box.height === place.axisTop ? undefined : frameAt(place, box.y + box.height / 2);
  const scale = frame && {
    lane: frame.lane.key,
    from: Math.max(toValue(frame, box.y + box.height), frame.scale.from),
    to: Math.min(toValue(frame, box.y), frame.scale.to),
  };
  actions.zoom(from, to, scale);
}

function click(place: Geometry, actions: ChartActions, event: PointerEvent): void {
  const { offsetX: x, offsetY: y } = event;
  const frame = frameAt(place, y);
  const onTitle = frame && y < frame.top + 14 && x < place.left + 7 * frame.lane.title.length + 12;
  if (onTitle) actions.reveal(frame.lane.curves[0].name);
  else if (!event.altKey) {
    if (!event.shiftKey) actions.pick(x, y);
    actions.moveCursor(event.shiftKey ? 1 : 0, toX(place, x), true);
  } else if (frame !== undefined) actions.addLevel(frame.lane.key, toValue(frame, y));
}

/** The keyboard does what the mouse does. */
function onKey(event: KeyboardEvent, { range }: Geometry, actions: ChartActions): void {
  const { from, to } = range;
  const span = to - from;
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => actions.zoom(from + span / 4, to - span / 4),
    '-': () => actions.zoom(from - span / 2, to + span / 2),
    ArrowLeft: () => (event.shiftKey ? actions.zoom(from - span / 4, to - span / 4) : actions.stepCursor(-1)),
    ArrowRight: () => (event.shiftKey ? actions.zoom(from + span / 4, to + span / 4) : actions.stepCursor(1)),
    Home: () => actions.fit(),
    c: () => actions.addCursor((from + to) / 2),
    Delete: () => actions.removeCursor(),
    Backspace: () => actions.removeCursor(),
  };
  const action = event.ctrlKey || event.metaKey ? undefined : keys[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
