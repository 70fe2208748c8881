import type { BoundHardware } from '../hardware/checks.ts';
import type { HoldCapacitor } from './circuit.ts';

/** Ohms of a switch that is said to have no resistance at all: what charges through it does so without a jump. */
export const leastResistance = 1e-3;

/**
 * The capacitor and switch that hold what circuits hand from phase to phase: those of the states' memory, without its
 * injected charge, which a dummy switch is taken to cancel. Undefined where no block holds states.
 */
export function commonHold({ hardware, blocks }: BoundHardware): HoldCapacitor | undefined {
  const use = hardware.bindings.state;
  const block = use && blocks.get(use.block);
  if (!block) return undefined;
  const numberOf = (name: string): number | undefined => {
    const value =
      use.arguments[name] ?? block.parameters.find((parameter) => parameter.name === name)?.default;
    if (value?.kind === 'number') return value.value;
    return value?.kind === 'distribution' ? value.mean : undefined;
  };
  const capacitance = numberOf('capacitance');
  if (capacitance === undefined) return undefined;
  return {
    capacitance,
    onResistance: numberOf('onResistance') ?? 0,
    injectedCharge: 0,
    leakage: numberOf('leakage') ?? 0,
  };
}
