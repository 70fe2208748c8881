import type { DatasetDesign } from './data.ts';
import type { ExperimentDesign } from './experiments.ts';
import type { BlockDesign, CrossbarDesign, DeviceDesign, HardwareDesign } from './hardware.ts';
import type { CellDesign, NetworkDesign } from './networks.ts';

export type * from './data.ts';
export type * from './equations.ts';
export type * from './experiments.ts';
export * from './hardware.ts';
export type * from './networks.ts';
export type * from './values.ts';

/**
 * `Design`: the contract between the language and the engine.
 *
 * One plain, versioned, JSON-able value that says all that a `.loom` file and its imports say: numbers in SI
 * base units, names resolved, defaults filled in, nothing left to parse. Sizes stay symbolic (a cell is written
 * once for every number of units); {@link compileNetwork} binds them. Every node carries a stable `id` and the source
 * range that it came from, so that an error, a wave or a heat-map cell can jump to its text and back.
 */
export const designVersion = 1;

export interface Design {
  readonly version: typeof designVersion;
  readonly devices: readonly DeviceDesign[];
  readonly crossbars: readonly CrossbarDesign[];
  readonly blocks: readonly BlockDesign[];
  readonly cells: readonly CellDesign[];
  readonly hardware: readonly HardwareDesign[];
  readonly networks: readonly NetworkDesign[];
  readonly datasets: readonly DatasetDesign[];
  readonly experiments: readonly ExperimentDesign[];
}
