import type { Outcome, RunRequest } from '@memloom/sim-core';
import type { StartWorker } from './handle.ts';
import { type OpenRun, type Simulator, startSimulator } from './simulation.ts';

/** Simulates in two workers: while one answers questions about the last run, the other makes the next one. */
export interface Turns extends Simulator {
  /** Starts a worker for the next run, unless one waits. */
  warm(): void;
}

export function takeTurns(start: StartWorker): Turns {
  /** The worker whose run is shown, and one that has nothing to do. */
  let shown: Simulator | undefined;
  let idle: Simulator | undefined;
  let isOver = false;
  const warm = () => {
    if (!isOver) idle ??= startSimulator(start);
  };
  const take = () => {
    const worker = idle ?? startSimulator(start);
    idle = undefined;
    return worker;
  };
  const run = async (request: RunRequest, signal: AbortSignal): Promise<Outcome<OpenRun> | undefined> => {
    const worker = take();
    const outcome = await worker.run(request, signal);
    if (!outcome?.ok) {
      // What has failed may be broken, and what was aborted has ended.
      worker.dispose();
      warm();
      return outcome;
    }
    idle?.dispose();
    idle = shown;
    shown = worker;
    return outcome;
  };
  return {
    warm,
    run,
    dispose: () => {
      isOver = true;
      shown?.dispose();
      idle?.dispose();
    },
  };
}
