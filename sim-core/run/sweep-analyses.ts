import { type Analysis, prepareAnalyses, runAnalyses } from '../analysis/analysis.ts';
import type { ExperimentDesign } from '../design/design.ts';
import { overrideParameter } from '../design/override.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import type { ProgressMeter } from './progress.ts';
import type { RunRequest } from './request.ts';
import type { Result, ResultTable } from './result.ts';
import { axisValue } from './sweep.ts';

/** The analyses of an experiment at each value of its swept parameter. */
export interface AnalysisSweep {
  readonly parameter: string;
  readonly points: readonly AnalysisPoint[];
}

interface AnalysisPoint {
  readonly text: string;
  readonly value: number;
  readonly analyses: readonly Analysis[];
}

/** Overrides the parameter for each value, so that a value that cannot be is found before anything is computed. */
export function prepareAnalysisSweep(
  { design, files }: RunRequest,
  experiment: ExperimentDesign,
  seed: number,
): Outcome<AnalysisSweep | undefined> {
  const { sweep, analyses } = experiment;
  if (!sweep || analyses.length === 0) return success(undefined);
  const { path, values, origin } = sweep;
  const points: AnalysisPoint[] = [];
  for (const [at, { text, value }] of values.entries()) {
    const changed = overrideParameter(design, path, value);
    if (!changed.ok) return failure(...changed.problems.map((problem) => ({ origin, ...problem })));
    const prepared = prepareAnalyses(changed.value, experiment, seed, files);
    if (!prepared.ok) return prepared;
    points.push({ text, value: axisValue(value, at), analyses: prepared.value });
  }
  return success({ parameter: `${path.owner}.${path.parameter}`, points });
}

export const analysisSweepWork = ({ points }: AnalysisSweep): number =>
  points.flatMap(({ analyses }) => analyses).reduce((sum, { work }) => sum + work, 0);

/** The measurements at each value, and the tables, numbered by the value's place. */
export function runAnalysisSweep(
  { parameter, points }: AnalysisSweep,
  meter: ProgressMeter,
): Outcome<Pick<Result, 'tables' | 'warnings'> & { readonly sweep: NonNullable<Result['sweep']> }> {
  const tables: ResultTable[] = [];
  const warnings: Result['warnings'][number][] = [];
  const swept: NonNullable<Result['sweep']>['points'][number][] = [];
  for (const [at, { text, value, analyses }] of points.entries()) {
    const outcome = runAnalyses(analyses, meter);
    if (!outcome.ok) return outcome;
    const { measurements } = outcome.value;
    swept.push({
      text,
      value,
      metrics: Object.fromEntries(measurements.map((one) => [one.name, one.value])),
    });
    const place = `${parameter} = ${text}`;
    for (const table of outcome.value.tables)
      tables.push({ ...table, id: `${table.id}.sweep${at + 1}`, title: `${table.title}, ${place}` });
    for (const warning of outcome.value.warnings)
      warnings.push({ ...warning, message: `At ${place}: ${warning.message}` });
  }
  return success({ tables, warnings, sweep: { parameter, points: swept } });
}
