import { describe, expect, it } from 'vitest';
import { buildCircuit } from '../../../sim-core/circuit/build.ts';
import type { CircuitElement, MemoryElement, Signal } from '../../../sim-core/circuit/circuit.ts';
import { builtCircuit, circuitParts, trial } from './circuits.ts';

const sources = (element: CircuitElement): readonly Signal[] => {
  if (element.kind === 'line' || element.kind === 'input') return [];
  if (element.kind === 'join') return element.inputs;
  if (element.kind === 'memory' || element.kind === 'hold') return [element.input];
  if (element.kind === 'multiplexed') return element.slots.flatMap(({ inputs }) => Object.values(inputs));
  return Object.values(element.inputs);
};
const outputs = (element: CircuitElement): readonly string[] => {
  if (element.kind === 'memory') return [element.next, element.previous];
  if (element.kind === 'multiplexed')
    return element.slots.flatMap(({ output }) => ('bank' in output ? [output.bank] : []));
  return [element.output];
};

describe('the phases of a network whose last numbers no circuit makes', () => {
  it('give what is read in their place the time that it needs', async () => {
    const network = 'rnn = Lstm(x, units = 2)\n logits = dense(rnn, units = 1)\n y = softmax(logits)';
    const { circuit } = await builtCircuit({ network });
    expect(circuit.phases.at(-1)?.ends).toContain('logits');
    for (const { duration } of circuit.phases) expect(duration).toBeGreaterThan(1e-9);
  });

  it('let a memory that nothing reads any more settle', async () => {
    const { circuit } = await builtCircuit({ more: "cell Idle extends Lstm { h' = o * i }", cell: 'Idle' });
    for (const { duration } of circuit.phases) expect(duration).toBeGreaterThan(1e-9);
  });
});

describe('the circuit of a vanilla LSTM', () => {
  it('has the phases that its peepholes ask for: the new cell state, the output, the read-out', async () => {
    const { circuit } = await builtCircuit({ cell: 'Lstm' });
    expect(circuit.phases.map(({ name }) => name)).toEqual(['rnn.c', 'rnn.h', 'y']);
    const cells = circuit.crossbars[0].rowGroups.find(({ name }) => name === 'c');
    expect(cells?.drivers).toMatchObject([
      { phase: 0, signal: { bank: 'node:rnn.c.previous' } },
      { phase: 1, signal: { bank: 'node:rnn.c' } },
    ]);
  });

  it('says when each signal has its value', async () => {
    const { circuit } = await builtCircuit({ cell: 'Lstm' });
    const phases = Object.fromEntries(circuit.probes.map(({ name, phase }) => [name, phase]));
    expect(phases).toEqual({
      'rnn.i': 0,
      'rnn.f': 0,
      'rnn.z': 2,
      'rnn.c': 2,
      'rnn.o': 2,
      'rnn.h': 2,
      'y.output': 2,
      y: 2,
    });
  });

  it('places the plus and minus device of each weight on the word lines +v and -v', async () => {
    const { circuit, realised } = await builtCircuit({ cell: 'Lstm' });
    const [array] = circuit.crossbars;
    const tensors = new Map<string, Float64Array>();
    const parts = await circuitParts({ cell: 'Lstm' }, 1);
    realised.write(parts.weights, trial(1), {
      tensor: (name, values) => void tensors.set(name, values.slice()),
      parameter: () => undefined,
    });
    // Operand element 0 is x, unit 0 of the first gate is i[0].
    const difference = array.conductance[0] - array.conductance[array.bitLines];
    expect(difference).toBe(tensors.get('rnn.i.x:pair.conductance')?.[0]);
    expect(array.conductance.every((g) => g >= 0)).toBe(true);
  });
});

describe('the circuit', () => {
  it.each(['Lstm', 'Cifg', 'Gru', 'GruResetBefore', 'Fgr', 'Nig', 'Noaf'])(
    'of a %s drives each element by elements above it, sources and capacitors alone',
    async (cell) => {
      const { circuit } = await builtCircuit({ cell });
      const previous = circuit.elements
        .filter((e): e is MemoryElement => e.kind === 'memory')
        .map((e) => e.previous);
      const known = new Set(previous);
      for (const element of circuit.elements) {
        for (const signal of sources(element))
          if (signal.kind === 'nodes') expect([...known]).toContain(signal.bank);
        for (const output of outputs(element)) known.add(output);
      }
      expect([...known].sort()).toEqual(circuit.banks.map(({ id }) => id).sort());
    },
  );

  it('is the same value for the same design, weights and stream', async () => {
    const parts = await circuitParts({ cell: 'Cifg' }, 3);
    const build = () => buildCircuit({ ...parts, name: 'N', hardware: 'Analog', draw: trial(3) });
    expect(build()).toEqual(build());
  });

  it('samples the results of shared circuits one after the other', async () => {
    const { circuit } = await builtCircuit({
      units: 2,
      hardware: 'share activations across units and gates',
    });
    expect(circuit.phases.map(({ name }) => name)).toEqual([
      'rnn.i[0] + rnn.z[0]',
      'rnn.i[1] + rnn.z[1]',
      'rnn.f[0]',
      'rnn.f[1]',
      'rnn.c',
      'rnn.o[0] + rnn.tanh[0]',
      'rnn.o[1] + rnn.tanh[1]',
      'rnn.h',
      'y',
    ]);
  });

  it('samples what would change before it is used', async () => {
    const { circuit } = await builtCircuit({
      cell: 'Late',
      more: `cell Late extends Lstm { h' = o * i }`,
    });
    expect(circuit.elements.filter(({ kind }) => kind === 'hold').map(({ name }) => name)).toEqual([
      'rnn.i.pair.readout.held',
    ]);
    expect(circuit.phases.map(({ name }) => name)).toEqual(['rnn.i.pair.readout', 'rnn.c', 'rnn.h', 'y']);
  });

  it('needs a memory for each state', async () => {
    const parts = await circuitParts({}, 1);
    const design = {
      ...parts.design,
      hardware: parts.design.hardware.map((hardware) => {
        const { state: _none, ...bindings } = hardware.bindings;
        return { ...hardware, bindings };
      }),
    };
    const built = buildCircuit({ ...parts, design, name: 'N', hardware: 'Analog', draw: trial(1) });
    expect(built).toMatchObject({
      ok: false,
      problems: [{ code: 'transient.memory' }, { code: 'transient.memory' }],
    });
  });

  it('is none where the bits of operands are streamed', async () => {
    const parts = await circuitParts({ array: 'inputCycles = 6' }, 1);
    const built = buildCircuit({ ...parts, name: 'N', hardware: 'Analog', draw: trial(1) });
    expect(built).toMatchObject({ ok: false, problems: [{ code: 'transient.managed' }] });
  });

  it.each([
    'input on ScaledDac',
    'output on ScaledAdc',
    'noiseManagement = absMax',
    'boundManagement = iterative',
  ])('is none where something digital decides on ranges: %s', async (hardware) => {
    const parts = await circuitParts({ hardware }, 1);
    const built = buildCircuit({ ...parts, name: 'N', hardware: 'Analog', draw: trial(1) });
    expect(built).toMatchObject({ ok: false, problems: [{ code: 'transient.managed' }] });
  });
});
