import type { AnalysisDesign } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { elaborateCharacterization } from './characterization.ts';
import type { Context } from './context.ts';
import { elaborateSolve } from './solves.ts';

/** The analyses of an experiment that need no network, named after what they are about. */
export function elaborateAnalyses(
  experiment: ast.Experiment,
  id: string,
  context: Context,
): readonly AnalysisDesign[] {
  const counts = new Map<string, number>();
  const nameOf = (subject: string) => {
    const count = (counts.get(subject) ?? 0) + 1;
    counts.set(subject, count);
    return count === 1 ? subject : `${subject}_${count}`;
  };
  return experiment.statements.flatMap((statement): readonly AnalysisDesign[] => {
    if (ast.isCharacterize(statement))
      return [
        elaborateCharacterization(statement, id, nameOf(subjectName(statement.device, context)), context),
      ];
    if (!ast.isSolve(statement)) return [];
    const solve = elaborateSolve(statement, id, nameOf(subjectName(statement.crossbar, context)), context);
    return solve ? [solve] : [];
  });
}

const subjectName = (
  subject: ast.Characterize['device'] | ast.Solve['crossbar'],
  context: Context,
): string => (subject?.ref ? context.use(subject.ref) : (subject?.$refText ?? ''));
