import type { AnalysisDesign } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { elaborateCharacterization } from './characterization.ts';
import type { Context } from './context.ts';

/** The analyses of an experiment that need no network, named after what they are about. */
export function elaborateAnalyses(
  experiment: ast.Experiment,
  id: string,
  context: Context,
): readonly AnalysisDesign[] {
  const names = new Map<string, number>();
  return experiment.statements.filter(ast.isCharacterize).map((node) => {
    const subject = node.device?.ref ? context.use(node.device.ref) : node.device.$refText;
    const count = (names.get(subject) ?? 0) + 1;
    names.set(subject, count);
    return elaborateCharacterization(node, id, count === 1 ? subject : `${subject}_${count}`, context);
  });
}
