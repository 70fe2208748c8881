import type { Result } from '@memloom/sim-core';
import type { Figure, Series } from '../chart/figure.ts';
import { runsOf } from './series.ts';

/** Each test metric over the swept parameter, with one standard deviation over the trials as error bars. */
export function sweepFigures(result: Result): readonly Figure[] {
  const { sweep } = result;
  if (!sweep) return [];
  return [...metricFigures(result, sweep), ...measurementFigures(result, sweep)];
}

type Sweep = NonNullable<Result['sweep']>;

/** Each measurement of an analysis that was found at every value. */
function measurementFigures({ measurements }: Result, { parameter, points }: Sweep): readonly Figure[] {
  return measurements
    .filter(({ name }) => points.every(({ metrics }) => Object.hasOwn(metrics, name)))
    .map(({ name, unit }) => ({
      id: `sweep-${name.replace(/\W+/g, '-')}`,
      title: `${name} over ${parameter}`,
      caption: `${name} at each value of ${parameter}.`,
      x: { label: parameter, unit: '', labels: points.map((point) => point.text) },
      y: { label: name, unit: unit === '1' ? '' : unit },
      series: [
        {
          name,
          colour: 0,
          mark: 'linked',
          x: points.map((_, index) => index),
          y: points.map(({ metrics }) => metrics[name]),
        },
      ],
    }));
}

function metricFigures(result: Result, sweep: Sweep): readonly Figure[] {
  const runs = runsOf(result);
  const metrics = new Set(
    Object.keys(sweep.points[0]?.metrics ?? {}).map((name) => name.replace(/\.(std|median)$/, '')),
  );
  const tails = new Set(
    [...metrics].map((name) => name.split('.').slice(-2).join('.')).filter((tail) => tail.endsWith('.test')),
  );
  return [...tails].map((tail) => ({
    id: `sweep-${tail.replace(/\W+/g, '-')}`,
    title: `${tail} over ${sweep.parameter}`,
    caption: `${tail} at each value of ${sweep.parameter}. Bars are ±1 standard deviation over the trials.`,
    x: { label: sweep.parameter, unit: '', labels: sweep.points.map((point) => point.text) },
    y: { label: tail, unit: result.metricUnits[tail.split('.')[0]] ?? '' },
    series: runs.flatMap((run, colour) =>
      curve(
        sweep.points.map((point) => point.metrics),
        run,
        tail,
        colour,
      ),
    ),
  }));
}

function curve(
  points: readonly Readonly<Record<string, number>>[],
  run: string,
  tail: string,
  colour: number,
): readonly Series[] {
  const key = run === 'ideal' ? tail : `${run}.${tail}`;
  if (points.every((metrics) => metrics[key] === undefined)) return [];
  const x = points.map((_, index) => index);
  const y = points.map((metrics) => metrics[key] ?? null);
  const deviation = points.map((metrics) => metrics[`${key}.std`] ?? 0);
  return [{ name: run, colour, mark: 'linked', x, y, deviation }];
}
