import { describe, expect, it } from 'vitest';
import { readProbe, writeInput } from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { forward } from '../../../sim-core/program/evaluate.ts';
import type { Waveforms } from '../../../sim-core/transient/record.ts';
import { simulateTransient } from '../../../sim-core/transient/simulate.ts';
import { type Built, builtCircuit, type CircuitText, trial, unwrap } from '../circuit/circuits.ts';

const steps = 4;
const numbers = Float64Array.from({ length: steps }, (_, step) => Math.sin(step + 1));

const wavesOf = ({ circuit }: Built, tolerance?: number): Waveforms =>
  unwrap(
    simulateTransient(circuit, {
      steps,
      inputs: { x: numbers.map((value) => value * circuit.scale) },
      ...(tolerance === undefined ? {} : { tolerance }),
    }),
  );

/** What the behavioural fidelity gives for the same arrays and circuits. */
function behavioural({ realised, weights }: Built, name: string): Float64Array {
  const [layer, signal] = name.split('.');
  const program = compileNetwork(realised.network, { batch: 1, steps, gradient: false, record: [name] });
  realised.realisation.apply(weights, program, trial(1));
  writeInput(program, 'x', numbers);
  forward(program);
  return readProbe(program, layer, signal);
}

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

describe('settled values', () => {
  const cells = [
    'Lstm',
    'Nig',
    'Nfg',
    'Nog',
    'Niaf',
    'Noaf',
    'Cifg',
    'Np',
    'Fgr',
    'Gru',
    'GruResetBefore',
    'Mgu',
  ];
  const texts: readonly CircuitText[] = [
    ...cells.map((cell) => ({ cell })),
    { cell: 'Lstm', readout: 'current' },
    { cell: 'Lstm', array: 'normalise = amplifier' },
    { cell: 'Lstm', array: 'wireCapacitance = 5 fF' },
    { cell: 'Lstm', array: 'size = 8 x 8' },
    { cell: 'Lstm', array: 'wire = 20 Ohm' },
    { cell: 'Lstm', array: 'wire = 20 Ohm normalise = amplifier wireCapacitance = 5 fF' },
    { cell: 'Fgr', units: 2, array: 'wire = 5 Ohm size = 10 x 10', readout: 'current' },
    { cell: 'Lstm', array: 'coding = offset', readout: 'current' },
    { cell: 'Lstm', hardware: 'share activations across units' },
    { cell: 'Lstm', hardware: 'share activations across gates' },
    { cell: 'Cifg', hardware: 'share activations across units and gates' },
    { cell: 'Late', more: `cell Late extends Lstm { h' = o * i }` },
    { network: 'rnn = Lstm(x, units = 2)\n logits = dense(rnn, units = 1)\n y = softmax(logits)' },
    { network: 'first = Gru(x, units = 2)\n rnn = Lstm(first, units = 2)\n y = dense(rnn, units = 1)' },
  ];
  it.each(texts.map((text) => [Object.values(text).join(', '), text] as const))(
    'of %s equal the behavioural fidelity within the settling budget',
    async (_name, text) => {
      const built = await builtCircuit(text);
      const { settled } = wavesOf(built);
      const { scale } = built.circuit;
      const compared = settled.filter(({ name }) => name.includes('.'));
      expect(compared.map(({ name }) => name)).toContain('rnn.h');
      for (const { name, values } of compared) {
        const reference = behavioural(built, name);
        expect(values.length).toBe(reference.length);
        expect([name, largestDifference(values, reference) < 1e-3 * scale]).toEqual([name, true]);
        expect(reference.some((value) => Math.abs(value) > 0.02 * scale)).toBe(true);
      }
    },
  );

  it('come as near as a tighter budget says', async () => {
    const drooping = await builtCircuit({ hardware: 'settle = 1e-6' });
    // Leakage moves held voltages by about as much, which no time to settle makes good.
    const elements = drooping.circuit.elements.map((element) =>
      element.kind === 'memory' ? { ...element, hold: { ...element.hold, leakage: 0 } } : element,
    );
    const built = { ...drooping, circuit: { ...drooping.circuit, elements } };
    const error = largestDifference(
      wavesOf(built, 1e-8).settled.find(({ name }) => name === 'rnn.c')?.values ?? new Float64Array(),
      behavioural(built, 'rnn.c'),
    );
    expect(error).toBeLessThan(1e-6 * built.circuit.scale);
  });

  it('miss the behavioural fidelity where the circuits are too slow for the time that they have', async () => {
    const built = await builtCircuit({});
    const phases = built.circuit.phases.map((phase) => ({ ...phase, duration: 10e-9 }));
    const { settled } = wavesOf({ ...built, circuit: { ...built.circuit, phases } });
    const values = settled.find(({ name }) => name === 'rnn.c')?.values ?? new Float64Array();
    expect(largestDifference(values, behavioural(built, 'rnn.c'))).toBeGreaterThan(
      0.01 * built.circuit.scale,
    );
  });
});

describe('conservation', () => {
  it.each([
    [{ cell: 'Lstm' }],
    [{ cell: 'Gru', readout: 'current' as const }],
    [{ cell: 'Lstm', array: 'wireCapacitance = 5 fF' }],
    [{ cell: 'Cifg', hardware: 'share activations across units and gates' }],
  ])('of energy, from sources to heat and capacitors: %j', async (text) => {
    const { energy, phases } = wavesOf(await builtCircuit(text));
    const n = energy.elements.length;
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    for (let element = 0; element < n; element++) {
      const of = (values: Float64Array) => values.filter((_, k) => k % n === element);
      const stored = energy.stored[(phases.length - 1) * n + element];
      const balance =
        total(of(energy.supplied)) + total(of(energy.injected)) - total(of(energy.dissipated)) - stored;
      expect(Math.abs(balance)).toBeLessThan(1e-6 * total(energy.supplied));
    }
    expect(total(energy.supplied)).toBeGreaterThan(0);
  });

  it('of energy and charge where switches and their sources have no resistance', async () => {
    const built = await builtCircuit({});
    const elements = built.circuit.elements.map((element) =>
      element.kind === 'memory'
        ? { ...element, sourceResistance: 0, hold: { ...element.hold, onResistance: 0 } }
        : element,
    );
    const { energy, charges, phases } = wavesOf({ ...built, circuit: { ...built.circuit, elements } });
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    const last = energy.stored.subarray((phases.length - 1) * energy.elements.length);
    const balance = total(energy.supplied) + total(energy.injected) - total(energy.dissipated) - total(last);
    expect(Math.abs(balance)).toBeLessThan(1e-6 * total(energy.supplied));
    for (const { delivered, injected, stored } of charges)
      expect(Math.abs(delivered + injected - stored)).toBeLessThan(1e-6 * 1e-12 * 0.1);
    expect(charges.some(({ delivered }) => Math.abs(delivered) > 1e-15)).toBe(true);
  });

  it('of charge, on every hold capacitor', async () => {
    const { charges } = wavesOf(await builtCircuit({ hardware: 'share activations across units' }));
    // Two capacitors for each of three units of two states, and one for each of three units of five activations.
    expect(charges).toHaveLength(2 * 3 * 2 + 3 * 5);
    for (const { delivered, injected, stored } of charges)
      expect(Math.abs(delivered + injected - stored)).toBeLessThan(1e-6 * 1e-12 * 0.1);
    expect(charges.filter(({ injected }) => injected > 0)).toHaveLength(12);
  });
});

describe('the integration', () => {
  it('halves its error with its tolerance', async () => {
    const settling = await builtCircuit({});
    // Phases too short to settle: errors do not die out.
    const phases = settling.circuit.phases.map((phase) => ({ ...phase, duration: 25e-9 }));
    const built = { ...settling, circuit: { ...settling.circuit, phases } };
    const reference = wavesOf(built, 1e-10);
    const final = ({ settled }: Waveforms) => Float64Array.from(settled.flatMap(({ values }) => [...values]));
    const errorAt = (tolerance: number) =>
      largestDifference(final(wavesOf(built, tolerance)), final(reference));
    const errors = [1e-5, 5e-6, 2.5e-6, 1.25e-6, 6.25e-7, 3.125e-7, 1.5625e-7].map(errorAt);
    for (const [k, error] of errors.entries()) if (k > 0) expect(error).toBeLessThan(errors[k - 1]);
    // Over six halvings the error falls by two to the sixth at least.
    expect(errors[0] / errors[6]).toBeGreaterThan(64);
  });

  it('gives the same bits for the same circuit', async () => {
    const built = await builtCircuit({ cell: 'Gru' });
    expect(wavesOf(built)).toEqual(wavesOf(built));
  });

  it('charges a capacitor through its switch as the closed form says', async () => {
    const built = await builtCircuit({});
    // An ideal, fast source in front of the memory: what remains is the resistance of the switch and its source.
    const circuit = {
      ...built.circuit,
      elements: built.circuit.elements.map((element) =>
        element.kind === 'memory' || element.kind === 'stage'
          ? { ...element, dynamics: { pole: undefined, slewRate: undefined, outputResistance: 500 } }
          : element,
      ),
    };
    const { columns, time, phases } = wavesOf({ ...built, circuit }, 1e-8);
    const state = columns.find(({ name }) => name === 'rnn.c[0]');
    const memory = circuit.elements.find(({ name }) => name === 'rnn.c');
    if (!state || memory?.kind !== 'memory') throw new Error('no memory');
    const offset = memory.parameters.offset;
    const end = phases[0].end;
    const samples = time.findIndex((t) => t >= end);
    const target = state.values[samples];
    const first = state.values[0];
    for (let k = 0; k < samples; k++) {
      const expected = target + (first - target) * Math.exp(-time[k] / (2500 * 1e-12));
      expect(state.values[k]).toBeCloseTo(expected, 8);
    }
    expect(typeof offset === 'number' ? offset : offset[0]).toBeCloseTo(first, 12);
  });

  it('names node, time and cause where a step does not converge', async () => {
    const built = await builtCircuit({
      hardware: '',
      network: 'rnn = Lstm(x, units = 2)\n y = dense(rnn, units = 1)',
      more: `block Broken(in: V, unit: V) -> out: V {
        param pole = 20 MHz
        out = unit * ln(in / unit)
      }
      hardware Other extends Analog { tanh on Broken }`,
    });
    const { circuit } = built;
    const broken = circuit.elements.map((element) =>
      element.kind === 'stage' && element.role === 'tanh' ? { ...element, block: 'Broken' } : element,
    );
    const blocks = [...circuit.blocks, ...built.design.blocks.filter(({ name }) => name === 'Broken')];
    const result = simulateTransient(
      { ...circuit, elements: broken, blocks },
      { steps, inputs: { x: numbers.map((value) => value * circuit.scale) } },
    );
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems[0]).toMatchObject({ code: 'transient.step' });
    expect(result.problems[0].message).toMatch(/does not converge at .* s: at node "rnn\.(z|tanh)\[\d\]" /);
  });
});
