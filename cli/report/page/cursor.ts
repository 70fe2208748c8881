import { spread } from '../../result/number.ts';
import { frame } from '../chart/draw.ts';
import { axisText, type Figure, type Series } from '../chart/figure.ts';

/** A vertical cursor over a figure, by pointer or arrow keys, with the values of all series where it stands. */
export function attachCursor(element: Element, figure: Figure): void {
  const svg = element.querySelector<SVGSVGElement>('svg[data-x]');
  const readout = element.querySelector('output');
  if (!svg || !readout) return;
  const positions = [...new Set(figure.series.flatMap((series) => series.x))].sort((a, b) => a - b);
  const line = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
  line.setAttribute('class', 'cursor');
  const scale = axisScale(svg.dataset.x ?? '');
  let at = 0;

  const show = (index: number) => {
    at = Math.min(positions.length - 1, Math.max(0, index));
    const x = scale.toPage(positions[at]);
    line.setAttribute('d', `M${x} ${frame.top}V${frame.bottom}`);
    readout.textContent = describe(figure, positions[at]);
  };
  svg.tabIndex = 0;
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    show(nearest(positions, scale.toValue(((event.clientX - box.left) / box.width) * frame.width)));
  });
  svg.addEventListener('focus', () => show(at));
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(at + step);
  });
  const hide = () => {
    line.removeAttribute('d');
    readout.textContent = '';
  };
  svg.addEventListener('pointerleave', hide);
  svg.addEventListener('blur', hide);
}

function axisScale(data: string) {
  const [low, high] = data.split(' ').map(Number);
  const factor = (frame.right - frame.left) / (high - low);
  return {
    toPage: (value: number) => frame.left + (value - low) * factor,
    toValue: (page: number) => low + (page - frame.left) / factor,
  };
}

function nearest(sorted: readonly number[], value: number): number {
  let best = 0;
  for (let index = 1; index < sorted.length; index++) {
    if (Math.abs(sorted[index] - value) < Math.abs(sorted[best] - value)) best = index;
  }
  return best;
}

function describe(figure: Figure, x: number): string {
  const place = figure.x.labels?.[x] ?? String(Number(x.toPrecision(6)));
  const values = figure.series.flatMap((series) => valueAt(series, x));
  const unit = figure.y.unit === '' ? '' : ` ${figure.y.unit}`;
  return `${axisText({ ...figure.x, unit: '' })} ${place}:  ${values.map((text) => text + unit).join('   ')}`;
}

function valueAt(series: Series, x: number): readonly string[] {
  const index = series.mark === 'outline' ? series.x.findLastIndex((each) => each <= x) : series.x.indexOf(x);
  const value = index < 0 ? null : series.y[index];
  return value === null ? [] : [`${series.name} ${spread(value, series.deviation?.[index] ?? 0)}`];
}
