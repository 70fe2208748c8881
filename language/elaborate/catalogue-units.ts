import type { ParameterValue } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { parseUnit, scaleToSi } from '../types/units/unit.ts';

/**
 * A value as the catalogue of device models takes it: in the unit that the model declares. All of them are SI units but
 * the electronvolt, in which the literature gives activation energies.
 */
export function inCatalogueUnit(value: ParameterValue, parameter: ast.Parameter): ParameterValue {
  if (
    !ast.isModelDeclaration(parameter.$container) ||
    parameter.unit === undefined ||
    value.kind !== 'number'
  )
    return value;
  const result = parseUnit(parameter.unit);
  const scale = result.ok ? scaleToSi('1', result.unit) : 1;
  // Rounding removes the last bit that going to SI units and back may have changed.
  return scale === 1 ? value : { ...value, value: Number((value.value / scale).toPrecision(15)) };
}
