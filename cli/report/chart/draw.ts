import { escapeHtml } from '../html.ts';
import { decimate } from './decimate.ts';
import { axisText, type Figure, type Series } from './figure.ts';
import { type Scale, scaleFor } from './scale.ts';

/** The drawing's own units; the page scales it. */
export const frame = { width: 760, height: 320, left: 68, right: 744, top: 14, bottom: 268 } as const;

/** A figure as an SVG element that takes its colours from the page's style sheet. */
export function drawFigure(figure: Figure): string {
  const x = scaleFor(
    figure.x,
    figure.series.flatMap((series) => series.x),
    frame.left,
    frame.right,
    8,
  );
  const y = scaleFor(figure.y, figure.series.flatMap(valuesWithDeviation), frame.bottom, frame.top, 5);
  const series = figure.series.map((each) => decimate(each, 700));
  return (
    `<svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="${figure.id}-title ${figure.id}-caption" ` +
    `data-x="${x.low} ${x.high} ${figure.x.scale ?? 'linear'}" data-y="${y.low} ${y.high} ${figure.y.scale ?? 'linear'}">` +
    `<clipPath id="${figure.id}-clip"><rect x="${frame.left}" y="${frame.top - 4}" width="${frame.right - frame.left}" ` +
    `height="${frame.bottom - frame.top + 8}"/></clipPath>` +
    axes(figure, x, y) +
    `<g clip-path="url(#${figure.id}-clip)">` +
    series.map((each) => band(each, x, y)).join('') +
    series.map((each) => mark(each, x, y)).join('') +
    `</g></svg>`
  );
}

/** The legend of a figure with more than one series. */
export function legend(figure: Figure): string {
  if (figure.series.length < 2) return '';
  const items = figure.series.map(
    (series) =>
      `<li><svg viewBox="0 0 22 10" aria-hidden="true"><g class="${colourClass(series)}">${swatch(series)}</g></svg>` +
      `${escapeHtml(series.name)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

function swatch(series: Series): string {
  if (series.mark === 'linked') return '<path class="line" d="M0 5H22"/><circle cx="11" cy="5" r="3"/>';
  const shade = series.deviation ? '<rect class="band" x="0" y="1" width="22" height="8"/>' : '';
  return `${shade}<path class="${series.mark}" d="M0 5H22"/>`;
}

const colourClass = ({ colour }: Series): string => (colour === 'ink' ? 'ink' : `c${colour % 8}`);
const fixed = (value: number): string => value.toFixed(1);

function valuesWithDeviation(series: Series): readonly number[] {
  return series.y.flatMap((value, index) => {
    if (value === null) return [];
    const deviation = series.deviation?.[index] ?? 0;
    return [value - deviation, value + deviation];
  });
}

function axes(figure: Figure, x: Scale, y: Scale): string {
  const every = figure.x.labels ? Math.ceil(figure.x.labels.length / 12) : 1;
  const vertical = x.ticks.map(({ value, text }, index) =>
    index % every === 0
      ? `<path class="grid" d="M${fixed(x.at(value))} ${frame.top}V${frame.bottom}"/>` +
        `<text class="tick" text-anchor="middle" x="${fixed(x.at(value))}" y="${frame.bottom + 18}">${escapeHtml(text)}</text>`
      : '',
  );
  const horizontal = y.ticks.map(
    ({ value, text }) =>
      `<path class="grid" d="M${frame.left} ${fixed(y.at(value))}H${frame.right}"/>` +
      `<text class="tick" text-anchor="end" x="${frame.left - 8}" y="${fixed(y.at(value) + 4)}">${escapeHtml(text)}</text>`,
  );
  const middle = (frame.top + frame.bottom) / 2;
  return (
    `<g>${vertical.join('')}${horizontal.join('')}</g>` +
    `<path class="axis" d="M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}"/>` +
    `<text class="label" text-anchor="middle" x="${(frame.left + frame.right) / 2}" y="${frame.height - 10}">${escapeHtml(axisText(figure.x))}</text>` +
    `<text class="label" text-anchor="middle" transform="translate(16 ${middle}) rotate(-90)">${escapeHtml(axisText(figure.y))}</text>`
  );
}

/** The points of a series between its gaps. */
function runs(series: Series): readonly (readonly number[])[] {
  const result: number[][] = [[]];
  series.y.forEach((value, index) => {
    if (value === null) result.push([]);
    else result[result.length - 1].push(index);
  });
  return result.filter((run) => run.length > 0);
}

function band(series: Series, x: Scale, y: Scale): string {
  const { deviation } = series;
  if (!deviation || series.mark === 'linked') return '';
  const edge = (index: number, sign: number) =>
    `${fixed(x.at(series.x[index]))} ${fixed(y.at((series.y[index] ?? 0) + sign * deviation[index]))}`;
  const paths = runs(series).map((run) => {
    const forth = run.map((index) => edge(index, 1));
    const back = run.map((index) => edge(index, -1)).reverse();
    return `M${[...forth, ...back].join('L')}Z`;
  });
  return `<path class="band ${colourClass(series)}" d="${paths.join('')}"/>`;
}

function mark(series: Series, x: Scale, y: Scale): string {
  const point = (index: number) => [fixed(x.at(series.x[index])), fixed(y.at(series.y[index] ?? 0))] as const;
  const paths = runs(series).map((run) => {
    // A single point would be an invisible path; a dot of the line's width shows it.
    if (run.length === 1) return `M${point(run[0]).join(' ')}h0.1`;
    if (series.mark !== 'outline') return `M${run.map((index) => point(index).join(' ')).join('L')}`;
    return run
      .map((at, k) => (k === 0 ? `M${point(at).join(' ')}` : `H${point(at)[0]}V${point(at)[1]}`))
      .join('');
  });
  const style = series.mark === 'linked' ? 'line' : series.mark;
  const path = `<path class="${style} ${colourClass(series)}" d="${paths.join('')}"/>`;
  return series.mark === 'linked' ? path + dots(series, x, y) : path;
}

function dots(series: Series, x: Scale, y: Scale): string {
  const points = runs(series)
    .flat()
    .map((index) => {
      const [cx, cy] = [x.at(series.x[index]), y.at(series.y[index] ?? 0)].map(fixed);
      return `${errorBar(series, index, x, y)}<circle cx="${cx}" cy="${cy}" r="3"/>`;
    });
  return `<g class="${colourClass(series)}">${points.join('')}</g>`;
}

function errorBar(series: Series, index: number, x: Scale, y: Scale): string {
  const deviation = series.deviation?.[index] ?? 0;
  if (deviation === 0) return '';
  const centre = x.at(series.x[index]);
  const [low, high] = [-1, 1].map((sign) => fixed(y.at((series.y[index] ?? 0) + sign * deviation)));
  const cap = `${fixed(centre - 4)} `;
  return `<path class="line" d="M${cap}${low}h8M${cap}${high}h8M${fixed(centre)} ${low}V${high}"/>`;
}
