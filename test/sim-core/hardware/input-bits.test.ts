import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../sim-core/math/random.ts';
import {
  readProbe,
  readTensorGradient,
  writeInput,
  writeOutputGradient,
} from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { backward, forward } from '../../../sim-core/program/evaluate.ts';
import {
  denseNetwork,
  designOf,
  gaussian,
  idealProgram,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
  use,
} from './designs.ts';
import { critical, kolmogorovSmirnov, phi } from './statistics.ts';

const steady = {
  temperature: 300,
  referenceTemperature: 300,
  drift: { exponent: 0, variation: 0, onset: 20 },
};
const [inputs, units] = [5, 3];
const network = denseNetwork(inputs, units);

describe('Bit-serial input', () => {
  it('adds up to the product of the operands rounded to all their bits, in every coding and read-out', () => {
    const arbitrary = fc.record({
      inputCycles: fc.integer({ min: 1, max: 16 }),
      cycleBits: fc.integer({ min: 1, max: 3 }),
      inputRange: fc.constantFrom(1, 0.5, 3),
      readout: fc.constantFrom('voltage' as const, 'current' as const),
      coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      size: fc.constantFrom(undefined, { rows: 7, columns: 13 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ seed, ...crossbar }) => {
        const design = designOf({ crossbar, network });
        const weights = randomWeights(sized(design), seed);
        const batch = 4;
        const input = randomInput(inputs * batch, seed);
        const { inputCycles, cycleBits, inputRange } = crossbar;
        const steps = 2 ** (inputCycles * cycleBits) - 1;
        const rounded = (x: number) => {
          const magnitude = Math.min(1, Math.abs(x) / inputRange);
          return (Math.sign(x) * Math.round(magnitude * steps) * inputRange) / steps;
        };
        const options = { steps: 1, batch };
        const bits = outputOf(realProgram(realised(design), weights, seed, options), input);
        // The bias, a word line of the number 1, is streamed as well.
        const [matrix, bias] = ['y.weight', 'y.bias'].map((name) => weights.get(name) ?? []);
        for (let sequence = 0; sequence < batch; sequence++)
          for (let unit = 0; unit < units; unit++) {
            let sum = bias[unit] * rounded(1);
            for (let k = 0; k < inputs; k++)
              sum += matrix[k * units + unit] * rounded(input[k * batch + sequence]);
            expect(Math.abs(bits[unit * batch + sequence] - sum)).toBeLessThan(1e-9);
          }
      }),
      { seed: 7, numRuns: 80 },
    );
  });

  it('has the gradient of the analog product, straight through the digits', () => {
    const analog = designOf({ network });
    const weights = randomWeights(sized(analog), 3);
    const input = randomInput(inputs * 2, 3);
    const gradientOf = (program: ReturnType<typeof idealProgram>) => {
      writeInput(program, 'x', input);
      forward(program);
      writeOutputGradient(program, 'y', randomInput(units * 2, 8));
      backward(program);
      return program;
    };
    const options = { steps: 1, batch: 2, gradient: true };
    const ideal = gradientOf(idealProgram(sized(analog), weights, options));
    const hardware = realised(designOf({ crossbar: { inputCycles: 16, cycleBits: 2 }, network }));
    const into = new Map<string, Float64Array>();
    const real = gradientOf(realProgram(hardware, weights, 1, options));
    hardware.realisation.gradient(real, weights, into);
    for (const name of weights.keys())
      for (const [k, expected] of readTensorGradient(ideal, name).entries())
        expect(into.get(name)?.[k]).toBeCloseTo(expected, 8);
  });

  it('is read anew in each cycle: the noise of its shares, normal', () => {
    const reads = 20_000;
    const sigma = 2e-6;
    const one = denseNetwork(1, 1);
    const design = designOf({
      device: { readNoise: gaussian(sigma) },
      crossbar: { inputCycles: 3, vRead: 0.2, pairs: 'columns' },
      network: one,
    });
    const weights = new Map([
      ['y.weight', Float64Array.of(1)],
      ['y.bias', Float64Array.of(0)],
    ]);
    // 5/7 is 101: of three cycles the first and the last drive the word line; the bias drives in all.
    const program = realProgram(realised(design), weights, 5, { steps: 1, batch: reads });
    const values = outputOf(program, new Float64Array(reads).fill(5 / 7));
    const perWeight = 1e-4 - 1e-6;
    const shares = [4 / 7, 2 / 7, 1 / 7];
    const variance = shares.reduce((sum, share, cycle) => {
      const driven = (cycle === 1 ? 0 : 1) + 1;
      return sum + share * share * driven * 2 * (sigma / perWeight) ** 2;
    }, 0);
    const deviate = (y: number) => phi((y - 5 / 7) / Math.sqrt(variance));
    expect(kolmogorovSmirnov(values, deviate)).toBeLessThan(critical(reads));
    // Were the cycles one read, the variance would be that of the shares' sum.
    const same = ((5 / 7) ** 2 + 1) * 2 * (sigma / perWeight) ** 2;
    expect(kolmogorovSmirnov(values, (y) => phi((y - 5 / 7) / Math.sqrt(same)))).toBeGreaterThan(
      3 * critical(reads),
    );
  });

  it.each([
    ['current', 'columns', {}],
    ['voltage', 'rows', { normalise: 'amplifier' }],
    ['current', 'rows', { wire: 1e-6 }],
  ] as const)(
    'has the 1/f noise of its operands, which stands still over the cycles: %s, %s %o',
    (readout, pairs, more) => {
      const reads = 10_000;
      const flicker = 0.02;
      // ln((age + readTime)/(2·readTime)) is 4, all of which runs.
      const conditions = { ...steady, flicker, readTime: 1, age: 2 * Math.exp(4) - 1 };
      const crossbar = { inputCycles: 3, vRead: 0.2, readout, pairs, ...more };
      const design = designOf({ device: { conditions }, crossbar, network: denseNetwork(2, 1) });
      const weights = new Map([
        ['y.weight', Float64Array.of(1, 1)],
        ['y.bias', Float64Array.of(0)],
      ]);
      // 101 and 010: in no cycle do both operands drive.
      const input = Float64Array.from({ length: 2 * reads }, (_, k) => (k < reads ? 5 / 7 : 2 / 7));
      const values = outputOf(realProgram(realised(design), weights, 5, { steps: 1, batch: reads }), input);
      // Of devices at gOn, gOff each; a bit line in voltage mode moves by δ·(v - V)/ΣG.
      const [on, off, count] = [1e-4, 1e-6, 3];
      const lines = [5 / 7, 2 / 7, 1].map((x) => ({ x, plus: x === 1 ? off : on }));
      const output = readout === 'voltage' ? (1 * (on - off)) / (2 * on + (2 * count - 2) * off) : 0;
      const variance = lines.reduce(
        (sum, { x, plus }) => sum + (plus * (x - output)) ** 2 + (off * (x + output)) ** 2,
        0,
      );
      const deviation = (flicker * Math.sqrt(4 * variance)) / (on - off);
      expect(kolmogorovSmirnov(values, (y) => phi((y - 1) / deviation))).toBeLessThan(critical(reads));
    },
  );

  it('passes the output converters cycle by cycle', () => {
    const step = 0.03;
    const design = designOf({
      crossbar: { inputCycles: 2, vRead: 0.2 },
      hardware: { bindings: { output: use('Converter', { step: { kind: 'number', value: step * 0.1 } }) } },
      network: denseNetwork(1, 1),
    });
    const weights = new Map([
      ['y.weight', Float64Array.of(0.77)],
      ['y.bias', Float64Array.of(0)],
    ]);
    const y = outputOf(
      realProgram(realised(design), weights, 1, { steps: 1, batch: 4 }),
      Float64Array.of(0, 1 / 3, 2 / 3, 1),
    );
    const code = (value: number) => step * Math.round(value / step);
    for (const [k, bits] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ].entries())
      expect(y[k]).toBeCloseTo((2 / 3) * code(0.77 * bits[0]) + (1 / 3) * code(0.77 * bits[1]), 12);
  });

  it.each([
    [1, 'none', [['x', 2]]],
    [
      0.5,
      'none',
      [
        ['x', 4],
        ['bias', 6],
      ],
    ],
    [2, 'none', []],
    // The largest operand of a sample is then the number 1, which the bias may be.
    [1, 'absMax', []],
  ] as const)(
    'tells where operands exceed the range %d, with noise management %s',
    (inputRange, noiseManagement, expected) => {
      const design = designOf({
        crossbar: { inputCycles: 4, inputRange },
        hardware: { noiseManagement },
        network: denseNetwork(1, 1),
      });
      const network = realised(design);
      const record = network.converters.map(({ layer, signal }) => `${layer}.${signal}`);
      const program = compileNetwork(network.network, { steps: 1, batch: 6, gradient: false, record });
      network.realisation.apply(randomWeights(sized(design), 1), program, {
        seed: 1,
        trial: randomStream(1),
      });
      writeInput(program, 'x', Float64Array.of(0.2, -0.51, 0.6, 1, -1.2, 1.1));
      forward(program);
      const clipped = network.converters.flatMap(({ layer, signal, place }) => {
        const count = Array.from(readProbe(program, layer, signal)).filter((volts) => volts > 0).length;
        return count > 0 ? [[place, count]] : [];
      });
      expect(clipped).toEqual(expected);
    },
  );
});
