import { describe, expect, it } from 'vitest';
import type { CrossbarCircuit } from '../../../sim-core/crossbar/circuit.ts';
import { solveNonlinearCrossbar } from '../../../sim-core/crossbar/nonlinear.ts';
import type { CrossbarDesign, CrossingDesign, Design } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import {
  readOutput,
  readTensorGradient,
  writeInput,
  writeOutputGradient,
} from '../../../sim-core/program/access.ts';
import { backward, checkFinite, forward } from '../../../sim-core/program/evaluate.ts';
import {
  cellNetwork,
  type DesignChanges,
  denseNetwork,
  designOf,
  gaussian,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
} from './designs.ts';

const cell = (changes: Partial<CrossingDesign>): CrossingDesign => ({
  kind: 'passive',
  gate: 1.6,
  gateThreshold: 0.6,
  transconductance: 5e-4,
  selectorCurrent: 5e-7,
  selectorVoltage: 0.08,
  ...changes,
});
const selector = cell({ kind: 'selector' });
const transistor = cell({ kind: 'transistor' });
const [gOn, gOff, vRead] = [1e-4, 1e-6, 0.2];
const [inputs, units] = [3, 2];

/** The same network, its device of a model that bends: I = a·x·sinh(b·V), read as `G·V` at vRead. */
const b = 6;
const bending = (design: Design): Design => ({
  ...design,
  devices: design.devices.map((device) => ({
    ...device,
    model: 'yakopcic',
    parameters: { b: { kind: 'number', value: b } },
  })),
});
const outputs = (changes: DesignChanges, input: Float64Array, change = (design: Design) => design) => {
  const design = change(designOf({ ...changes, network: denseNetwork(inputs, units) }));
  const weights = randomWeights(sized(design), 4, 0.4);
  const batch = input.length / inputs;
  return {
    weights,
    output: outputOf(realProgram(realised(design), weights, 1, { steps: 1, batch }), input),
  };
};

/** Conductances `[word lines][bit lines]` of the weights, pairs as columns, by the map's definition. */
function conductancesOf(weights: ReadonlyMap<string, Float64Array>): Float64Array {
  const flat = [...(weights.get('y.weight') ?? []), ...(weights.get('y.bias') ?? [])];
  const k = (gOn - gOff) / Math.max(...flat.map(Math.abs));
  return Float64Array.from(flat.flatMap((w) => [gOff + Math.max(w, 0) * k, gOff + Math.max(-w, 0) * k]));
}
const siemensOf = (weights: ReadonlyMap<string, Float64Array>): number =>
  (gOn - gOff) / Math.max(...[...weights.values()].flatMap((values) => [...values].map(Math.abs)));

/** The current of a device in series with a selector or a transistor whose source is at 0 V, by bisection. */
function seriesCurrent(g: number, v: number, below: (x: number) => number): number {
  let [low, high] = [Math.min(0, v), Math.max(0, v)];
  for (let step = 0; step < 200; step++) {
    const x = (low + high) / 2;
    if (below(x) > g * (v - x)) high = x;
    else low = x;
  }
  return g * (v - (low + high) / 2);
}
const through = {
  selector: (x: number) => selector.selectorCurrent * Math.sinh(x / selector.selectorVoltage),
  transistor(x: number) {
    const a = transistor.gate - transistor.gateThreshold;
    return (transistor.transconductance / 2) * (a ** 2 - Math.max(0, a - x) ** 2);
  },
};

describe('A network whose cells are not ohmic', () => {
  const input = Float64Array.of(0.9, -0.3, 0.2, 0.55, -0.7, 0.1);
  const words = (sequence: number) => [...[0, 1, 2].map((k) => vRead * input[2 * k + sequence]), vRead];

  it.each([
    ['selectors', selector, (g: number, v: number) => seriesCurrent(g, v, through.selector)],
    ['transistors', transistor, (g: number, v: number) => seriesCurrent(g, v, through.transistor)],
  ] as const)('reads the currents that its cells let through: %s', (_, kind, current) => {
    const { weights, output } = outputs({ crossbar: { pairs: 'columns', vRead, cell: kind } }, input);
    const g = conductancesOf(weights);
    for (let sequence = 0; sequence < 2; sequence++)
      for (let unit = 0; unit < units; unit++) {
        let sum = 0;
        for (const [row, v] of words(sequence).entries()) {
          const at = (row * units + unit) * 2;
          sum += current(g[at], v) - current(g[at + 1], v);
        }
        // rF·k_w·vRead = scale, and the output is divided by the scale.
        const expected = sum / (siemensOf(weights) * vRead);
        expect(output[unit * 2 + sequence] / expected).toBeCloseTo(1, 9);
      }
  });

  it('reads devices by the law of their model, proportional to their conductance at the read voltage', () => {
    const { weights, output } = outputs({ crossbar: { pairs: 'columns', vRead } }, input, bending);
    const g = conductancesOf(weights);
    for (let sequence = 0; sequence < 2; sequence++)
      for (let unit = 0; unit < units; unit++) {
        let sum = 0;
        for (const [row, v] of words(sequence).entries()) {
          const at = (row * units + unit) * 2;
          sum += ((g[at] - g[at + 1]) * vRead * Math.sinh(b * v)) / Math.sinh(b * vRead);
        }
        expect(output[unit * 2 + sequence] / (sum / (siemensOf(weights) * vRead))).toBeCloseTo(1, 9);
      }
  });

  const wired: Partial<CrossbarDesign> = { wordWire: 60, bitWire: 35, source: 150 };
  it.each([
    ['currents', { readout: 'current', sense: 80, pairs: 'columns' }],
    ['voltages', { readout: 'voltage', normalise: 'amplifier', load: 2e-6, pairs: 'columns' }],
  ] as const)('finds the state of the whole array with its wires: %s', (_, readOut) => {
    const crossbar: Partial<CrossbarDesign> = { ...wired, ...readOut, vRead, cell: selector };
    const { weights, output } = outputs({ crossbar }, input);
    const g = conductancesOf(weights);
    const [rows, columns] = [inputs + 1, 2 * units];
    const isCurrent = readOut.readout === 'current';
    const circuit: Omit<CrossbarCircuit, 'conductance'> = {
      rows,
      columns,
      wordWire: 60,
      bitWire: 35,
      wordLeft: 150,
      wordRight: Infinity,
      bitTop: Infinity,
      bitBottom: isCurrent ? 80 : 1 / 2e-6,
    };
    const law = {
      evaluate(voltage: Float64Array, current: Float64Array, slope: Float64Array) {
        for (let k = 0; k < voltage.length; k++) {
          current[k] = seriesCurrent(g[k], voltage[k], through.selector);
          const step = seriesCurrent(g[k], voltage[k] + 1e-6, through.selector);
          slope[k] = (step - current[k]) / 1e-6;
        }
      },
    };
    for (let sequence = 0; sequence < 2; sequence++) {
      const solved = solveNonlinearCrossbar(
        circuit,
        law,
        { wordLeft: Float64Array.from(words(sequence)) },
        { accuracy: 1e-8 },
      );
      if (!solved.ok) throw new Error(solved.problems[0].message);
      const { current, voltage } = solved.value.ends.bitBottom;
      const perWeight = siemensOf(weights) * vRead;
      for (let unit = 0; unit < units; unit++) {
        const read = (line: number) => {
          if (isCurrent) return current[line];
          // Each amplifier undoes the sum of the conductances that its column was meant to have.
          let nominal = 2e-6;
          for (let row = 0; row < rows; row++) nominal += g[row * columns + line];
          return voltage[line] * nominal;
        };
        const expected = (read(2 * unit) - read(2 * unit + 1)) / perWeight;
        expect(Math.abs(output[unit * 2 + sequence] - expected)).toBeLessThan(1e-6);
      }
    }
  });

  it('gives what a linear array gives where a selector or the bend of a device is far away', () => {
    const stream = randomInput(6, 3);
    const linear = outputs({ crossbar: { wire: 5 } }, stream).output;
    const near = (changes: DesignChanges, change?: (design: Design) => Design) => {
      const { output } = outputs(changes, stream, change);
      return Math.max(...output.map((y, k) => Math.abs(y - linear[k])));
    };
    const open = cell({ kind: 'selector', selectorCurrent: 100 });
    expect(near({ crossbar: { wire: 5, cell: open } })).toBeLessThan(1e-5);
    const wide = cell({ kind: 'transistor', transconductance: 1e3, gate: 100 });
    expect(near({ crossbar: { wire: 5, cell: wide } })).toBeLessThan(1e-8);
    const straight = (design: Design): Design => ({
      ...design,
      devices: bending(design).devices.map((device) => ({
        ...device,
        parameters: { b: { kind: 'number', value: 1e-3 } },
      })),
    });
    expect(near({ crossbar: { wire: 5 } }, straight)).toBeLessThan(1e-6);
  });

  it('has tiles on which some bit lines have no device, as linear arrays have', () => {
    const crossbar = {
      readout: 'voltage',
      normalise: 'amplifier',
      load: 0,
      size: { rows: 9, columns: 13 },
    } as const;
    const read = (kind: CrossingDesign, wire: number) => {
      const network = cellNetwork('Lstm', 2, 3);
      const design = designOf({ crossbar: { ...crossbar, wire, cell: kind }, network });
      const program = realProgram(realised(design), randomWeights(sized(design), 2), 1, {
        steps: 2,
        batch: 1,
      });
      return outputOf(program, randomInput(4, 5));
    };
    const wide = cell({ kind: 'transistor', transconductance: 1e3, gate: 100 });
    for (const wire of [0, 5]) {
      const linear = read(cell({}), wire);
      for (const [k, y] of read(wide, wire).entries()) expect(Math.abs(y - linear[k])).toBeLessThan(1e-6);
    }
  });

  it('trains by the gradient of what its cells conduct at the read voltage', () => {
    const design = designOf({
      crossbar: { vRead, cell: selector },
      network: denseNetwork(inputs, units),
    });
    const weights = randomWeights(sized(design), 4, 0.4);
    const program = realProgram(realised(design), weights, 1, { steps: 1, batch: 1, gradient: true });
    writeInput(program, 'x', input.subarray(0, inputs));
    forward(program);
    expect(checkFinite(program)).toBeUndefined();
    writeOutputGradient(program, 'y', Float64Array.of(1, 0));
    backward(program);
    const tensor = [...program.tensors.keys()].find((name) => name.endsWith('pair.conductance')) ?? '';
    const gradient = readTensorGradient(program, tensor);
    // Each of the first unit's devices by the voltage of its word line over what a unit of weight is.
    for (let k = 0; k < inputs; k++)
      expect(gradient[k * units] * siemensOf(weights)).toBeCloseTo(input[k], 9);
    expect(readOutput(program, 'y').length).toBe(units);
  });

  it('names the array and the cell whose law leads nowhere', () => {
    const design = bending(designOf({ network: denseNetwork(inputs, units), crossbar: { wire: 2, vRead } }));
    const weights = randomWeights(sized(design), 4, 0.4);
    const program = realProgram(realised(design), weights, 1, { steps: 1, batch: 1 });
    // sinh(6·2000 V) is no number.
    writeInput(program, 'x', Float64Array.of(1e4, 1, 1));
    forward(program);
    const problem = checkFinite(program);
    expect(problem?.code).toBe('crossbar.law');
    expect(problem?.message).toMatch(
      /^Array of y, read for y: The law of the cell in row 0, column 0 .*In "y" at time step 1/,
    );
  });
});

describe('A transistor that is a resistor', () => {
  it('stays a linear array: each cell the series of the two, its noise as far as it comes through', () => {
    const onResistance = 4000;
    const resistor = cell({ kind: 'transistor', onResistance });
    const design = designOf({
      device: { readNoise: gaussian(0.02, true) },
      crossbar: { cell: resistor, pairs: 'columns' },
      network: denseNetwork(inputs, units),
    });
    const weights = randomWeights(sized(design), 4, 0.4);
    const tensors = new Map<string, Float64Array>();
    realised(design).write(
      weights,
      { seed: 1, trial: randomStream(1, 'trial') },
      { tensor: (name, values) => void tensors.set(name, values.slice()), parameter: () => {} },
    );
    const g = conductancesOf(weights);
    const plus = [...tensors].find(([name]) => name.endsWith('plus.conductance'))?.[1] ?? [];
    const variance = [...tensors].find(([name]) => name.endsWith('plus.read.variance'))?.[1] ?? [];
    for (let k = 0; k < inputs * units; k++) {
      const device = g[2 * k];
      const share = 1 / (1 + device * onResistance);
      expect(plus[k] / (device * share)).toBeCloseTo(1, 12);
      expect(variance[k] / (0.02 * device * share * share) ** 2).toBeCloseTo(1, 3);
    }
  });
});
