import { exitCode } from './exit-codes.ts';

const cleanups = new Set<() => void>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the process at once when it is interrupted, asked to end or hung up on, after what {@link onInterrupt} asked for. */
export function watchInterrupts(): void {
  for (const signal of signals) {
    process.once(signal, () => {
      for (const cleanup of cleanups) cleanup();
      process.exit(exitCode.interrupted);
    });
  }
}

/** Has `cleanup` run if a signal ends the process before the function that this gives is called. */
export function onInterrupt(cleanup: () => void): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}
