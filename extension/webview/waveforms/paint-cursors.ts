import { formatQuantity } from '../numbers.ts';
import type { TextStyle } from '../pen.ts';
import { toPixelX, toPixelY } from './geometry.ts';
import type { Painting } from './paint.ts';

/** What lies above the lanes and moves with the pointer: cursors, levels, the box of a zoom. */
export function paintCursors(painting: Painting, box?: Box): void {
  const { pen, geometry, theme, model } = painting;
  const { left, right, axisTop, range, frames } = geometry;
  const { cursors, levels } = model.state;
  const unit = model.sources[0]?.series.xUnit ?? '';
  const label: TextStyle = { colour: theme.background, size: 11, family: theme.family, align: 'center' };
  for (const { name, at } of cursors) {
    if (at < range.from || at > range.to) continue;
    const x = toPixelX(geometry, at);
    pen.line(x, 0, x, axisTop, { colour: theme.cursor, width: 1 });
    const text = `${name} ${formatQuantity(at, unit === 'step' ? '' : unit)}`;
    const width = 7 * text.length + 8;
    const middle = Math.min(right - width / 2, Math.max(left + width / 2, x));
    pen.rectangle(middle - width / 2, axisTop + 2, width, 16, theme.cursor);
    pen.text(middle, axisTop + 10, text, label);
  }
  for (const { name, at, lane } of levels) {
    const frame = frames.find((one) => one.lane.key === lane);
    if (frame === undefined || at < frame.scale.from || at > frame.scale.to) continue;
    const y = toPixelY(frame, at);
    pen.line(left, y, right, y, { colour: theme.cursor, width: 1, dash: [4, 3] });
    const text = `${name} ${formatQuantity(at, frame.lane.unit)}`;
    const width = 7 * text.length + 8;
    pen.rectangle(right - width, y - 8, width, 16, theme.cursor);
    pen.text(right - width / 2, y, text, label);
  }
  if (box !== undefined) pen.rectangle(box.x, box.y, box.width, box.height, theme.selection);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
