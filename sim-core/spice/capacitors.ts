import type { HoldCapacitor, Values } from '../circuit/circuit.ts';
import { leastResistance } from '../circuit/hold.ts';
import { valueAt } from '../transient/emit.ts';
import { spiceNumber } from './expression.ts';
import { chargePulse } from './timing.ts';
import type { NetlistWriter } from './writer.ts';

/** When a switch is closed. */
export interface Closing {
  readonly phase: number;
  /** Every time step, or every other one beginning with step `first`. */
  readonly every: number;
  readonly first: number;
}

/**
 * A capacitor that is charged through a switch from what `source` says, while `control` is 1 V; its leakage; the charge that
 * the opening switch leaves.
 */
export function writeCapacitor(
  writer: NetlistWriter,
  name: string,
  node: string,
  hold: HoldCapacitor,
  charging: {
    readonly source: string;
    readonly control: string;
    readonly resistance: Values;
    readonly unit: number;
    readonly initial: number;
    readonly closing: Closing;
  },
): void {
  const { lines, timing } = writer;
  const { source, control, resistance, unit, initial, closing } = charging;
  const series = Math.max(valueAt(hold.onResistance, unit) + valueAt(resistance, unit), leastResistance);
  const leakage = valueAt(hold.leakage, unit);
  const charge = valueAt(hold.injectedCharge, unit);
  lines.push(
    `C${name} ${node} 0 ${valueAt(hold.capacitance, unit)} ic=${spiceNumber(initial)}`,
    `Bswitch_${name} 0 ${node} I=${control}*(${source}-V(${node}))/${series}`,
  );
  if (leakage > 0) lines.push(`Rleak_${name} ${node} 0 ${1 / leakage}`);
  if (charge !== 0) lines.push(chargePulse(`inject_${name}`, node, charge, closing.phase, timing, closing));
}
