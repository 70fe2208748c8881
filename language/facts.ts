import { blockUnits } from './elaborate/blocks.ts';
import { type ParameterKind, parameterType } from './elaborate/parameters.ts';
import type * as ast from './generated/ast.ts';
import type { LoomCoreServices } from './services.ts';
import { formatDimension } from './types/units/format.ts';
import { surroundingsOf } from './validation/checks.ts';

/** What a parameter's declaration comes to, for showing it. */
export interface ParameterFacts {
  readonly kind: ParameterKind;
  /** SI unit, `1` for a plain number. */
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** The default, where it is a number. */
  readonly value?: number;
}

export function parameterFacts(parameter: ast.Parameter): ParameterFacts {
  const type = parameterType(parameter, true, () => undefined);
  const { kind, dimension, low, high, default: value } = type;
  const unit = formatDimension(dimension);
  return { kind, unit, low, high, ...(value?.kind === 'number' ? { value: value.value } : {}) };
}

/** The SI unit of each equation of a block, as far as it can be told. */
export const equationUnits = (
  block: ast.Block,
  services: LoomCoreServices,
): ReadonlyMap<ast.Equation, string> =>
  blockUnits(block, {
    ...surroundingsOf(services, () => undefined),
    use: (declaration) => declaration.name ?? '',
  });
