// Examines texts one after the other and says how far it is, so that whoever started it can tell a hang.
import { parentPort, workerData } from 'node:worker_threads';
import { mutated } from './mutate.ts';
import { openSubject } from './subject.ts';

const { from, to, seed, sources } = workerData as {
  from: number;
  to: number;
  seed: number;
  sources: readonly string[];
};
let subject = await openSubject();
for (let index = from; index < to; index++) {
  const started = performance.now();
  let failure: string | undefined;
  try {
    await subject.examine(mutated(sources, seed, index), seed, index);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // What threw may have left its services in any state.
    subject = await openSubject();
  }
  parentPort?.postMessage({ index, milliseconds: performance.now() - started, failure });
}
