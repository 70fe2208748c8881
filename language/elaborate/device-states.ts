import { compactDevice } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { deviceRoot } from '../references/members.ts';
import { type Dimension, dimensionless } from '../types/units/dimension.ts';
import { parseUnit } from '../types/units/unit.ts';
import { evaluateConstant } from './constants.ts';
import type { Context } from './context.ts';
import { elaborateDevice } from './devices.ts';

/** A state of a device, with its bounds in SI units. */
export interface StateBounds {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly dimension: Dimension;
}

/** The states of a device; undefined while it has errors of its own, which are reported where it stands. */
export function deviceStates(device: ast.Device, context: Context): readonly StateBounds[] | undefined {
  const silent = { ...context, report: () => undefined };
  const bound = compactDevice(elaborateDevice(device, () => 0, silent));
  if (!bound.ok) return undefined;
  const root = deviceRoot(device);
  return bound.value.states.map(({ name, low, high, unit }) => ({
    name,
    low,
    high,
    dimension: ast.isEquationDevice(root) ? ownDimension(root, name) : dimensionOf(unit),
  }));
}

function ownDimension({ states }: ast.EquationDevice, name: string): Dimension {
  const state = states.find(({ variables }) => variables.some((variable) => variable.name === name));
  const bounds = state?.bounds && evaluateConstant(state.bounds, () => undefined);
  return bounds?.kind === 'range' ? bounds.dimension : dimensionless;
}

function dimensionOf(unit: string): Dimension {
  const parsed = parseUnit(unit);
  return parsed.ok ? parsed.unit.dimension : dimensionless;
}
