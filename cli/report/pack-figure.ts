import { decimate } from './chart/decimate.ts';
import type { Figure, Series } from './chart/figure.ts';

/** A figure with no more points and digits than can be seen: what the page stores of it. */
export const packFigure = (figure: Figure): Figure => ({ ...figure, series: figure.series.map(packSeries) });

function packSeries(series: Series): Series {
  const { x, y, deviation, ...rest } = decimate(series, 700);
  return {
    ...rest,
    x: x.map(rounded),
    y: y.map((value) => (value === null ? null : rounded(value))),
    ...(deviation ? { deviation: deviation.map(rounded) } : {}),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(6));
