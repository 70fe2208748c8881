import { createArena, type SweepsArena } from './compiled-sweeps.ts';
import type { Layout } from './layout.ts';
import type { SettlingSweeps } from './settling-sweeps.ts';
import { plainSweeps, type Sweeps } from './sweeps.ts';

/** Which sweeps to use: those in WebAssembly where the engine has them, or the plain ones. Both give the same bits. */
export type Kernels = 'auto' | 'plain';

/** Memory laid out for one circuit, and the sweeps over it. */
export interface Workspace {
  readonly layout: Layout;
  readonly memory: Float64Array;
  readonly sweeps: Sweeps & SettlingSweeps;
}

/**
 * A WebAssembly memory never shrinks and each takes much address space, so all circuits take turns in one. It is given
 * up when it has grown far larger than what is needed now.
 */
let arena: SweepsArena | undefined;
const wasteful = 64;
const smallEnough = 1 << 22;

/** Zeroed memory for a circuit. It is valid until the next call: solving is synchronous. */
export const claimWorkspace = (layout: Layout, kernels: Kernels): Workspace => {
  const shared = kernels === 'plain' ? undefined : claimArena(layout.size);
  if (shared) return { layout, memory: shared.reserve(layout.size).fill(0), sweeps: shared.sweeps(layout) };
  const memory = new Float64Array(layout.size);
  return { layout, memory, sweeps: plainSweeps(memory, layout) };
};

const claimArena = (size: number): SweepsArena | undefined => {
  const capacity = arena?.capacity() ?? 0;
  if (!arena || (capacity > smallEnough && capacity > wasteful * size)) arena = createArena();
  return arena;
};
