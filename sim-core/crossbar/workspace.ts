import { createArena, type SweepsArena } from './compiled-sweeps.ts';
import { isPadded, type Layout } from './layout.ts';
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

/** Memory for a circuit, its padding zero. It is valid until the next call: solving is synchronous. */
export const claimWorkspace = (layout: Layout, kernels: Kernels): Workspace => {
  const shared = kernels === 'plain' ? undefined : claimArena(layout.size);
  if (shared) {
    const memory = shared.reserve(layout.size);
    // What is padding stays as it is from here on; everything else is written before it is read.
    if (isPadded(layout)) memory.fill(0);
    return { layout, memory, sweeps: shared.sweeps(layout) };
  }
  const memory = new Float64Array(layout.size);
  return { layout, memory, sweeps: plainSweeps(memory, layout) };
};

const claimArena = (size: number): SweepsArena | undefined => {
  const capacity = arena?.capacity() ?? 0;
  if (!arena || (capacity > smallEnough && capacity > wasteful * size)) arena = createArena();
  return arena;
};
