import type { Design, ExperimentDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { ProgressMeter } from '../run/progress.ts';
import type { Measurement, ResultTable } from '../run/result.ts';
import { prepareCharacterization } from './characterize.ts';
import { prepareSolve } from './solve.ts';

/** An analysis without a network, checked and ready to run. */
export interface Analysis {
  /** Work in the unit of {@link ProgressMeter}. */
  readonly work: number;
  run(meter: ProgressMeter): Outcome<AnalysisResult>;
}

export interface AnalysisResult {
  readonly tables: readonly ResultTable[];
  readonly measurements: readonly Measurement[];
  readonly warnings: readonly Problem[];
}

/** All analyses of an experiment, in order. */
export function prepareAnalyses(
  design: Design,
  { analyses }: ExperimentDesign,
  seed: number,
  files: Readonly<Record<string, Uint8Array>>,
): Outcome<readonly Analysis[]> {
  const ready: Analysis[] = [];
  for (const analysis of analyses) {
    const prepared =
      analysis.kind === 'solve'
        ? prepareSolve(design, analysis, files, seed)
        : prepareCharacterization(design, analysis, seed);
    if (!prepared.ok) return prepared;
    ready.push(...prepared.value);
  }
  return success(ready);
}

export function runAnalyses(analyses: readonly Analysis[], meter: ProgressMeter): Outcome<AnalysisResult> {
  const results: AnalysisResult[] = [];
  for (const analysis of analyses) {
    const outcome = analysis.run(meter);
    if (!outcome.ok) return outcome;
    results.push(outcome.value);
  }
  const strange = results.flatMap(strangeNumbers);
  if (strange.length > 0) return failure(...strange);
  return success({
    tables: results.flatMap(({ tables }) => tables),
    measurements: results.flatMap(({ measurements }) => measurements),
    warnings: results.flatMap(({ warnings }) => warnings),
  });
}

/** A number that is not finite never leaves the core. */
function strangeNumbers({ tables, measurements }: AnalysisResult): readonly Problem[] {
  const columns = tables.flatMap(({ id, columns }) =>
    columns.flatMap(({ name, values }) => (values.every(Number.isFinite) ? [] : [`column ${name} of ${id}`])),
  );
  const figures = measurements.flatMap(({ name, value }) => (Number.isFinite(value) ? [] : [name]));
  return [...columns, ...figures].map((place) => ({
    code: 'run.not-finite',
    message: `The ${place} holds a number that is not finite.`,
    hint: 'Look for extreme parameters and drives.',
  }));
}
