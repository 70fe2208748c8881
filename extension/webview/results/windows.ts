import type { SeriesQuery, SeriesWindow } from '../../results/series.ts';

/** Matches the windows that plots ask for with the answers that come in. */
export function windowRequests(send: (id: number, query: SeriesQuery) => void) {
  const waiting = new Map<number, (window: SeriesWindow) => void>();
  let lastId = 0;
  return {
    ask: (query: SeriesQuery) =>
      new Promise<SeriesWindow>((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve);
        send(id, query);
      }),
    answer: (id: number, window: SeriesWindow) => {
      waiting.get(id)?.(window);
      waiting.delete(id);
    },
    /** Forgets what was asked of a result that is no longer shown. */
    forget: () => waiting.clear(),
  };
}
