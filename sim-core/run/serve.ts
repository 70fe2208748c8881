import type { WorkerPort } from './protocol.ts';
import type { Run, RunHost, RunProgress } from './request.ts';
import { run } from './run.ts';

/**
 * Answers every run that comes in through `port`: progress while it runs, then its outcome, whose arrays are
 * transferred rather than copied.
 */
export function serve(port: WorkerPort, runner: Run = run): void {
  port.onMessage(({ id, request }) => {
    try {
      const host: RunHost = {
        progress: thinned((progress) => port.postMessage({ kind: 'progress', id, progress })),
      };
      const outcome = runner(request, host);
      port.postMessage({ kind: 'done', id, outcome }, buffersOf(outcome));
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      port.postMessage({ kind: 'failed', id, message });
    }
  });
}

/** Smallest advance of the whole that is worth a message. */
const grain = 0.005;

/** Passes on what advances by a grain, and the first and last of each phase. */
function thinned(report: (progress: RunProgress) => void): (progress: RunProgress) => void {
  let last: RunProgress | undefined;
  return (progress) => {
    const sameTask = last !== undefined && last.phase === progress.phase && last.detail === progress.detail;
    if (sameTask && last !== undefined && progress.fraction < 1 && progress.fraction - last.fraction < grain)
      return;
    last = progress;
    report(progress);
  };
}

/** The buffers of all typed arrays within a value, each once. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): readonly ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) buffersOf(member, found);
  }
  return [...found];
}
