import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../sim-core/math/random.ts';
import { outputVariance } from '../../../sim-core/transient/noise.ts';
import { simulateTransient } from '../../../sim-core/transient/simulate.ts';
import { findTargets } from '../../../sim-core/transient/targets.ts';
import { builtCircuit, type CircuitText, unwrap } from '../circuit/circuits.ts';

const steps = 150;
const kT = 1.380649e-23 * 300;

/** Variance of a node at the ends of the time steps about what it is without noise, over all steps and units. */
async function varianceOf(text: CircuitText, signal: string): Promise<number> {
  const { circuit } = await builtCircuit({
    units: 4,
    network: 'rnn = Follow(x, units = 4)\n y = dense(rnn, units = 1)',
    ...text,
    more: `cell Follow(x: [n]) -> h: [m] { state h: [m] h' = tanh(vmm(x, 1)) } ${text.more ?? ''}`,
  });
  const inputs = {
    x: Float64Array.from({ length: steps }, (_, step) => 0.3 * Math.sin(step) * circuit.scale),
  };
  const targets = unwrap(findTargets(circuit, [{ quantity: 'voltage', signal }]));
  const [noisy, silent] = [{ noise: randomStream(1, 'noise') }, {}].map((options) =>
    unwrap(simulateTransient(circuit, { inputs, steps, targets, tolerance: 1e-3, ...options })),
  );
  const atEnds = ({ columns, time, phases }: typeof noisy) =>
    columns.map(({ values }) => {
      const found: number[] = [];
      let at = 0;
      for (const { phase, end } of phases) {
        while (at + 1 < time.length && time[at + 1] <= end) at++;
        // The last value within the phase in which the capacitor is charged; an instant stands twice at its end.
        if (phase === 0) found.push(values[time[at - 1] === time[at] ? at - 1 : at]);
      }
      return found;
    });
  const [a, b] = [atEnds(noisy).flat(), atEnds(silent).flat()];
  return a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0) / a.length;
}

describe('noise of a transient', () => {
  it('is kT/C on a hold capacitor', async () => {
    const variance = await varianceOf({}, 'rnn.h.capacitor');
    expect(variance / (kT / 1e-12)).toBeGreaterThan(0.85);
    expect(variance / (kT / 1e-12)).toBeLessThan(1.15);
  });

  it('is kT/C on a bit line with a capacitance, whatever its devices conduct', async () => {
    const text = { array: 'wireCapacitance = 100 fF' };
    const { circuit } = await builtCircuit({ ...text, network: 'y = dense(x, units = 1)' });
    expect(circuit.crossbars[0].wordLines).toBe(4);
    const variance = await varianceOf(text, 'rnn.h.pair');
    expect(variance / (kT / 400e-15)).toBeGreaterThan(0.85);
    expect(variance / (kT / 400e-15)).toBeLessThan(1.15);
  });

  it('is what a block states of itself', async () => {
    const more = `block Tanh(in: V, unit: V) -> out: V {
      param noise = 1 mV
      param pole = 20 MHz
      out = unit * tanh(in / unit)
    }`;
    const variance = await varianceOf({ more }, 'rnn.tanh');
    expect(variance / 1e-6).toBeGreaterThan(0.85);
    expect(variance / 1e-6).toBeLessThan(1.15);
  });

  it('is that of the devices and the feedback resistor behind a transimpedance amplifier', async () => {
    const { circuit } = await builtCircuit({ readout: 'current', units: 1 });
    const stage = circuit.elements.find(({ name }) => name === 'rnn.i.pair.readout');
    if (stage?.kind !== 'stage') throw new Error('no read-out');
    const { rF, gColumn } = stage.parameters;
    const [resistor, devices] = [Number(rF), typeof gColumn === 'number' ? gColumn : gColumn[0]];
    const expected = 4 * kT * (devices + 1 / resistor) * resistor ** 2 * (Math.PI / 2) * 40e6;
    expect(outputVariance(stage.parameters, stage.dynamics, 0) / expected).toBeCloseTo(1, 12);
  });
});
