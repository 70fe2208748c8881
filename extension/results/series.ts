import type { Prediction, Result } from '@memloom/sim-core';
import type { Lane } from '../waveforms/lanes.ts';
import { type FamilySummary, familySeries } from './family-series.ts';
import { tableSeries } from './table-series.ts';

/** Curves over one common, ascending abscissa. */
export interface Series {
  readonly id: string;
  readonly x: Float64Array;
  readonly xName: string;
  /** `s` for a time, `step` for time steps; empty for a number. */
  readonly xUnit: string;
  readonly columns: readonly SeriesColumn[];
  /** What is one of several words over a stretch of the abscissa: the sample, the phase of a clock. */
  readonly lanes: readonly Lane[];
  /** Ordinals at which a line must not connect to the point before. */
  readonly breaks?: (ordinal: number) => boolean;
}

export interface SeriesColumn extends ColumnSummary {
  readonly values: Float64Array;
}

/** How a column is to be drawn: a line, one edge of the band around the line of the same name, or one of those in the band. */
export interface ColumnSummary {
  readonly name: string;
  readonly unit: string;
  readonly role: 'line' | 'target' | 'low' | 'high' | 'member';
  /** Which member of the family the curve is of. */
  readonly member?: number;
  /** Whether the curve is straight between samples, which is the default, or held until the next one. */
  readonly interpolation?: 'linear' | 'step';
}

/** What a plot must know to ask for windows. */
export interface SeriesSummary {
  readonly id: string;
  readonly title: string;
  readonly xName: string;
  readonly xUnit: string;
  readonly from: number;
  readonly to: number;
  readonly columns: readonly ColumnSummary[];
  readonly lanes: readonly string[];
  /** Number of samples. */
  readonly length: number;
  readonly family?: FamilySummary;
}

/** The part of a series that a plot of `pixels` columns shows. */
export interface SeriesQuery {
  readonly series: string;
  /** Indices of columns. */
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly pixels: number;
}

/** At most four values per pixel column and curve; NaN is a gap. */
export interface SeriesWindow {
  readonly x: Float64Array;
  readonly columns: readonly Float64Array[];
}

export interface TitledSeries extends Series {
  readonly title: string;
  readonly family?: FamilySummary;
}

/** Every curve of a result: training, predictions per subset and output, tables of analyses, traces. */
export function seriesOf(result: Result): readonly TitledSeries[] {
  return [
    ...trainingSeries(result),
    ...predictionSeries(result),
    ...tableSeries(result),
    ...traceSeries(result),
    ...familySeries(result),
    ...transientSeries(result),
  ].filter(({ x }) => x.length > 0);
}

export function summarise({
  id,
  title,
  x,
  xName,
  xUnit,
  columns,
  lanes,
  family,
}: TitledSeries): SeriesSummary {
  return {
    id,
    title,
    xName,
    xUnit,
    from: x[0],
    to: x[x.length - 1],
    columns: columns.map(({ values: _, ...summary }) => summary),
    lanes: lanes.map(({ name }) => name),
    length: x.length,
    ...(family ? { family } : {}),
  };
}

function trainingSeries({ training }: Result): readonly TitledSeries[] {
  const { loss, validationLoss } = training;
  const x = Float64Array.from(loss, (_, epoch) => epoch + 1);
  const columns: SeriesColumn[] = [{ name: 'loss', unit: '', role: 'line', values: loss }];
  if (validationLoss.length === loss.length && loss.length > 0) {
    columns.push({ name: 'validation loss', unit: '', role: 'line', values: validationLoss });
  }
  return [{ id: 'training', title: 'Training', xName: 'epoch', xUnit: '', x, columns, lanes: [] }];
}

function predictionSeries({ predictions, metricUnits }: Result): readonly TitledSeries[] {
  const groups = new Map<string, Prediction[]>();
  for (const prediction of predictions) {
    const key = `prediction:${prediction.subset}:${prediction.output}`;
    groups.set(key, [...(groups.get(key) ?? []), prediction]);
  }
  const unit = metricUnits.rmse ?? metricUnits.mae ?? '';
  return [...groups].map(([id, group]) => {
    const [{ subset, output, index, target, width }] = group;
    const columns = Array.from({ length: width }, (_, at): readonly SeriesColumn[] => {
      const suffix = width > 1 ? `[${at}]` : '';
      const ofTarget = {
        name: `target${suffix}`,
        unit,
        role: 'target',
        values: strided(target, at, width),
      } as const;
      return [ofTarget, ...group.flatMap((prediction) => predictionColumns(prediction, at, suffix, unit))];
    }).flat();
    const x = index.length === target.length ? strided(index, 0, width) : index;
    return {
      id,
      title: `${subset === 'test' ? 'Test' : 'Training'} predictions of ${output}`,
      xName: 'index',
      xUnit: '',
      x,
      columns,
      lanes: [],
    };
  });
}

function predictionColumns({ run, mean, std, width }: Prediction, at: number, suffix: string, unit: string) {
  const name = `${run}${suffix}`;
  const centre = strided(mean, at, width);
  const spread = strided(std, at, width);
  const line: SeriesColumn = { name, unit, role: 'line', values: centre };
  if (spread.every((value) => value === 0)) return [line];
  const low: SeriesColumn = { name, unit, role: 'low', values: centre.map((value, i) => value - spread[i]) };
  const high: SeriesColumn = {
    name,
    unit,
    role: 'high',
    values: centre.map((value, i) => value + spread[i]),
  };
  return [line, low, high];
}

function traceSeries({ traces }: Result): readonly TitledSeries[] {
  const columns = traces.columns.map(({ name, unit, values }) => ({
    name,
    unit,
    values,
    role: 'line' as const,
  }));
  return [{ id: 'traces', title: 'Traces', columns, ...stepsOf(traces.sample) }];
}

/** Steps of all test samples, one after the other; a new sample starts a new line, since its states start anew. */
export function stepsOf(sample: Float64Array): Pick<Series, 'x' | 'xName' | 'xUnit' | 'lanes' | 'breaks'> {
  const isNew = (ordinal: number) => ordinal === 0 || sample[ordinal] !== sample[ordinal - 1];
  const begins = Array.from(sample.keys()).filter(isNew);
  return {
    xName: 'time step',
    xUnit: 'step',
    x: Float64Array.from(sample, (_, ordinal) => ordinal),
    lanes: [
      {
        name: 'sample',
        starts: Float64Array.from(begins),
        labels: begins.map((ordinal) => String(sample[ordinal])),
      },
    ],
    breaks: (ordinal) => ordinal > 0 && isNew(ordinal),
  };
}

/** Continuous time on each hardware, with the time steps and the phases of their schedule as lanes. */
function transientSeries({ transients, tables }: Result): readonly TitledSeries[] {
  return transients.flatMap(({ hardware, table: id, intervals }) => {
    const table = tables.find((one) => one.id === id);
    if (table === undefined) return [];
    const [time, ...columns] = table.columns;
    const firsts = intervals.filter(({ step }, at) => at === 0 || step !== intervals[at - 1].step);
    return [
      {
        id: `transient:${id}`,
        title: `Transient on ${hardware}`,
        xName: 'time',
        xUnit: 's',
        x: time.values,
        columns: columns.map(({ name, unit, values }) => ({ name, unit, values, role: 'line' as const })),
        lanes: [
          laneOf('time step', firsts, ({ step }) => String(step)),
          laneOf('phase', intervals, ({ name }) => name),
        ],
      },
    ];
  });
}

type Interval = Result['transients'][number]['intervals'][number];

const laneOf = (
  name: string,
  intervals: readonly Interval[],
  label: (interval: Interval) => string,
): Lane => ({
  name,
  starts: Float64Array.from(intervals, ({ start }) => start),
  labels: intervals.map(label),
});

/** The series that the waveforms view shows: what a circuit or a network does over time. */
export const isWaveform = ({ id }: { readonly id: string }): boolean =>
  id === 'traces' || id.startsWith('transient:') || id.startsWith('family:');

function strided(values: Float64Array, at: number, width: number): Float64Array {
  return width === 1
    ? values
    : Float64Array.from({ length: values.length / width }, (_, i) => values[i * width + at]);
}
