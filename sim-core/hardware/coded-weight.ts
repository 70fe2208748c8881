import type { CrossbarDesign } from '../design/design.ts';
import { siemensPerWeight, slicesOf, targetConductance } from './coding.ts';
import type { ProgrammableDevice } from './conductance.ts';

/**
 * The weight that its devices stand for once each is on its nearest level and nothing else is wrong: what window, levels,
 * coding and slices make of a weight.
 */
export function codedWeight(
  crossbar: CrossbarDesign,
  device: ProgrammableDevice,
  weightMax: number,
): (weight: number) => number {
  const siemens = siemensPerWeight(device, weightMax, crossbar.coding);
  const conductanceOf = targetConductance(device, crossbar.coding, siemens);
  // Behind `offset`, the partner is the reference line, which holds the weight 0.
  const partner = (weight: number) => conductanceOf(crossbar.coding === 'offset' ? 0 : weight, -1);
  const analog = (weight: number) => (conductanceOf(weight, 1) - partner(weight)) / siemens;
  const slices = slicesOf(crossbar);
  if (!slices) return analog;
  return (weight) =>
    slices.shares.reduce(
      (sum, share, slice) => sum + share * analog(slices.part(weight, weightMax, slice)),
      0,
    );
}
