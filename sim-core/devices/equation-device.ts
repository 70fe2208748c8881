import type { DeviceDesign, DeviceEquations, Expression, Parameters } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { compileScalar, type Scalar, UnknownName } from './compile-scalar.ts';
import { readConductance } from './define.ts';
import type { Device } from './model.ts';

/** Read voltage at which a user's model is asked which of its states conducts best and least. */
const referenceVoltage = 0.1;

/**
 * A device of the user's own state equations, through the same interface as the compact models. Random parameters
 * take their mean. The fully on and off states are the corners of the states' bounds that conduct best and least.
 */
export function equationDevice(design: DeviceDesign): Outcome<Device> {
  if (!design.equations) {
    return failure(problem(design, `Device ${design.name} has no state equations of its own.`));
  }
  const compiled = compileEquations(design, design.equations);
  if (!compiled.ok) return compiled;
  const { slots, locals, current, rates, values, voltage } = compiled.value;
  const states = design.equations.states.map((state) => ({ ...state, unit: '' }));
  const load = (at: ArrayLike<number>, volts: number) => {
    for (let i = 0; i < states.length; i++) values[slots[i]] = at[i];
    values[voltage] = volts;
    for (const { slot, value } of locals) values[slot] = value(values);
  };
  const device: Device = {
    states,
    on: states.map((state) => state.high),
    off: states.map((state) => state.low),
    thresholds: [0],
    stiff: false,
    current(at, volts) {
      load(at, volts);
      return values[current];
    },
    derivative(at, volts, out) {
      load(at, volts);
      for (let i = 0; i < rates.length; i++) out[i] = rates[i](values);
    },
  };
  return success({ ...device, ...extremeStates(device) });
}

interface Compiled {
  readonly values: Float64Array;
  readonly voltage: number;
  readonly current: number;
  readonly slots: readonly number[];
  readonly locals: readonly { readonly slot: number; readonly value: Scalar }[];
  readonly rates: readonly Scalar[];
}

/** Every name gets a slot in one array; equations become functions of that array, in the order in which they stand. */
function compileEquations(design: DeviceDesign, equations: DeviceEquations): Outcome<Compiled> {
  const constants = constantsOf(design.parameters);
  const localEquations = equations.equations.filter((equation) => !equation.next);
  const names = [
    ...Object.keys(constants),
    equations.voltage,
    ...equations.states.map((state) => state.name),
    ...localEquations.map((equation) => equation.name),
  ];
  const slots = new Map(names.map((name, slot) => [name, slot]));
  const values = new Float64Array(names.length);
  for (const [slot, value] of Object.values(constants).entries()) values[slot] = value;
  const slotOf = (name: string) => {
    const slot = slots.get(name);
    if (slot === undefined) throw new UnknownName(name);
    return slot;
  };
  try {
    const locals = localEquations.map(({ name, value }) => ({
      slot: slotOf(name),
      value: compileScalar(value, slotOf),
    }));
    const rates = equations.states.map(({ name }) => compileScalar(rateOf(equations, name), slotOf));
    return success({
      values,
      locals,
      rates,
      voltage: slotOf(equations.voltage),
      current: slotOf(equations.current),
      slots: equations.states.map(({ name }) => slotOf(name)),
    });
  } catch (error) {
    if (error instanceof UnknownName)
      return failure(problem(design, `Device ${design.name}: ${error.message}.`));
    throw error;
  }
}

/** The expression of a state's time derivative. */
function rateOf({ equations }: DeviceEquations, state: string): Expression {
  const equation = equations.find((candidate) => candidate.next && candidate.name === state);
  if (!equation) throw new UnknownName(`${state}'`);
  return equation.value;
}

/** Numbers by name as equations refer to them; a range's ends as `name.low` and `name.high`. */
export function constantsOf(parameters: Parameters): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      if (parameter.kind === 'number') return [[name, parameter.value] as const];
      if (parameter.kind === 'distribution') return [[name, parameter.mean] as const];
      if (parameter.kind === 'word') return [];
      return [[`${name}.low`, parameter.low] as const, [`${name}.high`, parameter.high] as const];
    }),
  );
}

function extremeStates(device: Device): { readonly on: readonly number[]; readonly off: readonly number[] } {
  const corners = device.states.reduce<readonly (readonly number[])[]>(
    (partial, { low, high }) =>
      partial.flatMap((corner) => [
        [...corner, low],
        [...corner, high],
      ]),
    [[]],
  );
  const ranked = corners
    .map((corner) => ({ corner, conductance: readConductance(device, corner, referenceVoltage) }))
    .sort((a, b) => a.conductance - b.conductance);
  return { on: ranked[ranked.length - 1].corner, off: ranked[0].corner };
}

const problem = (design: DeviceDesign, message: string): Problem => ({
  code: 'device.equations',
  message,
  origin: design.origin,
});
