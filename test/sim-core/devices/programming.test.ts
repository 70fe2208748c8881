import { describe, expect, it } from 'vitest';
import {
  deviceModels,
  programmableDevice,
  programmablePulsed,
  pulseModels,
  pulseResponse,
  randomStream,
  type Values,
  writeVerify,
} from '../../../sim-core/index.ts';

const vteam = deviceModels.get('vteam');
const values: Values = {
  rOn: 10e3,
  rOff: 1e6,
  vOn: -1.1,
  vOff: 0.9,
  kOn: -1e-3,
  kOff: 1e-3,
  alphaOn: 1,
  alphaOff: 1,
};

function programmableVteam() {
  if (!vteam) throw new Error('no model vteam');
  const device = vteam.device(values);
  return { device, programmable: programmableDevice('vteam', device, 0.1) };
}

const set = { amplitude: -1.4, width: 1e-6 };
const reset = { amplitude: 1.2, width: 1e-6 };

describe('pulse responses', () => {
  it('of VTEAM: the state moves by the same amount with each pulse, hence so does the resistance', () => {
    const { device, programmable } = programmableVteam();
    const response = pulseResponse(
      programmable,
      device.off,
      Array.from({ length: 8 }, () => set),
    );
    if (!response.ok) throw new Error(response.problems[0].message);
    const { conductance } = response.value;
    const step = 1e-3 * (1.4 / 1.1 - 1) * 1e-6;
    for (const [n, g] of conductance.entries()) {
      const x = Math.max(3e-9 - n * step, 0);
      expect(1 / g / (10e3 + (990e3 * x) / 3e-9)).toBeCloseTo(1, 9);
    }
  });

  it('of NeuroSim: potentiation then depression comes back', () => {
    const model = pulseModels.get('neurosim');
    if (!model) throw new Error('no model neurosim');
    const stream = randomStream(1, 'response');
    const device = model.draw({ c2c: 0 }, stream);
    const pulses = [1, -1].flatMap((amplitude) =>
      Array.from({ length: 64 }, () => ({ amplitude, width: 1e-6 })),
    );
    const response = pulseResponse(programmablePulsed(device, stream), device.initial, pulses);
    if (!response.ok) throw new Error(response.problems[0].message);
    const { conductance } = response.value;
    expect(conductance).toHaveLength(129);
    expect(conductance[64] / device.high).toBeCloseTo(1, 12);
    expect(conductance[128] / device.low).toBeCloseTo(1, 9);
    for (let k = 1; k <= 64; k++) expect(conductance[k]).toBeGreaterThan(conductance[k - 1]);
  });
});

describe('write–verify', () => {
  const options = { potentiate: set, depress: reset, tolerance: 0.01, maxPulses: 100 };

  it.each([2e-6, 5e-6, 1e-5, 3e-5, 8e-5])('brings a VTEAM device within 1 %% of %d S', (target) => {
    const { device, programmable } = programmableVteam();
    const result = writeVerify(programmable, device.off, target, options);
    if (!result.ok) throw new Error(result.problems[0].message);
    const { reached, reads, pulses, state } = result.value;
    expect(reached).toBe(true);
    expect(Math.abs(reads[reads.length - 1] / target - 1)).toBeLessThanOrEqual(0.01);
    expect(programmable.conductance(state)).toBe(reads[reads.length - 1]);
    expect(reads).toHaveLength(pulses.length + 1);
    for (const [k, pulse] of pulses.entries()) expect(pulse.amplitude < 0).toBe(reads[k] < target);
  });

  it('needs no pulse where the device is already there', () => {
    const { device, programmable } = programmableVteam();
    const result = writeVerify(programmable, device.off, 1e-6, options);
    expect(result.ok && result.value.pulses).toHaveLength(0);
    expect(result.ok && result.value.reached).toBe(true);
  });

  it('says that a target outside the window was not reached', () => {
    const { device, programmable } = programmableVteam();
    const result = writeVerify(programmable, device.off, 1e-3, { ...options, maxPulses: 20 });
    expect(result.ok && result.value.reached).toBe(false);
    expect(result.ok && result.value.reads.at(-1)).toBeCloseTo(1e-4, 12);
    expect(result.ok && result.value.pulses).toHaveLength(20);
  });

  it('programs a noisy 1T1R cell', () => {
    const model = pulseModels.get('transistorCell');
    if (!model) throw new Error('no model transistorCell');
    const stream = randomStream(2, 'cell');
    const device = model.draw({ noise: 0.01 }, stream);
    const pulses = {
      potentiate: { amplitude: 2.5, width: 1e-6, gate: 1 },
      depress: { amplitude: -1.7, width: 1e-6 },
    };
    const result = writeVerify(programmablePulsed(device, stream), 0, 218e-6, {
      ...pulses,
      tolerance: 0.01,
      maxPulses: 50,
    });
    expect(result.ok && result.value.reached).toBe(true);
  });

  it('steps the gate of a 1T1R cell, back and finer after an overshoot, where it is told to', () => {
    const model = pulseModels.get('transistorCell');
    if (!model) throw new Error('no model transistorCell');
    const stream = randomStream(2, 'cell');
    const device = model.draw({ noise: 0 }, stream);
    const target = 231.3e-6;
    const result = writeVerify(programmablePulsed(device, stream), 0, target, {
      potentiate: { amplitude: 2.5, width: 1e-6 },
      depress: { amplitude: -1.7, width: 1e-6 },
      tolerance: 1e-3,
      maxPulses: 60,
      gate: { start: 0.8, step: 0.1 },
    });
    if (!result.ok) throw new Error(result.problems[0].message);
    const { pulses, reads, reached } = result.value;
    expect(reached).toBe(true);
    // f(Vg) = 98 uS/V·Vg + 120 uS passes the target between 1.1 V and 1.2 V.
    const gates = pulses.map(({ gate }) => gate);
    for (const [k, volts] of [0.8, 0.9, 1, 1.1, 1.2].entries()) expect(gates[k]).toBeCloseTo(volts, 12);
    expect(gates[5]).toBeUndefined();
    expect(reads[6]).toBe(0);
    expect(gates[6]).toBeLessThan(1.2);
    expect(Math.abs(reads[reads.length - 1] / target - 1)).toBeLessThanOrEqual(1e-3);
    for (const { width } of pulses) expect(width).toBe(1e-6);
  });

  it('hands on the problem of a drive that the model does not bear', () => {
    const model = deviceModels.get('stanford2016');
    if (!model) throw new Error('no model stanford2016');
    const device = model.device({ i0: 1e-3 });
    const result = writeVerify(programmableDevice('stanford2016', device, 0.1), device.off, 1e-3, {
      potentiate: { amplitude: 2.5, width: 1e-3 },
      depress: { amplitude: -2.5, width: 1e-3 },
      tolerance: 0.01,
      maxPulses: 10,
    });
    expect(!result.ok && result.problems[0].code).toBe('device.invalid-drive');
  });

  it('refuses a target that is no conductance', () => {
    const { device, programmable } = programmableVteam();
    for (const target of [0, -1e-6, Number.NaN]) {
      const result = writeVerify(programmable, device.off, target, options);
      expect(!result.ok && result.problems[0].code).toBe('device.write-verify-options');
    }
  });
});
