import type { Result } from '@memloom/sim-core';
import type { Figure, Series } from '../chart/figure.ts';
import { runsOf } from './series.ts';

/** Each test metric over the swept parameter, with one standard deviation over the trials as error bars. */
export function sweepFigures(result: Result): readonly Figure[] {
  const { sweep } = result;
  if (!sweep) return [];
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
