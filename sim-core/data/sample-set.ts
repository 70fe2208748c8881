/** Samples of equal length, ready for a network: what it sees and what it should give. */
export interface SampleSet {
  readonly count: number;
  readonly steps: number;
  readonly features: number;
  /** [count][steps][features]. */
  readonly inputs: Float64Array;
  readonly outputs: number;
  /** 1: one target, at the last step. Otherwise equal to `steps`: a target at each step. */
  readonly targetSteps: number;
  /** [count][targetSteps][outputs]. */
  readonly targets: Float64Array;
}

/** The samples side by side, `[steps][features][batch]`. */
export function gatherInputs({ inputs, steps, features }: SampleSet, batch: readonly number[]): Float64Array {
  const gathered = new Float64Array(steps * features * batch.length);
  const length = steps * features;
  for (const [s, sample] of batch.entries())
    for (let i = 0; i < length; i++) gathered[i * batch.length + s] = inputs[sample * length + i];
  return gathered;
}
