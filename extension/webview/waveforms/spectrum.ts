import type { SeriesWindow } from '../../results/series.ts';
import { element } from '../element.ts';
import { formatQuantity, ticks } from '../numbers.ts';
import { canvasPen, type TextStyle } from '../pen.ts';
import { currentTheme } from '../theme.ts';
import type { ChartModel } from './geometry.ts';
import { curveStyle } from './paint.ts';
import { curvesOf } from './readout.ts';

const height = 200;
const left = 64;
const right = 12;
const bottom = 36;
/** Decades that are shown below the highest amplitude. */
const decades = 6;

/** Amplitude over frequency of the visible part of each curve, one window for each, on a logarithmic scale. */
export function spectrumView(
  model: ChartModel,
  spectra: readonly SeriesWindow[],
  width: number,
): HTMLElement {
  const canvas = element('canvas', { role: 'img', 'aria-label': 'Spectrum of the visible part' });
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.scale(devicePixelRatio, devicePixelRatio);
    draw(context, model, spectra, width);
  }
  return element('section', { id: 'spectrum', 'aria-label': 'Spectrum' }, canvas);
}

function draw(
  context: CanvasRenderingContext2D,
  model: ChartModel,
  spectra: readonly SeriesWindow[],
  width: number,
): void {
  const theme = currentTheme();
  const pen = canvasPen(context);
  const label: TextStyle = { colour: theme.muted, size: 11, family: theme.family, align: 'center' };
  const highest = Math.max(0, ...spectra.flatMap(({ columns }) => columns.map(largest)));
  const last = Math.max(0, ...spectra.map(({ x }) => x[x.length - 1] ?? 0));
  if (highest === 0 || last === 0) {
    pen.text(width / 2, height / 2, 'The visible part has no spectrum: it is constant.', label);
    return;
  }
  const top = Math.ceil(Math.log10(highest));
  const toX = (frequency: number) => left + (frequency / last) * (width - left - right);
  const toY = (amplitude: number) =>
    8 +
    ((top - Math.log10(Math.max(amplitude, 10 ** (top - decades - 1)))) / decades) * (height - bottom - 8);
  const { xUnit = '' } = model.sources[0]?.series ?? {};
  const curves = curvesOf(model);
  const unit = curves[0]?.unit ?? '';
  for (let power = top; power >= top - decades; power -= 2) {
    pen.line(left, toY(10 ** power), width - right, toY(10 ** power), { colour: theme.grid, width: 1 });
    pen.text(left - 6, toY(10 ** power), formatQuantity(10 ** power, unit), { ...label, align: 'right' });
  }
  for (const frequency of ticks(0, last, (width - left - right) / 100)) {
    pen.line(toX(frequency), 8, toX(frequency), height - bottom, { colour: theme.grid, width: 1 });
    pen.text(
      toX(frequency),
      height - bottom + 10,
      formatQuantity(frequency, xUnit === 's' ? 'Hz' : ''),
      label,
    );
  }
  pen.text(
    (left + width - right) / 2,
    height - 8,
    xUnit === 's' ? 'frequency' : `frequency (1/${xUnit || '1'})`,
    label,
  );
  pen.within(left, 0, width - left - right, height - bottom, () => {
    for (const [at, { x, columns }] of spectra.entries())
      for (const amplitudes of columns)
        pen.curve(x.map(toX), amplitudes.map(toY), curveStyle(theme, curves[at]));
  });
}

const largest = (values: Float64Array) => values.reduce((high, value) => Math.max(high, value), 0);
