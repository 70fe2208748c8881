import { element } from './element.ts';
import { formatQuantity, ticks } from './numbers.ts';
import { canvasPen, type Pen, type TextStyle } from './pen.ts';
import { currentTheme, onThemeChange, type Theme, withAlpha } from './theme.ts';

/** A curve of any shape, a band around one, or bars; NaN is a gap. */
export interface Mark {
  readonly kind: 'line' | 'bars' | 'band';
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Of bars the right edges, of a band the lower values. */
  readonly other?: ArrayLike<number>;
}

export interface XyChart {
  readonly label: string;
  readonly xName: string;
  readonly xUnit: string;
  readonly yName: string;
  readonly yUnit: string;
  readonly marks: readonly Mark[];
}

const height = 260;
const margin = { left: 72, right: 12, top: 22, bottom: 40 };

/** A static chart that draws itself at the width that it has, and again when that or the theme changes. */
export function xyChart(chart: XyChart): HTMLElement {
  const canvas = element('canvas', { role: 'img', 'aria-label': chart.label });
  const holder = element('div', { class: 'xy' }, canvas);
  const draw = () => drawChart(canvas, holder.clientWidth, chart);
  new ResizeObserver(draw).observe(holder);
  onThemeChange(draw);
  return holder;
}

function drawChart(canvas: HTMLCanvasElement, width: number, chart: XyChart): void {
  const context = canvas.getContext('2d');
  if (width === 0 || context === null) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.scale(devicePixelRatio, devicePixelRatio);
  paint(canvasPen(context), width, chart, currentTheme());
}

function paint(pen: Pen, width: number, chart: XyChart, theme: Theme): void {
  const [x, y] = [extent(chart.marks, 'x'), extent(chart.marks, 'y')];
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  const toX = (value: number) => margin.left + ((value - x.from) / (x.to - x.from)) * (right - margin.left);
  const toY = (value: number) => bottom - ((value - y.from) / (y.to - y.from)) * (bottom - margin.top);
  const lines = chart.marks.filter(({ kind }) => kind !== 'band');
  const bands = chart.marks.filter(({ kind }) => kind === 'band');
  // The n-th band belongs to the n-th line.
  const colourOf = (mark: Mark) => {
    const at = mark.kind === 'band' ? bands.indexOf(mark) : lines.indexOf(mark);
    return theme.lines[at % theme.lines.length];
  };
  const label: TextStyle = { colour: theme.muted, size: 11, family: theme.family, align: 'center' };
  for (const at of ticks(x.from, x.to, (right - margin.left) / 90)) {
    pen.line(toX(at), margin.top, toX(at), bottom, { colour: theme.grid, width: 1 });
    pen.text(toX(at), bottom + 11, formatQuantity(at, chart.xUnit), label);
  }
  for (const at of ticks(y.from, y.to, (bottom - margin.top) / 36)) {
    pen.line(margin.left, toY(at), right, toY(at), { colour: theme.grid, width: 1 });
    pen.text(margin.left - 6, toY(at), formatQuantity(at, chart.yUnit), { ...label, align: 'right' });
  }
  pen.text((margin.left + right) / 2, height - 10, chart.xName, label);
  pen.text(margin.left, 9, chart.yName, { ...label, align: 'left', colour: theme.text, bold: true });
  pen.within(margin.left, margin.top, right - margin.left, bottom - margin.top, () => {
    for (const mark of chart.marks) paintMark(pen, mark, colourOf(mark), toX, toY);
  });
  let from = margin.left + 7 * chart.yName.length + 24;
  for (const mark of lines.length > 1 ? lines : []) {
    pen.text(from, 9, mark.name, { ...label, align: 'left', colour: colourOf(mark) });
    from += 6.6 * mark.name.length + 14;
    if (from > right - 30) break;
  }
}

function paintMark(
  pen: Pen,
  { kind, x, y, other }: Mark,
  colour: string,
  toX: (value: number) => number,
  toY: (value: number) => number,
): void {
  const stroke = { colour, width: 1.5 };
  if (kind === 'band' && other)
    pen.area(Array.from(x, toX), Array.from(other, toY), Array.from(y, toY), withAlpha(colour, 0.18));
  if (kind === 'line') pen.curve(Array.from(x, toX), Array.from(y, toY), stroke);
  for (let at = 0; kind !== 'line' && other && at < x.length; at++) {
    const left = toX(x[at]);
    if (kind === 'bars')
      pen.rectangle(left, toY(y[at]), Math.max(1, toX(other[at]) - left - 1), toY(0) - toY(y[at]), colour);
    // A whisker within the band says where the spread was measured.
    else pen.line(left, toY(y[at]), left, toY(other[at]), stroke);
  }
}

function extent(marks: readonly Mark[], axis: 'x' | 'y'): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  const take = (values: ArrayLike<number> | undefined) => {
    for (let at = 0; values && at < values.length; at++) {
      if (values[at] < from) from = values[at];
      if (values[at] > to) to = values[at];
    }
  };
  for (const mark of marks) {
    take(axis === 'x' ? mark.x : mark.y);
    if ((mark.kind === 'bars') === (axis === 'x')) take(mark.other);
    // Bars stand on zero.
    if (mark.kind === 'bars' && axis === 'y') take([0]);
  }
  if (from > to) return { from: 0, to: 1 };
  const air = to > from ? 0.04 * (to - from) : Math.abs(to) * 0.1 || 1;
  return axis === 'x' && to > from ? { from, to } : { from: from - air, to: to + air };
}
