import { Worker } from 'node:worker_threads';
import type { StartWorker } from '../simulation/handle.ts';

/** Starts simulation workers as threads of Node. */
export const threadStarter =
  (file: string): StartWorker =>
  ({ message, error, exit }) => {
    const worker = new Worker(file);
    worker.on('message', message);
    worker.on('error', error);
    worker.on('exit', exit);
    // A worker that only waits to be asked must not keep the process alive.
    worker.unref();
    return {
      post: (value) => worker.postMessage(value),
      terminate: () => void worker.terminate(),
    };
  };
