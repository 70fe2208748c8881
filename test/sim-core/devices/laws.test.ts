import { describe, expect, it } from 'vitest';
import { deviceModels } from '../../../sim-core/devices/catalogue.ts';
import { compileScalar } from '../../../sim-core/devices/compile-scalar.ts';
import { resolveValues } from '../../../sim-core/devices/define.ts';
import { modelLaw } from '../../../sim-core/devices/laws/device-law.ts';
import type { DeviceLaw, LawExpression } from '../../../sim-core/devices/laws/law.ts';
import type { DeviceModel } from '../../../sim-core/devices/model.ts';
import { unwrap } from '../circuit/circuits.ts';
import { expectSameLaw, variants } from './law-points.ts';

/** What a law says at one point; the unknown is given, and what its equation makes of it is part of the answer. */
function evaluateLaw(law: DeviceLaw, states: ArrayLike<number>, volts: number, unknown: number) {
  const names = [
    law.voltage,
    ...law.parameters.map(({ name }) => name),
    ...law.states.map(({ name }) => name),
    ...law.locals.map(({ name }) => name),
    ...(law.unknown ? [law.unknown.name] : []),
  ];
  expect(new Set(names).size).toBe(names.length);
  const memory = new Float64Array(names.length);
  const slot = (name: string): number => {
    if (!names.includes(name)) throw new Error(`${law.doc}: nothing is named ${name}`);
    return names.indexOf(name);
  };
  const value = (expression: LawExpression) => compileScalar(expression, slot)(memory);
  memory[slot(law.voltage)] = volts;
  for (const parameter of law.parameters) memory[slot(parameter.name)] = parameter.value;
  for (const [k, state] of law.states.entries()) memory[slot(state.name)] = states[k];
  if (law.unknown) memory[slot(law.unknown.name)] = unknown;
  for (const local of law.locals) memory[slot(local.name)] = value(local.value);
  return {
    current: law.unknown ? value(law.unknown.value) : value(law.current),
    rates: law.states.map(({ rate }) => value(rate)),
    bounds: law.states.map(({ low, high, initial }) => [low, high, initial].map(value)),
  };
}

describe('the equations of a model as data', () => {
  it.each(variants)('say what the model %s computes, with %j', (name, given) => {
    const model = deviceModels.get(name) as DeviceModel;
    const values = unwrap(resolveValues(model, given));
    const [device, law] = [model.device(values), modelLaw(model, values)];
    expectSameLaw(name, device, (...point) => evaluateLaw(law, ...point), JSON.stringify(given));
    const { bounds } = evaluateLaw(law, [0], 0, 0);
    expect(bounds).toEqual(device.states.map(({ low, high, initial }) => [low, high, initial]));
  });
});
