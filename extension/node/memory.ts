import { totalmem } from 'node:os';

/** Bytes of memory that the machine, or the container that the process runs in, has. */
export function machineMemory(): number {
  // Without a limit, the system names none (0) or one beyond the machine's own memory.
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
