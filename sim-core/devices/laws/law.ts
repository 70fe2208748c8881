import type { Expression, UnaryFunction } from '../../design/design.ts';

/** Functions that a device's law is written with. */
export type LawFunction = UnaryFunction | 'asin';

export type LawExpression = Expression<LawFunction>;

/**
 * A device's equations as data: what {@link Device} computes, in a form from which other simulators' texts are written. SI
 * units throughout. Expressions refer to parameters, states, locals and unknowns by name.
 *
 * Piecewise laws are written with minima and maxima rather than with cases, so that no branch that is not taken can
 * overflow, and so that a simulator's derivatives exist on both sides.
 */
export interface DeviceLaw {
  /** What the equations are and where they come from, for comments. */
  readonly doc: string;
  /** The name of the voltage across the device. */
  readonly voltage: string;
  readonly parameters: readonly LawParameter[];
  readonly states: readonly LawState[];
  /** In an order in which each uses only what stands above it. */
  readonly locals: readonly LawEquation[];
  /**
   * A quantity that its own equation uses, through the locals. Its simulator solves for it; `scale` is a typical size, by
   * which it is divided to be a node's voltage.
   */
  readonly unknown?: LawEquation & { readonly scale: number };
  /** Amperes from the first to the second terminal. */
  readonly current: LawExpression;
}

/** The equations alone. */
export type Law = Omit<DeviceLaw, 'doc' | 'voltage' | 'parameters'>;

export interface LawParameter {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly doc?: string;
}

export interface LawState {
  readonly name: string;
  /** Bounds and initial value: numbers, or expressions over the parameters alone. */
  readonly low: LawExpression;
  readonly high: LawExpression;
  readonly initial: LawExpression;
  /** Time derivative within the bounds; at a bound a state can only come back. */
  readonly rate: LawExpression;
}

export interface LawEquation {
  readonly name: string;
  readonly value: LawExpression;
}

/** The voltage across a device in the laws of the catalogue's models. */
export const voltage = 'v';

/** All names that the equations use. */
export function referencesOf({ states, locals, unknown, current }: Law): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (expression: LawExpression): void => {
    switch (expression.op) {
      case 'reference':
        found.add(expression.name);
        break;
      case 'unary':
        visit(expression.of);
        break;
      case 'binary':
        visit(expression.left);
        visit(expression.right);
        break;
      case 'clamp':
        visit(expression.of);
        visit(expression.low);
        visit(expression.high);
        break;
    }
  };
  for (const { low, high, initial, rate } of states) [low, high, initial, rate].forEach(visit);
  for (const { value } of locals) visit(value);
  if (unknown) visit(unknown.value);
  visit(current);
  return found;
}
