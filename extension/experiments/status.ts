import type { KeptRun } from '../results/kept-run.ts';
import type { Experiment } from './catalogue.ts';

/** What a reader wants to know of an experiment at a glance. */
export type ExperimentStatus = 'waiting' | 'running' | 'never' | 'holds' | 'fails' | 'stale';

/** The state of an experiment from its last run; `stale` where its text now says something else. */
export function statusOf(
  { design }: Pick<Experiment, 'design'>,
  activity: 'idle' | 'waiting' | 'running',
  last: KeptRun | undefined,
): ExperimentStatus {
  if (activity !== 'idle') return activity;
  if (last === undefined) return 'never';
  if (isStale(design, last)) return 'stale';
  return last.expectations.every(({ holds }) => holds) ? 'holds' : 'fails';
}

/** A text with errors says nothing that a result could disagree with. */
export const isStale = (design: string | undefined, { provenance }: Pick<KeptRun, 'provenance'>): boolean =>
  design !== undefined && design !== provenance.design;

/** The figures that stand for a run on one line: of the ideal network, then of each hardware, on the test's data. */
export function headline({ metrics, metricUnits }: Pick<KeptRun, 'metrics' | 'metricUnits'>): string {
  const names = Object.keys(metrics).filter((name) => /\.test$/.test(name));
  const [main] = names.filter((name) => name.split('.').length === 2);
  const shown = names.filter((name) => name === main || name.endsWith(`.${main}`)).slice(0, 3);
  const unit = metricUnits[main?.split('.')[0] ?? ''] ?? '';
  return shown
    .map((name, at) => `${at === 0 ? name : name.split('.')[0]} ${Number(metrics[name].toPrecision(3))}`)
    .join(', ')
    .concat(unit === '' || shown.length === 0 ? '' : ` ${unit}`);
}

/** `12 s`, `3 min`, `2 h 5 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Milliseconds until a run is done, if it goes on as it went; undefined while too little is known. */
export function remaining(elapsed: number, fraction: number): number | undefined {
  return fraction < 0.02 || elapsed < 500 ? undefined : (elapsed * (1 - fraction)) / fraction;
}
