import { describe, expect, it } from 'vitest';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { deviceModels } from '../../../sim-core/devices/catalogue.ts';
import { resolveValues } from '../../../sim-core/devices/define.ts';
import { simulateDevice } from '../../../sim-core/devices/integrate.ts';
import type { DeviceModel, Values } from '../../../sim-core/devices/model.ts';
import { sine, type Waveform } from '../../../sim-core/devices/waveform.ts';
import { type DynamicCrossbar, simulateCrossbar } from '../../../sim-core/transient/dynamic-crossbar.ts';
import { unwrap } from '../circuit/circuits.ts';

const hp: Values = { rOn: 10e3, rOff: 100e3, mobility: 1e-14, thickness: 27e-9, p: 1, window: 'joglekar' };
const wave = (amplitude: number, frequency: number): Waveform => sine({ amplitude, frequency, periods: 2 });

function modelOf(name: string): DeviceModel {
  const model = deviceModels.get(name);
  if (!model) throw new Error(`There is no ${name}.`);
  return model;
}

/** N × N linear ion drift devices of different states. */
function array(size: number, wire: number): DynamicCrossbar {
  const model = modelOf('linearIonDrift');
  const device = model.device(unwrap(resolveValues(model, hp)));
  return {
    wires: { rows: size, columns: size, wordWire: wire, bitWire: wire, wordLeft: 50, bitBottom: 0 },
    devices: Array.from({ length: size * size }, () => device),
    initial: Float64Array.from({ length: size * size }, (_, k) => 0.1 + 0.7 * ((k * 0.618) % 1)),
    drives: Array.from({ length: size }, (_, row) => wave(0.5 + 0.05 * row, 20)),
  };
}

describe('an array of dynamic devices', () => {
  it.each([
    ['linearIonDrift', hp, wave(1, 5)],
    ['yakopcic', {}, wave(0.4, 100)],
  ] as const)('of one %s without wires moves as the device alone', (name, values, drive) => {
    const model = modelOf(name);
    const resolved = unwrap(resolveValues(model, values));
    const wires = { rows: 1, columns: 1, wordWire: 0, bitWire: 0, wordLeft: 0, bitBottom: 0 };
    const one = { wires, devices: [model.device(resolved)], drives: [drive] };
    const { states, currents, time } = unwrap(simulateCrossbar(one, { tolerance: 1e-8, samples: 201 }));
    const alone = unwrap(simulateDevice(model, resolved, drive, { tolerance: 1e-9, samples: 201 }));
    const at = Array.from(time, (t) => alone.time.findIndex((other) => Math.abs(other - t) < 1e-12));
    const largest = Math.max(...alone.current.map(Math.abs));
    at.forEach((k, sample) => {
      if (k < 0) throw new Error('The device alone has no such sample.');
      expect(Math.abs(states[sample] - alone.states[0].values[k])).toBeLessThan(1e-5);
      expect(Math.abs(currents[sample] - alone.current[k])).toBeLessThan(1e-5 * largest);
    });
    expect(Math.max(...states) - Math.min(...states)).toBeGreaterThan(0.01);
  });

  it.each([2.5, 400])('with wires of %d Ohm obeys Kirchhoff at every sample', (wire) => {
    const size = 6;
    const crossbar = array(size, wire);
    const { states, currents, time } = unwrap(simulateCrossbar(crossbar, { samples: 41 }));
    const largest = Math.max(...currents.map(Math.abs));
    for (const sample of [3, 11, 25]) {
      const of = states.subarray(sample * size * size, (sample + 1) * size * size);
      const circuit = {
        ...crossbar.wires,
        conductance: of.map((x) => 1 / (10e3 * x + 100e3 * (1 - x))),
        wordRight: Number.POSITIVE_INFINITY,
        bitTop: Number.POSITIVE_INFINITY,
      };
      const wordLeft = Float64Array.from({ length: size }, (_, row) => {
        const amplitude = 0.5 + 0.05 * row;
        return amplitude * Math.sin(2 * Math.PI * 20 * time[sample]);
      });
      const { current } = unwrap(solveCrossbar(circuit, { wordLeft })).ends.bitBottom;
      current.forEach((i, column) => {
        expect(Math.abs(currents[sample * size + column] - i)).toBeLessThan(1e-7 * largest);
      });
    }
  });

  it('comes nearer to the truth with its tolerance', () => {
    const crossbar = array(4, 2.5);
    const at = (tolerance: number) => unwrap(simulateCrossbar(crossbar, { tolerance, samples: 101 })).states;
    const reference = at(1e-9);
    const errorAt = (tolerance: number) =>
      at(tolerance).reduce((most, x, k) => Math.max(most, Math.abs(x - reference[k])), 0);
    expect(errorAt(1e-4)).toBeLessThan(1e-3);
    expect(errorAt(1e-6)).toBeLessThan(1e-5);
    expect(errorAt(1e-6)).toBeLessThan(errorAt(1e-4) / 10);
  });

  it('refuses what does not fit together', () => {
    const crossbar = array(2, 1);
    const short = { ...crossbar, drives: crossbar.drives.slice(1) };
    const uneven = { ...crossbar, drives: [wave(1, 20), wave(1, 40)] };
    for (const wrong of [short, uneven, { ...crossbar, devices: [] }])
      expect(simulateCrossbar(wrong)).toMatchObject({
        ok: false,
        problems: [{ code: 'transient.crossbar' }],
      });
  });
});
