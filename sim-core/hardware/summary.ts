import type { Problem } from '../design/problem.ts';
import type { ArraySummary } from '../run/result.ts';
import { arrayTargets, type TargetArray, type WeightArray, type Weights } from './array-targets.ts';
import { placementOf } from './placement.ts';
import { sizeProblem } from './size-problem.ts';

/** How given weights sit in the arrays of a hardware, and what does not fit. */
export function summarise(
  arrays: readonly WeightArray[],
  weights: Weights,
  hardware: string,
): { readonly arrays: readonly ArraySummary[]; readonly warnings: readonly Problem[] } {
  const warnings: Problem[] = [];
  const summaries = arrays.map((array): ArraySummary => {
    const { layout, crossbar } = array;
    const targets = arrayTargets(array)(weights);
    const dummyRows = Math.max(0, ...(targets.dummies ?? []).map(({ rows }) => rows));
    if (targets.clipped > 0) warnings.push(weightsClipped(array, targets, hardware));
    const misfit = sizeProblem(layout, crossbar, dummyRows);
    if (misfit)
      warnings.push({
        ...misfit,
        hint: `These weights need ${dummyRows} dummy rows; enlarge the crossbar or write "normalise = amplifier".`,
      });
    return {
      hardware,
      ...placementOf(layout, crossbar),
      dummyRows,
      siemensPerWeight: targets.siemens,
      weightMax: targets.weightMax,
    };
  });
  return { arrays: summaries, warnings };
}

const weightsClipped = (
  { layout, crossbar }: WeightArray,
  { clipped, weightMax, largest }: TargetArray,
  hardware: string,
): Problem => ({
  code: 'hardware.weights-clipped',
  message: `${clipped} of the ${layout.weightCount} weights of layer "${layout.layer}" lie beyond weightMax = ${weightMax} of crossbar "${crossbar.name}" on "${hardware}" and are limited to it; the largest is ${largest.toPrecision(4)}.`,
  hint: 'Raise weightMax, or leave it out to let the largest weight set it.',
  origin: crossbar.origin,
});
