import { describe, expect, it } from 'vitest';
import { buildCircuit } from '../../../sim-core/circuit/build.ts';
import type { Waveforms } from '../../../sim-core/transient/record.ts';
import { simulateTransient } from '../../../sim-core/transient/simulate.ts';
import { findTargets } from '../../../sim-core/transient/targets.ts';
import { type Built, type CircuitText, circuitParts, trial, unwrap } from '../circuit/circuits.ts';

const steps = 3;
const numbers = Float64Array.from({ length: steps }, (_, step) => 0.5 + Math.sin(step + 1) / 3);

async function dynamicCircuit(text: CircuitText): Promise<Built> {
  const parts = await circuitParts(text, 1);
  const request = { ...parts, name: 'N', hardware: 'Analog', draw: trial(1), devices: 'dynamic' as const };
  return { ...parts, circuit: unwrap(buildCircuit(request)) };
}

const wavesOf = ({ circuit }: Built, probes: readonly string[], tolerance = 1e-6): Waveforms =>
  unwrap(
    simulateTransient(circuit, {
      steps,
      inputs: { x: numbers.map((value) => value * circuit.scale) },
      tolerance,
      targets: unwrap(
        findTargets(
          circuit,
          probes.map((signal) => ({ quantity: 'state' as const, signal })),
        ),
      ),
    }),
  );

/** Ion drift without a window, fast enough to move within nanoseconds. */
const [rOn, rOff, thickness, mobility] = [10e3, 1e6, 10e-9, 2e-7];
const drifting =
  'linearIonDrift(rOn = 10 kOhm, rOff = 1 MOhm, thickness = 10 nm, mobility = 2e-7 m^2/(V*s), window = none)';

describe('devices that move under the voltages that they are read with', () => {
  it('follow the closed form of linear ion drift behind a virtual ground', async () => {
    const built = await dynamicCircuit({
      model: drifting,
      readout: 'current',
      network: 'y = dense(x, units = 1)',
    });
    const { columns, time, phases } = wavesOf(built, ['y.x'], 1e-8);
    const [array] = built.circuit.crossbars;
    expect(columns.length).toBe(2);
    let moved = 0;
    for (const { name, values } of columns) {
      const wordLine = Number(/w(\d+)/.exec(name)?.[1]);
      const sign = wordLine % 2 === 0 ? 1 : -1;
      const k = (mobility * rOn) / thickness ** 2;
      // r(x) dx = k·v dt: with r falling linearly, r² does so in time.
      let x = values[0];
      for (const { step, start, end } of phases) {
        const v = sign * numbers[step] * built.circuit.scale;
        const root = Math.sqrt((rOff - (rOff - rOn) * x) ** 2 - 2 * (rOff - rOn) * k * v * (end - start));
        x = Math.min(1, Math.max(0, (rOff - root) / (rOff - rOn)));
        const last = time.findLastIndex((t) => t <= end);
        expect(Math.abs(values[last] - x)).toBeLessThan(1e-6);
      }
      moved = Math.max(moved, Math.abs(x - values[0]));
    }
    expect(array.moving?.design.name).toBe('Cell');
    expect(moved).toBeGreaterThan(0.01);
  });

  it('leave settled values as they are where they do not move', async () => {
    const still = await dynamicCircuit({
      model: 'vteam(rOn = 10 kOhm, rOff = 1 MOhm, vOn = -1.1 V, vOff = 0.9 V)',
    });
    const standing = {
      ...still.circuit,
      crossbars: still.circuit.crossbars.map(({ moving: _, ...rest }) => rest),
    };
    const values = ({ settled }: Waveforms) => settled.flatMap(({ values: all }) => [...all]);
    const [a, b] = [wavesOf(still, []), wavesOf({ ...still, circuit: standing }, [])].map(values);
    expect(Math.max(...a.map((value, k) => Math.abs(value - b[k])))).toBeLessThan(1e-6 * still.circuit.scale);
    expect(Math.max(...a.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it.each([
    { readout: 'current' as const },
    { readout: 'voltage' as const },
    { readout: 'voltage' as const, array: 'wireCapacitance = 5 fF' },
    { readout: 'voltage' as const, array: 'coding = complementary wireCapacitance = 5 fF' },
  ])('conserve energy and come near as the tolerance falls: %j', async (text) => {
    const built = await dynamicCircuit({ ...text, model: drifting, units: 1 });
    const waves = wavesOf(built, ['rnn.i.x', 'rnn.o.h'], 1e-7);
    const { supplied, injected, dissipated, stored, elements } = waves.energy;
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    const last = stored.subarray(stored.length - elements.length);
    const balance = total(supplied) + total(injected) - total(dissipated) - total(last);
    expect(Math.abs(balance)).toBeLessThan(1e-6 * total(supplied));
    const reference = wavesOf(built, ['rnn.i.x', 'rnn.o.h'], 1e-8);
    waves.columns.forEach(({ values, name }, k) => {
      const end = reference.columns[k].values.at(-1) ?? 0;
      expect([name, Math.abs((values.at(-1) ?? 0) - end) < 1e-6]).toEqual([name, true]);
    });
    expect(waves.columns.some(({ values }) => Math.abs((values.at(-1) ?? 0) - values[0]) > 0.01)).toBe(true);
  });

  it('rest at their bounds', async () => {
    const fast = drifting.replace('2e-7', '1e-6');
    const built = await dynamicCircuit({ model: fast, readout: 'current', units: 2 });
    const { columns } = wavesOf(built, ['rnn.i.bias', 'rnn.o.bias', 'rnn.z.x']);
    for (const { values } of columns) for (const x of values) expect(x >= 0 && x <= 1).toBe(true);
    expect(columns.some(({ values }) => values.at(-1) === 0 || values.at(-1) === 1)).toBe(true);
  });

  it('follow stiff models with several states', async () => {
    const built = await dynamicCircuit({ model: 'stanford2016()', readout: 'current', units: 1, device: '' });
    const { columns } = wavesOf(built, ['rnn.i.x']);
    expect(columns.map(({ name, unit }) => `${name} ${unit}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/gap\)\[0\] m$/), expect.stringMatching(/\)\[0\] K$/)]),
    );
  });

  it.each([
    { array: 'wire = 2 Ohm' },
    { array: 'cell = transistor onResistance = 1 kOhm' },
    { model: 'pcm(gMax = 25 uS, gMin = 0.1 uS)' },
  ])('are refused with a way out where that is not supported: %j', async (text) => {
    const parts = await circuitParts(text, 1);
    const request = { ...parts, name: 'N', hardware: 'Analog', draw: trial(1), devices: 'dynamic' as const };
    const result = buildCircuit(request);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'transient.moving' }] });
    if (!result.ok) expect(result.problems[0].hint).toContain('devices = static');
  });
});
