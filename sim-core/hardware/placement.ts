import type { CrossbarDesign, Design } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { sizeNetwork } from '../graph/size-network.ts';
import { mostWeights, weightCount } from '../run/memory.ts';
import { leastDummyRows } from './dummy-rows.ts';
import { type ArrayLayout, layoutOf } from './layout.ts';

/** The arrays that one layer takes, before any weights are known. */
export interface ArrayPlacement {
  readonly layer: string;
  /** `CrossbarDesign.name`. */
  readonly crossbar: string;
  /** Lines that carry weights, as if the layer were one array. */
  readonly rows: number;
  readonly columns: number;
  /** Arrays of the crossbar that the layer takes. */
  readonly tiles: number;
  /** Devices that carry weights, those of reference lines included. */
  readonly devices: number;
  /** Share of the places of these arrays that such devices take. */
  readonly utilisation: number;
}

export function placementOf(layout: ArrayLayout, crossbar: CrossbarDesign): ArrayPlacement {
  const devices = layout.plusCount + layout.minusCount;
  const { rows, columns } = crossbar.size ?? { rows: layout.wordLines, columns: layout.bitLines };
  return {
    layer: layout.layer,
    crossbar: crossbar.name,
    rows: layout.wordLines,
    columns: layout.bitLines,
    tiles: layout.tiles.length,
    devices,
    utilisation: devices / (layout.tiles.length * rows * columns),
  };
}

/**
 * Where the layers of a network sit on a crossbar, in order; layers without weights take none. Fails as
 * {@link sizeNetwork} does.
 */
export function placeNetwork(
  design: Design,
  network: string,
  crossbar: CrossbarDesign,
): Outcome<readonly ArrayPlacement[]> {
  const sized = sizeNetwork(design, network);
  if (!sized.ok) return sized;
  if (weightCount(sized.value) > mostWeights)
    return failure({
      code: 'network.too-large',
      message: `Network "${network}" has more weights than can be computed, ${mostWeights}.`,
    });
  const layouts = sized.value.layers.flatMap(
    (layer) => layoutOf(layer, crossbar, leastDummyRows(crossbar)) ?? [],
  );
  return success(layouts.map((layout) => placementOf(layout, crossbar)));
}
