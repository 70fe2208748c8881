import { interpret } from './interpret.ts';
import type { Machine } from './program.ts';

/** A machine with so many float64 of memory, zero, and the given codes. */
export function createMachine(size: number, codes: readonly Int32Array[], batch: number): Machine {
  const memory = new Float64Array(size);
  return {
    memory,
    run: (code, from, to, direction) => interpret(memory, codes[code], batch, from, to, direction),
  };
}
