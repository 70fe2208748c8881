import type { RunRequest } from '@memloom/sim-core';

/**
 * What the waveforms of an experiment need of its run: the first trial, whose errors do not depend on how many follow,
 * without the other trials' waveforms, sweep, analyses and expectations.
 */
export function onlyWaveforms(request: RunRequest): RunRequest {
  const { design, experiment } = request;
  const experiments = design.experiments.map((one) =>
    one.name === experiment ? { ...one, sweep: undefined, analyses: [], expectations: [] } : one,
  );
  return { ...request, trials: 1, families: false, design: { ...design, experiments } };
}
