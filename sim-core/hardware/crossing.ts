import {
  type Access,
  accessVoltage,
  type Curves,
  cellLaw,
  gatedAccess,
  ohmicCurves,
  resistorAccess,
  selectorAccess,
} from '../crossbar/cell-laws.ts';
import type { CellLaw } from '../crossbar/nonlinear.ts';
import type { CrossbarDesign, CrossingDesign, DeviceDesign } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { compactDevice } from '../devices/compact-device.ts';
import { deviceCurves, isOhmic } from '../devices/conduction.ts';

/** How the cells of a crossbar conduct, each a device with what stands in series with it. */
export interface Crossing {
  /** Nothing stands in series with the devices. */
  readonly isPassive: boolean;
  /** Every cell is an ohmic resistor, so that one conductance says all. */
  readonly isOhmic: boolean;
  /** What a cell conducts at `vRead` whose device conducts `conductance` there, in siemens; its bit line is at 0 V. */
  conductance(conductance: number): number;
  /** The law of cells of given devices, in siemens at `vRead`. */
  law(conductance: Float64Array): CellLaw;
  /**
   * Voltages across the devices alone, of cells between a word line and a bit line at given voltages; undefined where
   * nothing else stands in a cell.
   */
  deviceVoltages?(conductance: Float64Array, word: Float64Array, bit: Float64Array): Float64Array;
}

/** Conducts as the devices' model says, or, where none is given, as ohmic resistors. */
export function crossingOf(
  { cell, vRead }: Pick<CrossbarDesign, 'cell' | 'vRead'>,
  design: DeviceDesign | undefined,
): Outcome<Crossing> {
  const bound = design ? compactDevice(design) : success(undefined);
  if (!bound.ok) return bound;
  const device = bound.value && !isOhmic(bound.value) ? bound.value : undefined;
  const access = accessOf(cell);
  const curves = (conductance: Float64Array): Curves =>
    device ? deviceCurves(device, conductance, vRead) : ohmicCurves(conductance);
  return success({
    isPassive: !access,
    isOhmic: !device && (!access || cell?.onResistance !== undefined),
    conductance(conductance) {
      if (!access) return conductance;
      const one = curves(Float64Array.of(conductance));
      return one.current(0, vRead - accessVoltage(one, access, 0, vRead, 0)) / vRead;
    },
    law: (conductance) => cellLaw(curves(conductance), access),
    ...(access
      ? {
          deviceVoltages(conductance, word, bit) {
            const own = curves(conductance);
            return word.map((v, at) => {
              const across = v - bit[at];
              return across - accessVoltage(own, access, at, across, bit[at]);
            });
          },
        }
      : {}),
  });
}

function accessOf(cell: CrossingDesign | undefined): Access | undefined {
  if (!cell || cell.kind === 'passive') return undefined;
  if (cell.kind === 'selector')
    return selectorAccess({ current: cell.selectorCurrent, scale: cell.selectorVoltage });
  if (cell.onResistance === 0) return undefined;
  if (cell.onResistance !== undefined) return resistorAccess(cell.onResistance);
  return gatedAccess({
    gate: cell.gate,
    threshold: cell.gateThreshold,
    transconductance: cell.transconductance,
  });
}
