import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signOff, signOffLimit } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../cli/spice/engine.ts';
import { buildCircuit } from '../../sim-core/circuit/build.ts';
import { writeNetlist } from '../../sim-core/spice/netlist.ts';
import { lawOf } from '../../sim-core/transient/place-devices.ts';
import { simulateTransient } from '../../sim-core/transient/simulate.ts';
import { findTargets } from '../../sim-core/transient/targets.ts';
import { builtCircuit, type CircuitText, circuitParts, trial, unwrap } from '../sim-core/circuit/circuits.ts';
import { copyExample, memloom, withFolder } from './terminal.ts';

const steps = 3;
const numbers = Float64Array.from({ length: steps }, (_, step) => Math.sin(step + 1));

/** Every kind of element and of wiring that a circuit can have. */
const texts: readonly CircuitText[] = [
  { cell: 'Lstm' },
  { cell: 'Cifg' },
  // States that do not begin at zero.
  {
    cell: 'Warm',
    more: "cell Warm(x: [n]) -> h: [m] { state h: [m] = 0.5 u = sigmoid(vmm(x, h, 1)) h' = u * h + (1 - u) * tanh(vmm(x, h, 1)) }",
  },
  { cell: 'Gru' },
  { cell: 'GruResetBefore' },
  { cell: 'Fgr', units: 2 },
  { cell: 'Lstm', readout: 'current' },
  { cell: 'Lstm', array: 'normalise = amplifier' },
  { cell: 'Lstm', array: 'wireCapacitance = 5 fF' },
  { cell: 'Lstm', array: 'size = 8 x 8' },
  { cell: 'Lstm', array: 'wire = 5 Ohm wireCapacitance = 5 fF' },
  { cell: 'Lstm', array: 'wire = 5 Ohm', readout: 'current' },
  { cell: 'Lstm', array: 'coding = offset', readout: 'current' },
  { cell: 'Lstm', units: 2, hardware: 'share activations across units' },
  { cell: 'Cifg', units: 2, hardware: 'share activations across units and gates' },
  { network: 'first = Gru(x, units = 2)\n rnn = Lstm(first, units = 2)\n y = dense(rnn, units = 1)' },
];

/** Devices that move by a good part of their range within a few time steps. */
const moving: readonly CircuitText[] = [
  {
    units: 1,
    model: 'linearIonDrift(rOn = 10 kOhm, rOff = 1 MOhm, mobility = 4e-8 m^2/(V*s), window = none)',
    readout: 'current',
  },
  {
    network: 'y = dense(x, units = 1)',
    model: 'linearIonDrift(rOn = 10 kOhm, rOff = 1 MOhm, mobility = 4e-7 m^2/(V*s), window = joglekar)',
    array: 'wireCapacitance = 5 fF',
  },
  {
    units: 1,
    model:
      'vteam(rOn = 10 kOhm, rOff = 1 MOhm, vOn = -20 mV, vOff = 20 mV, kOn = -0.01 m/s, kOff = 0.01 m/s)',
  },
];

describe('the states of devices that move in a cell', () => {
  it.each(moving)(
    'are those of ngspice on the exported netlist to 1e-4 of their span: %j',
    async (text) => {
      const { design, ...parts } = await circuitParts(text, 1);
      const request = {
        ...parts,
        design,
        name: 'N',
        hardware: 'Analog',
        draw: trial(1),
        devices: 'dynamic' as const,
      };
      const circuit = unwrap(buildCircuit(request));
      const gates = circuit.elements.flatMap((element) =>
        element.kind === 'line' ? [element.name.slice(0, element.name.lastIndexOf('.'))] : [],
      );
      const operands = circuit.crossbars.flatMap(({ rowGroups }) => rowGroups.map(({ name }) => name));
      const states = gates.flatMap((gate) => operands.map((operand) => `${gate}.${operand}`));
      const movable = states.filter((signal) => findTargets(circuit, [{ quantity: 'state', signal }]).ok);
      const targets = unwrap(
        findTargets(circuit, [
          ...movable.map((signal) => ({ quantity: 'state' as const, signal })),
          { quantity: 'voltage', signal: 'y' },
          { quantity: 'voltage', signal: 'y.pair' },
        ]),
      );
      const driven = { steps, inputs: { x: numbers.map((value) => value * circuit.scale) }, targets };
      const { time, columns } = unwrap(simulateTransient(circuit, { ...driven, tolerance: 1e-6 }));
      const netlist = writeNetlist(circuit, { ...driven, title: 'Moving devices', relativeTolerance: 1e-6 });
      const engine = unwrap(await openEngine());
      const vectors = unwrap(await engine.run(netlist.text));
      const signed = signOff({ time, columns, scale: circuit.scale, netlist, vectors, engine: engine.name });
      expect(signed?.probes.length).toBe(columns.length);
      const [law] = circuit.crossbars.map(({ moving: devices }) => devices && lawOf(devices));
      const span = law ? law.states[0].high - law.states[0].low : 1;
      let moved = 0;
      for (const [k, { name, values, error }] of (signed?.probes ?? []).entries()) {
        expect([name, error <= signOffLimit]).toEqual([name, true]);
        if (!name.startsWith('state(')) continue;
        const ours = columns[k].values;
        const worst =
          ours.reduce((most, value, at) => Math.max(most, Math.abs(value - values[at])), 0) / span;
        expect([name, worst < 1e-4 ? 0 : worst]).toEqual([name, 0]);
        moved = Math.max(moved, Math.abs((ours.at(-1) ?? 0) - ours[0]) / span);
      }
      expect(moved).toBeGreaterThan(0.02);
    },
    120_000,
  );
});

describe('the netlist of a circuit', () => {
  it.each(texts.map((text) => [Object.values(text).join(', '), text] as const))(
    'of %s has our waveforms in ngspice',
    async (_name, text) => {
      const { circuit } = await builtCircuit(text);
      const driven = { steps, inputs: { x: numbers.map((value) => value * circuit.scale) } };
      const { time, columns } = unwrap(simulateTransient(circuit, driven));
      const netlist = writeNetlist(circuit, { ...driven, title: 'A test' });
      const engine = unwrap(await openEngine());
      const vectors = unwrap(await engine.run(netlist.text));
      const { scale } = circuit;
      const signed = signOff({ time, columns, scale, netlist, vectors, engine: engine.name });
      expect(signed?.probes.length).toBe(columns.length);
      for (const { name, error } of signed?.probes ?? [])
        expect([name, error <= signOffLimit]).toEqual([name, true]);
      // A comparison that cannot fail says nothing: a tenth of a unit beside the truth is seen.
      const wrong = columns.map(({ name, unit, values }) => ({
        name,
        unit,
        values: values.map((value) => value + 0.1 * scale),
      }));
      const seen = signOff({ time, columns: wrong, scale, netlist, vectors, engine: engine.name });
      expect(seen?.probes.every(({ error }) => error > signOffLimit)).toBe(true);
    },
    60_000,
  );
});

describe('memloom run --sign-off', () => {
  it(
    'lays the waveforms of ngspice over ours, and says how far they differ',
    () =>
      withFolder((folder) => {
        copyExample('airline-transient', folder);
        const { code, out } = memloom(folder, [
          'run',
          'airline-transient.loom',
          '--sign-off',
          '--out',
          'r',
          '--json',
        ]);
        expect(code).toBe(0);
        const [{ signOff: signed }] = JSON.parse(out).experiments;
        for (const hardware of ['Parallel', 'Shared']) {
          expect(signed[hardware].engine).toMatch(/^ngspice .*WebAssembly/);
          const errors = Object.values<number>(signed[hardware].errors);
          expect(errors.length).toBeGreaterThan(20);
          expect(Math.max(...errors)).toBeLessThanOrEqual(signOffLimit);
        }
        expect(readFileSync(join(folder, 'r/report.html'), 'utf8')).toContain('dashed as ngspice');
        expect(readFileSync(join(folder, 'r/transient.Shared.cir'), 'utf8')).toContain('.tran');
      }),
    120_000,
  );
});

describe('memloom run --sign-off, before anything is computed,', () => {
  const refusal = (change: (text: string) => string) =>
    withFolder((folder) => {
      copyExample('airline-transient', folder);
      const file = join(folder, 'airline-transient.loom');
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      const ended = memloom(folder, ['run', 'airline-transient.loom', '--sign-off', '--out', 'r']);
      expect(existsSync(join(folder, 'r'))).toBe(false);
      return ended;
    });

  it('says that there is no transient', async () => {
    const { code, err } = await refusal((text) => text.replace(/^ *(transient|expect transient).*$/gm, ''));
    expect(code).toBe(2);
    expect(err).toContain('no experiment has a transient');
  });

  it('says that ngspice knows nothing of the noise', async () => {
    const { code, err } = await refusal((text) => text.replace(/(transient .*\{)/, '$1 noise = true'));
    expect(code).toBe(2);
    expect(err).toContain('has a transient with noise');
  });
});

describe('memloom export spice', () => {
  it(
    'writes the same bytes for the same design and seed, others for another seed',
    () =>
      withFolder((folder) => {
        copyExample('airline-transient', folder);
        const exported = (out: string, ...more: readonly string[]) => {
          const ended = memloom(folder, ['export', 'spice', 'airline-transient.loom', '--out', out, ...more]);
          expect(ended).toMatchObject({ code: 0, err: '' });
          return readFileSync(join(folder, out, 'waveforms.transient.Parallel.cir'), 'utf8');
        };
        const first = exported('a');
        expect(exported('b')).toBe(first);
        expect(exported('c', '--seed', '8')).not.toBe(first);
      }),
    60_000,
  );

  it.each([
    [['export', 'edif', 'airline-transient.loom'], 'There is no format "edif"'],
    [['export', 'spice', 'none.loom'], 'cannot be read'],
  ])('refuses %j', (args, message) =>
    withFolder((folder) => {
      copyExample('airline-transient', folder);
      const { code, err } = memloom(folder, args);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }),
  );

  it('says where there is no circuit', () =>
    withFolder((folder) => {
      copyExample('devices', folder);
      const { code, err } = memloom(folder, ['export', 'spice', 'devices.loom']);
      expect(code).toBe(2);
      expect(err).toContain('export.no-hardware');
    }));
});
