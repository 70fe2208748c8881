import { describe, expect, it } from 'vitest';
import type { CircuitProbeDesign } from '../../../sim-core/design/design.ts';
import { simulateTransient } from '../../../sim-core/transient/simulate.ts';
import { findTargets } from '../../../sim-core/transient/targets.ts';
import { type Built, builtCircuit, unwrap } from '../circuit/circuits.ts';

const steps = 3;

function recorded({ circuit }: Built, ...probes: readonly CircuitProbeDesign[]) {
  const targets = unwrap(findTargets(circuit, probes));
  const inputs = { x: Float64Array.from({ length: steps }, (_, step) => Math.sin(step + 1) * circuit.scale) };
  return unwrap(simulateTransient(circuit, { steps, inputs, targets, tolerance: 1e-8 }));
}

const integral = (time: Float64Array, values: Float64Array): number => {
  let sum = 0;
  for (let k = 1; k < time.length; k++) sum += ((values[k] + values[k - 1]) * (time[k] - time[k - 1])) / 2;
  return sum;
};

describe('what is recorded of a circuit', () => {
  it('is a voltage by the name of its node, of bit lines, read-outs, capacitors and inner circuits', async () => {
    const { columns } = recorded(
      await builtCircuit({ units: 2 }),
      { quantity: 'voltage', signal: 'rnn.i.pair' },
      { quantity: 'voltage', signal: 'rnn.i.pair.readout' },
      { quantity: 'voltage', signal: 'rnn.product.2' },
      { quantity: 'voltage', signal: 'rnn.c.previous' },
      { quantity: 'voltage', signal: 'rnn.c.capacitor' },
    );
    expect(columns.map(({ name }) => name.slice(0, -3)).filter((_, k) => k % 2 === 0)).toEqual([
      'rnn.i.pair',
      'rnn.i.pair.readout',
      'rnn.product.2',
      'rnn.c.previous',
      'rnn.c.capacitor',
    ]);
    for (const { values } of columns) expect(values.some((value) => Math.abs(value) > 1e-4)).toBe(true);
  });

  it('is the current into a capacitor, whose integral is the charge that it holds', async () => {
    const built = await builtCircuit({ units: 2 });
    const { time, columns, phases } = recorded(
      built,
      { quantity: 'current', signal: 'rnn.c.capacitor' },
      { quantity: 'voltage', signal: 'rnn.c.capacitor' },
    );
    // The phase in which the capacitor is charged, of the first time step.
    const last = time.findIndex((t) => t >= phases[0].end);
    const [current, , voltage] = columns;
    expect(current.unit).toBe('A');
    const charge = integral(time.subarray(0, last + 1), current.values.subarray(0, last + 1));
    expect(charge / (1e-12 * (voltage.values[last] - voltage.values[0]))).toBeCloseTo(1, 3);
  });

  it.each(['voltage', 'current'] as const)(
    'is the current of bit lines, whose sum Kirchhoff knows: %s',
    async (readout) => {
      const built = await builtCircuit({ units: 2, readout });
      const { columns } = recorded(
        built,
        { quantity: 'current', signal: 'rnn.i.pair' },
        { quantity: 'voltage', signal: 'rnn.i.pair' },
      );
      const [crossbar] = built.circuit.crossbars;
      const line = built.circuit.elements.find(({ name }) => name === 'rnn.i.pair');
      if (line?.kind !== 'line') throw new Error('no line');
      columns[0].values.forEach((current, k) => {
        // Without capacitance all of it flows to ground through the load and the dummy row.
        const expected =
          readout === 'current'
            ? columns[2].values[k]
            : columns[2].values[k] * crossbar.toGround[line.bitLines[0]];
        expect(current).toBeCloseTo(expected, 12);
      });
      expect(columns[0].values.some((current) => Math.abs(current) > 1e-8)).toBe(true);
    },
  );

  it('is a power, whose integral is the heat that the table of energies has', async () => {
    const { time, columns, energy } = recorded(await builtCircuit({ units: 2 }), {
      quantity: 'power',
      signal: 'rnn',
    });
    expect(columns).toMatchObject([{ name: 'power(rnn)', unit: 'W' }]);
    const n = energy.elements.length;
    const heat = energy.dissipated.reduce(
      (sum, joules, k) => sum + (energy.elements[k % n].startsWith('rnn.') ? joules : 0),
      0,
    );
    expect(integral(time, columns[0].values) / heat).toBeCloseTo(1, 3);
  });

  it('is the conductance of the devices of an operand, word line by word line', async () => {
    const built = await builtCircuit({ units: 2 });
    const { columns } = recorded(built, { quantity: 'conductance', signal: 'rnn.f.h' });
    const [{ conductance, bitLines, rowGroups }] = built.circuit.crossbars;
    const first = 2 * (rowGroups.find(({ name }) => name === 'h')?.first ?? 0);
    const line = built.circuit.elements.find(({ name }) => name === 'rnn.f.pair');
    if (line?.kind !== 'line') throw new Error('no line');
    expect(columns).toHaveLength(8);
    expect(columns[3].name).toBe(`conductance(rnn.f.pair.w${first + 1})[1]`);
    expect(columns[3].values[0]).toBe(conductance[(first + 1) * bitLines + line.bitLines[1]]);
  });

  it.each([
    ['size = 8 x 8', '[0,0]', '[1,0]'],
    ['slices = 2', '/0', '/1'],
  ])('is in all arrays of a layer by the name that it has in one: %s', async (array, first, second) => {
    const { circuit } = await builtCircuit({ units: 2, array });
    const named = (quantity: CircuitProbeDesign['quantity'], signal: string) =>
      unwrap(findTargets(circuit, [{ quantity, signal }]));
    const lines = [`rnn.i${first}.pair`, `rnn.i${second}.pair`];
    expect(named('voltage', 'rnn.i.pair').map(({ name }) => name)).toEqual(lines);
    expect(named('current', 'rnn.i.pair').map(({ name }) => name)).toEqual(
      lines.map((line) => `current(${line})`),
    );
    expect(named('conductance', 'rnn.i.x')[0].name).toBe(`conductance(rnn.i${first}.pair.w0)`);
    const [{ at }] = named('power', 'rnn.i');
    const heated = at.kind === 'elements' ? at.elements.map(({ name }) => name) : [];
    expect(heated).toEqual(expect.arrayContaining(['rnn.i', ...lines]));
    expect(heated.filter((name) => !name.startsWith('rnn.i'))).toEqual([]);
    expect(heated).not.toContain('rnn.ideal');
    const unknown = findTargets(circuit, [{ quantity: 'current', signal: 'rnn.i.par' }]);
    if (!unknown.ok) expect(unknown.problems[0].hint).toMatch(/"rnn\.i\.pair"/);
    expect(unknown.ok).toBe(false);
  });

  it.each([
    ['voltage', 'rnn.q', /"rnn\.c"|"rnn/],
    ['voltage', 'rnn.i.par', /Did you mean "rnn\.i" or "rnn\.i\.pair"/],
    ['current', 'rnn.i', /Did you mean "rnn\.i\.pair"/],
    ['power', 'rmn', /Did you mean "rnn"/],
    ['conductance', 'rnn.i.y', /"rnn\.i\.x"/],
    ['state', 'rnn.i.x', /devices = dynamic/],
  ] as const)(
    'is refused with what there is where a name does not exist: %s %s',
    async (quantity, signal, hint) => {
      const { circuit } = await builtCircuit({ units: 2 });
      const found = findTargets(circuit, [{ quantity, signal }]);
      expect(found).toMatchObject({ ok: false, problems: [{ code: 'transient.probe' }] });
      if (!found.ok) expect(found.problems[0].hint).toMatch(hint);
    },
  );
});
