import type { RunHost, RunProgress } from './request.ts';

/** Counts work as it is done, in evaluated samples, and tells the host what fraction of the whole that is. */
export interface ProgressMeter {
  advance(work: number, phase: RunProgress['phase'], detail: string, loss?: number): void;
}

export function progressMeter(total: number, host: RunHost): ProgressMeter {
  let done = 0;
  return {
    advance: (work, phase, detail, loss) => {
      done += work;
      const fraction = total > 0 ? Math.min(1, done / total) : 1;
      host.progress?.({ phase, detail, fraction, ...(loss === undefined ? {} : { loss }) });
    },
  };
}
