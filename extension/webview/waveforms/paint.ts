import type { Curve } from '../../waveforms/lane-layout.ts';
import { formatQuantity, ticks } from '../numbers.ts';
import type { Pen, Stroke, TextStyle } from '../pen.ts';
import { type Theme, withAlpha } from '../theme.ts';
import {
  type ChartModel,
  columnOf,
  digitalHeight,
  type Frame,
  type Geometry,
  type SourceWindow,
  toPixelX,
  toPixelY,
} from './geometry.ts';

export interface Painting {
  readonly pen: Pen;
  readonly geometry: Geometry;
  readonly model: ChartModel;
  readonly theme: Theme;
  readonly windows: ReadonlyMap<number, SourceWindow>;
}

/** Everything but the cursors: lanes with axes, grid, curves and legends. */
export function paintLanes(painting: Painting): void {
  const { geometry, pen, theme } = painting;
  pen.rectangle(0, 0, geometry.width, geometry.height, theme.background);
  paintAbscissa(painting);
  paintDigital(painting);
  for (const frame of geometry.frames) paintFrame(painting, frame);
}

const small = (theme: Theme, align: TextStyle['align'], colour = theme.muted): TextStyle => ({
  colour,
  size: 11,
  family: theme.family,
  align,
});

function paintAbscissa({ pen, geometry, theme, model }: Painting): void {
  const { range, left, right, axisTop } = geometry;
  const { xName = '', xUnit = '' } = model.sources[0]?.series ?? {};
  for (const at of ticks(range.from, range.to, (right - left) / 90)) {
    const x = toPixelX(geometry, at);
    pen.line(x, 0, x, axisTop, { colour: theme.grid, width: 1 });
    pen.text(x, axisTop + 10, formatQuantity(at, xUnit === 'step' ? '' : xUnit), small(theme, 'center'));
  }
  const unit = xUnit === '' || xName.includes(xUnit) ? '' : ` (${xUnit})`;
  pen.text((left + right) / 2, axisTop + 26, `${xName}${unit}`, small(theme, 'center'));
}

function paintDigital({ pen, geometry, theme, windows }: Painting): void {
  const { left, right } = geometry;
  for (const [lane, { name, top }] of geometry.digital.entries()) {
    pen.text(left - 6, top + digitalHeight / 2, name, small(theme, 'right'));
    const held = windows.get(0)?.digital[lane];
    if (held === undefined) continue;
    pen.within(left, top, right - left, digitalHeight, () => {
      for (const [at, label] of held.labels.entries()) {
        const x0 = toPixelX(geometry, held.starts[at]);
        const x1 = at + 1 < held.starts.length ? toPixelX(geometry, held.starts[at + 1]) : right;
        pen.rectangle(x0 + 1, top + 3, Math.max(1, x1 - x0 - 2), digitalHeight - 6, theme.selection);
        const from = Math.max(left, x0);
        const to = Math.min(right, x1);
        if (label !== '' && to - from > 7 * label.length + 4)
          pen.text((from + to) / 2, top + digitalHeight / 2, label, small(theme, 'center', theme.text));
      }
    });
  }
}

function paintFrame(painting: Painting, frame: Frame): void {
  const { pen, geometry, theme } = painting;
  const { left, right } = geometry;
  const { top, bottom, lane, scale } = frame;
  for (const value of ticks(scale.from, scale.to, (bottom - top) / 34)) {
    const y = toPixelY(frame, value);
    pen.line(left, y, right, y, { colour: theme.grid, width: 1 });
    pen.text(left - 6, y, formatQuantity(value, lane.unit), small(theme, 'right'));
  }
  pen.line(left, bottom, right, bottom, { colour: theme.muted, width: 1 });
  pen.within(left, top, right - left, bottom - top, () => {
    for (const curve of lane.curves)
      if (curve.role === 'high') paintBand(painting, frame, curve);
      else if (curve.role !== 'low') paintCurve(painting, frame, curve);
    for (const curve of lane.curves)
      if (curve.member !== undefined && curve.member === painting.model.state.member)
        paintCurve(painting, frame, curve, picked(theme));
  });
  paintLegend(painting, frame);
}

/** Curves of later sources are dashed: the same trace of another run. */
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 3], [8, 3, 2, 3]];

export const curveStyle = (theme: Theme, { source, colour, role }: Curve): Stroke => ({
  colour:
    role === 'member'
      ? withAlpha(theme.lines[colour % theme.lines.length], 0.35)
      : theme.lines[colour % theme.lines.length],
  width: role === 'member' ? 0.8 : source === 0 ? 1.5 : 1.2,
  dash: dashes[source % dashes.length],
});

/** The member that is picked out lies over all others. */
const picked = ({ text }: Theme): Stroke => ({ colour: text, width: 2 });

/** The area below the upper edge of a band down to its lower edge. */
function paintBand({ pen, geometry, theme, windows }: Painting, frame: Frame, curve: Curve): void {
  const held = windows.get(curve.source);
  const edge = frame.lane.curves.find(
    ({ source, name, role }) => source === curve.source && name === curve.name && role === 'low',
  );
  const high = columnOf(held, curve.column);
  const low = edge && columnOf(held, edge.column);
  if (held === undefined || high === undefined || low === undefined) return;
  pen.area(
    held.window.x.map((x) => toPixelX(geometry, x)),
    low.map((value) => toPixelY(frame, value)),
    high.map((value) => toPixelY(frame, value)),
    withAlpha(curveStyle(theme, curve).colour, 0.22),
  );
}

function paintCurve(
  { pen, geometry, theme, model, windows }: Painting,
  frame: Frame,
  curve: Curve,
  style: Stroke = curveStyle(theme, curve),
): void {
  const held = windows.get(curve.source);
  const values = columnOf(held, curve.column);
  if (held === undefined || values === undefined) return;
  const { x } = held.window;
  const stepped = model.state.stepped.includes(curve.name);
  const points = stepped ? steppedPoints(x, values) : { x, y: values };
  const pixels = pixelBuffer(points.x.length);
  const { left, right, range } = geometry;
  const scaleX = (right - left) / (range.to - range.from);
  const scaleY = (frame.bottom - frame.top) / (frame.scale.to - frame.scale.from);
  for (let at = 0; at < points.x.length; at++) {
    pixels.x[at] = left + (points.x[at] - range.from) * scaleX;
    pixels.y[at] = frame.bottom - (points.y[at] - frame.scale.from) * scaleY;
  }
  pen.curve(pixels.x.subarray(0, points.x.length), pixels.y.subarray(0, points.x.length), style);
}

/** Drawing happens for each frame of an animation: its memory is kept. */
let buffer = { x: new Float64Array(0), y: new Float64Array(0) };

function pixelBuffer(length: number) {
  if (buffer.x.length < length) buffer = { x: new Float64Array(2 * length), y: new Float64Array(2 * length) };
  return buffer;
}

/** A point more before each sample, at the value before. */
function steppedPoints(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array } {
  const steppedX = new Float64Array(Math.max(0, 2 * x.length - 1));
  const steppedY = new Float64Array(steppedX.length);
  for (let at = 0; at < x.length; at++) {
    steppedX[2 * at] = x[at];
    steppedY[2 * at] = y[at];
    if (at + 1 === x.length) break;
    steppedX[2 * at + 1] = x[at + 1];
    steppedY[2 * at + 1] = y[at];
  }
  return { x: steppedX, y: steppedY };
}

/** The lane's title, and behind it the name of each curve in its colour. */
function paintLegend({ pen, geometry, theme, model }: Painting, { lane, top }: Frame): void {
  let x = geometry.left + 6;
  const several = model.sources.length > 1;
  const lines = lane.curves.filter(({ role }) => role === 'line' || role === 'target');
  const names = lines.map((curve) => {
    const source = several ? ` · ${model.sources[curve.source].title}` : '';
    return { text: `${shortName(curve.name, lane.title)}${source}`, colour: curveStyle(theme, curve).colour };
  });
  pen.text(x, top + 7, lane.title, { ...small(theme, 'left', theme.text), bold: true });
  x += 7 * lane.title.length + 12;
  for (const { text, colour } of names) {
    if (x > geometry.right - 40) return;
    pen.text(x, top + 7, text, small(theme, 'left', colour));
    x += 6.4 * text.length + 12;
  }
}

/** `ideal.rnn.c[0]` in the lane `rnn.c` is `ideal [0]`. */
export function shortName(name: string, title: string): string {
  if (name === title) return '';
  const [run, ...rest] = name.split('.');
  const path = rest.join('.');
  if (!path.startsWith(title)) return name;
  const index = path.slice(title.length);
  return index === '' ? run : `${run} ${index}`;
}
