import { describe, expect, it } from 'vitest';
import type { CrossbarDesign, HardwareDesign } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { solve } from './dense-solve.ts';
import {
  denseNetwork,
  designOf,
  gaussian,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
  use,
} from './designs.ts';

const inputs = 3;
const units = 2;
const gOn = 1e-4;
const gOff = 1e-6;
const vRead = 0.2;
const scale = 0.1;
const load = 2e-5;
const openLoopGain = 40;

/** One array read once, by blocks of finite gain, and the pieces for a nodal analysis by hand. */
function read(crossbar: Pick<CrossbarDesign, 'readout' | 'pairs' | 'normalise'>, finite: boolean) {
  const block = crossbar.readout === 'current' ? 'Tia' : 'DifferenceAmp';
  const readout = use(block, finite ? { openLoopGain: { kind: 'number', value: openLoopGain } } : {});
  const design = designOf({
    crossbar: { ...crossbar, load },
    hardware: { bindings: { readout } },
    network: denseNetwork(inputs, units),
  });
  const weights = randomWeights(sized(design), 3);
  const input = randomInput(inputs, 4);
  const output = outputOf(realProgram(realised(design), weights, 0, { steps: 1, batch: 1 }), input);
  const matrix = weights.get('y.weight') ?? new Float64Array();
  const bias = weights.get('y.bias') ?? new Float64Array();
  const largest = Math.max(...[...matrix, ...bias].map(Math.abs));
  const siemens = (gOn - gOff) / largest;
  const voltages = [...input, 1].map((u) => u * vRead);
  const columns = Array.from({ length: units }, (_, j) => {
    const column = [...Array.from({ length: inputs }, (_, k) => matrix[k * units + j]), bias[j]];
    return {
      weights: column,
      plus: column.map((w) => gOff + Math.max(w, 0) * siemens),
      minus: column.map((w) => gOff + Math.max(-w, 0) * siemens),
    };
  });
  return { output, siemens, voltages, columns };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Output of an op-amp with feedback rF whose inverting input hangs on conductances to voltages: two nodal equations. */
function transimpedance(conductances: readonly number[], voltages: readonly number[], rF: number): number {
  const total = sum(conductances);
  const driven = sum(conductances.map((g, i) => g * voltages[i]));
  // Node x: Σ G (x - v) + (x - out)/rF = 0; amplifier: out = -A·x.
  const [, out] = solve(
    [
      [total + 1 / rF, -1 / rF],
      [openLoopGain, 1],
    ],
    [driven, 0],
  );
  return -out;
}

/** Output of an op-amp with two dividers 1 : gain at its inputs: three nodal equations. */
function difference(plus: number, minus: number, gain: number): number {
  // p: (p - plus) + p/gain = 0; n: (n - minus) + (n - out)/gain = 0; out = A (p - n).
  const [, , out] = solve(
    [
      [1 + 1 / gain, 0, 0],
      [0, 1 + 1 / gain, -1 / gain],
      [-openLoopGain, openLoopGain, 1],
    ],
    [plus, minus, 0],
  );
  return out;
}

/** Voltage of a floating node between conductances to voltages, and one to ground. */
function divider(conductances: readonly number[], voltages: readonly number[], toGround: number): number {
  const driven = sum(conductances.map((g, i) => g * voltages[i]));
  return solve([[sum(conductances) + toGround]], [driven])[0];
}

describe('A current-mode read-out of finite open-loop gain', () => {
  it('gives what nodal analysis gives with both devices of a pair on one bit line', () => {
    const { output, siemens, voltages, columns } = read(
      { readout: 'current', pairs: 'rows', normalise: 'dummyRow' },
      true,
    );
    const rF = scale / (siemens * vRead);
    columns.forEach(({ plus, minus }, j) => {
      const wordLines = [...voltages, ...voltages.map((v) => -v)];
      expect(output[j]).toBeCloseTo(transimpedance([...plus, ...minus], wordLines, rF) / scale, 12);
    });
  });

  it('gives the difference of two amplifiers with the devices of a pair on two bit lines', () => {
    const { output, siemens, voltages, columns } = read(
      { readout: 'current', pairs: 'columns', normalise: 'dummyRow' },
      true,
    );
    const rF = scale / (siemens * vRead);
    columns.forEach(({ plus, minus }, j) => {
      const expected = transimpedance(plus, voltages, rF) - transimpedance(minus, voltages, rF);
      expect(output[j]).toBeCloseTo(expected / scale, 12);
    });
  });

  it('differs from the ideal product by more than rounding, so that the two tests above test something', () => {
    const { output, voltages, columns } = read(
      { readout: 'current', pairs: 'rows', normalise: 'dummyRow' },
      true,
    );
    const ideal = sum(columns[0].weights.map((w, k) => (w * voltages[k]) / vRead));
    expect(Math.abs(output[0] - ideal)).toBeGreaterThan(1e-3);
  });
});

describe('A voltage-mode read-out of finite open-loop gain', () => {
  it('gives a loaded divider behind an amplifier of the gain that the nominal sum asks for', () => {
    const { output, siemens, voltages, columns } = read(
      { readout: 'voltage', pairs: 'rows', normalise: 'amplifier' },
      true,
    );
    columns.forEach(({ plus, minus }, j) => {
      const conductances = [...plus, ...minus];
      const gain = (scale * (sum(conductances) + load)) / (siemens * vRead);
      const column = divider(conductances, [...voltages, ...voltages.map((v) => -v)], load);
      expect(output[j]).toBeCloseTo(difference(column, 0, gain) / scale, 12);
    });
  });

  it('gives two amplifiers subtracted where they normalise the bit lines of a pair', () => {
    const { output, siemens, voltages, columns } = read(
      { readout: 'voltage', pairs: 'columns', normalise: 'amplifier' },
      true,
    );
    columns.forEach(({ plus, minus }, j) => {
      const [above, below] = [plus, minus].map((conductances) => {
        const gain = (scale * (sum(conductances) + load)) / (siemens * vRead);
        return difference(divider(conductances, voltages, load), 0, gain);
      });
      expect(output[j]).toBeCloseTo((above - below) / scale, 12);
    });
  });

  it('gives one difference amplifier per pair of bit lines behind dummy rows', () => {
    const { output, siemens, voltages, columns } = read(
      { readout: 'voltage', pairs: 'columns', normalise: 'dummyRow' },
      true,
    );
    const sums = columns.flatMap(({ plus, minus }) => [sum(plus), sum(minus)]);
    const rows = Math.max(1, Math.ceil((Math.max(...sums) - Math.min(...sums)) / (gOn - gOff)));
    const total = Math.max(...sums) + rows * gOff;
    const gain = (scale * (total + load)) / (siemens * vRead);
    columns.forEach(({ plus, minus }, j) => {
      const [above, below] = [plus, minus].map((g) => divider(g, voltages, load + total - sum(g)));
      expect(output[j]).toBeCloseTo(difference(above, below, gain) / scale, 12);
    });
  });
});

describe('Programming errors in voltage mode', () => {
  it('move the divider with the actual conductances but leave the gain at the nominal ones', () => {
    const design = designOf({
      device: { programming: gaussian(0.2, true) },
      crossbar: { readout: 'voltage', normalise: 'amplifier', load },
      network: denseNetwork(1, 1),
    });
    const weights = new Map([
      ['y.weight', Float64Array.of(1)],
      ['y.bias', Float64Array.of(-0.5)],
    ]);
    const network = realised(design);
    const written = new Map<string, Float64Array>();
    const sink = {
      tensor: (name: string, values: Float64Array) => void written.set(name, values.slice()),
      parameter: (name: string, values: Float64Array) => void written.set(name, values.slice()),
    };
    network.write(weights, { seed: 1, trial: randomStream(8, 'trial') }, sink);
    const [x] = written.get('y.weight:pair.conductance') ?? [];
    const [one] = written.get('y.bias:pair.conductance') ?? [];
    const [gColumn] = written.get('y.y:pair.gColumn') ?? [];
    const [gain] = written.get('y.y:pair.gain') ?? [];
    const siemens = gOn - gOff;
    const nominal = 4 * gOff + 1.5 * siemens + load;
    expect(gain).toBeCloseTo((scale * nominal) / (siemens * vRead), 12);
    expect(Math.abs(gColumn / nominal - 1)).toBeGreaterThan(1e-3);
    expect(Math.abs(x / siemens - 1)).toBeGreaterThan(1e-3);
    expect(Math.abs(one / siemens + 0.5)).toBeGreaterThan(1e-3);
  });
});

describe('A read-out of finite bandwidth', () => {
  it('has come as far as its pole lets it in the time to settle', () => {
    const [pole, settling] = [2e6, 150e-9];
    const outputs = (changes: Partial<HardwareDesign>) => {
      const design = designOf({
        hardware: { bindings: { readout: use('Tia') }, ...changes },
        network: denseNetwork(inputs, units),
      });
      const blocks = design.blocks.map((block) =>
        block.name === 'Tia'
          ? {
              ...block,
              parameters: [
                ...block.parameters,
                { name: 'pole', unit: 'Hz', default: { kind: 'number' as const, value: pole } },
              ],
            }
          : block,
      );
      const network = realised({ ...design, blocks });
      const program = realProgram(network, randomWeights(sized(design), 3), 0, { steps: 1, batch: 1 });
      return outputOf(program, randomInput(inputs, 4));
    };
    // dy/dt = 2π·pole·(out - y) from 0, by the midpoint rule in steps of a thousandth of the time.
    let y = 0;
    const rate = 2 * Math.PI * pole;
    const step = settling / 1000;
    for (let k = 0; k < 1000; k++) y += step * rate * (1 - (y + (step / 2) * rate * (1 - y)));
    const full = outputs({});
    for (const [i, value] of outputs({ settling }).entries()) expect(value / full[i]).toBeCloseTo(y, 6);
  });
});
