import type { Conductances } from '../hardware/conductance.ts';
import type { ArrayLayout } from '../hardware/layout.ts';
import type { RealisedNetwork } from '../hardware/realise.ts';
import type { Draw } from '../program/realisation.ts';

/** What one trial's arrays and circuits are. */
export interface RealisedValues {
  /** By `ParameterDeclaration.name`. */
  readonly parameters: ReadonlyMap<string, Float64Array>;
  /** By layer, in siemens, as the layer's layout numbers them. */
  readonly devices: ReadonlyMap<string, Conductances>;
  readonly layouts: readonly ArrayLayout[];
  /** By the name of `sectionTensor`: what acts between word and bit lines, behind their wires. */
  readonly tensors: ReadonlyMap<string, Float64Array>;
}

export function realisedValues(
  realised: RealisedNetwork,
  weights: ReadonlyMap<string, Float64Array>,
  draw: Draw,
): RealisedValues {
  const parameters = new Map<string, Float64Array>();
  const devices = new Map<string, Conductances>();
  const tensors = new Map<string, Float64Array>();
  realised.write(weights, draw, {
    tensor: (name, values) => void tensors.set(name, values.slice()),
    parameter: (name, values) => void parameters.set(name, values.slice()),
    devices: ({ layout }, _wanted, { mean: { plus, minus } }) =>
      void devices.set(layout.layer, { plus: plus.slice(), minus: minus.slice() }),
  });
  return { parameters, devices, tensors, layouts: realised.layouts };
}
