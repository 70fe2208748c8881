/** Matches what plots ask for with the answers that come in. */
export function pendingAnswers() {
  const waiting = new Map<number, (answer: never) => void>();
  let lastId = 0;
  return {
    ask: <Value>(send: (id: number) => void) =>
      new Promise<Value>((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve as (answer: never) => void);
        send(id);
      }),
    answer: (id: number, value: unknown) => {
      waiting.get(id)?.(value as never);
      waiting.delete(id);
    },
    /** Forgets what was asked of a result that is no longer shown. */
    forget: () => waiting.clear(),
  };
}
