import type { StartWorker } from '../simulation/handle.ts';

/** Starts simulation workers as web workers. */
export const webWorkerStarter =
  (script: string): StartWorker =>
  ({ message, error }) => {
    const worker = new Worker(script);
    worker.onmessage = ({ data }) => message(data);
    worker.onerror = ({ message: text }) => error(new Error(text));
    return {
      post: (value) => worker.postMessage(value),
      terminate: () => worker.terminate(),
    };
  };
