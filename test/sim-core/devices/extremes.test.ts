import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integrateAsFar } from '../../../sim-core/devices/integrate.ts';
import {
  type DeviceModel,
  deviceModels,
  type ModelParameter,
  pulseModels,
  pulseTrain,
  randomStream,
  resolveValues,
  statisticalModels,
  type Values,
} from '../../../sim-core/index.ts';

const others = new Set([...pulseModels.keys(), ...statisticalModels.keys()]);
const compact = [...deviceModels.values()].filter(({ name }) => !others.has(name));

/** A value anywhere within the bounds of a parameter: at its ends, at its default, or between, over all decades. */
function anyValue(parameter: ModelParameter): fc.Arbitrary<number | string> {
  if (parameter.kind === 'word') return fc.constantFrom(...parameter.words);
  const { low, high, default: usual } = parameter;
  const between = fc.double({ min: 0, max: 1, noNaN: true }).map((share) => {
    if (low > 0 && high / low > 1e3) return Math.min(Math.max(low * (high / low) ** share, low), high);
    return low + share * (high - low);
  });
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(low, high) },
    { weight: 2, arbitrary: between },
  );
}

const anyValues = ({ parameters }: Pick<DeviceModel, 'parameters'>): fc.Arbitrary<Values> =>
  fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, anyValue(parameter)])));

const anyPulses = fc.array(
  fc.record({
    amplitude: fc.double({ min: -5, max: 5, noNaN: true }),
    width: fc.integer({ min: -9, max: 1 }).map((decade) => 10 ** decade),
    gap: fc.constantFrom(0, 1e-6),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('whatever the parameters within their bounds, and whatever the pulses', () => {
  it.each(compact.map((model) => [model.name, model] as const))(
    '%s stays within its bounds and finite, or says why it ceases to hold',
    { timeout: 60_000 },
    (name, model) => {
      let driven = 0;
      fc.assert(
        fc.property(anyValues(model), anyPulses, (values, pulses) => {
          const resolved = resolveValues(model, values);
          if (!resolved.ok) return;
          driven++;
          const device = model.device(resolved.value);
          const outcome = integrateAsFar(name, device, pulseTrain(pulses), { samples: 50, maxSteps: 2000 });
          if (!outcome.ok) throw new Error(outcome.problems[0].message);
          const { trace, obstacle } = outcome.value;
          if (obstacle) expect(['device.invalid-drive', 'device.too-many-steps']).toContain(obstacle.code);
          for (const [at, { values: states }] of trace.states.entries()) {
            const { low, high } = device.states[at];
            for (const state of states) expect(state >= low && state <= high).toBe(true);
          }
          for (const current of trace.current) expect(Number.isNaN(current)).toBe(false);
        }),
        { seed: 11, numRuns: 150 },
      );
      expect(driven).toBeGreaterThan(15);
    },
  );

  it.each([...pulseModels.values()].map((model) => [model.name, model] as const))(
    '%s stays between its bounds, conducts no less than nothing, and is never NaN',
    (_name, model) => {
      fc.assert(
        fc.property(anyValues(model), anyPulses, (values, pulses) => {
          const resolved = resolveValues(model, values);
          if (!resolved.ok) return;
          const random = randomStream(3, 'extremes', model.name);
          const device = model.draw(resolved.value, random);
          let state = device.initial;
          for (const pulse of [...pulses, ...pulses, ...pulses]) {
            state = device.pulse(state, pulse, random);
            expect(state >= device.low).toBe(true);
            if (model.name !== 'transistorCell') expect(state <= device.high).toBe(true);
            expect(device.conductance(state)).toBeGreaterThanOrEqual(0);
          }
        }),
        { seed: 12, numRuns: 200 },
      );
    },
  );
});
