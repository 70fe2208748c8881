/** What waits and what runs, in order. Pure: each function gives the next state. */
export interface Queue<T> {
  readonly running?: Queued<T>;
  readonly waiting: readonly Queued<T>[];
}

export interface Queued<T> {
  /** At most one entry of a key waits: asking again for what already waits changes nothing. */
  readonly key: string;
  readonly value: T;
}

export const emptyQueue: Queue<never> = { waiting: [] };

export function enqueue<T>(queue: Queue<T>, entry: Queued<T>): Queue<T> {
  if (queue.waiting.some(({ key }) => key === entry.key)) return queue;
  return { ...queue, waiting: [...queue.waiting, entry] };
}

/** Starts the first that waits, unless something runs. */
export function startNext<T>(queue: Queue<T>): Queue<T> {
  if (queue.running !== undefined || queue.waiting.length === 0) return queue;
  const [running, ...waiting] = queue.waiting;
  return { running, waiting };
}

export const finishRunning = <T>(queue: Queue<T>): Queue<T> => ({ waiting: queue.waiting });

export const withdraw = <T>(queue: Queue<T>, key: string): Queue<T> => ({
  ...queue,
  waiting: queue.waiting.filter((entry) => entry.key !== key),
});
