// Stands in for VS Code around a page of the extension: hands its messages to a worker, or to the benchmark.
declare const window: {
  acquireVsCodeApi?: () => unknown;
  dispatchEvent(event: unknown): void;
  drawings: { at: number; script: number }[];
  asked: unknown[];
};
declare class Worker {
  constructor(url: string);
  postMessage(message: unknown): void;
  onmessage: ((event: { data: { id?: number; answer?: unknown; ready?: unknown } }) => void) | null;
}

const tell = (data: unknown) => window.dispatchEvent(new MessageEvent('message', { data }));
window.drawings = [];
window.asked = [];
let state: unknown;
let worker: Worker | undefined;
const bench = {
  tell,
  /** Resolves when the worker has the curves: from here on the clock runs. */
  load: (url: string, samples: number, columns: number) =>
    new Promise((resolve) => {
      const started = new Worker(url);
      worker = started;
      started.onmessage = ({ data: { id, answer, ready } }) => {
        if (ready === undefined) return tell({ kind: 'answer', id, answer });
        resolve(ready);
      };
      started.postMessage({ samples, columns });
    }),
};
(globalThis as unknown as { bench: unknown }).bench = bench;
window.acquireVsCodeApi = () => ({
  getState: () => state,
  setState: (next: unknown) => {
    state = next;
  },
  postMessage: (message: { kind: string; id?: number; question?: unknown; script?: number }) => {
    if (message.kind === 'ask') worker?.postMessage({ id: message.id, question: message.question });
    else if (message.kind === 'drawn')
      window.drawings.push({ at: performance.now(), script: message.script ?? 0 });
    else window.asked.push(message);
  },
});
