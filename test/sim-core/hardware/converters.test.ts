import { describe, expect, it } from 'vitest';
import type { SampleSet } from '../../../sim-core/data/sample-set.ts';
import type { HardwareDesign, ParameterValue } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { readTensorGradient, writeInput, writeOutputGradient } from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { backward, forward, setNoise } from '../../../sim-core/program/evaluate.ts';
import { clippingCount } from '../../../sim-core/run/clipping.ts';
import { infer, prepareInference } from '../../../sim-core/run/inference.ts';
import {
  cellNetwork,
  denseNetwork,
  designOf,
  idealProgram,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  sized,
  unwrap,
  use,
} from './designs.ts';

const number = (value: number): ParameterValue => ({ kind: 'number', value });
const scale = 0.1;

/** Samples of one step and one feature. */
const samplesOf = (values: readonly number[]): SampleSet => ({
  count: values.length,
  steps: 1,
  features: 1,
  inputs: Float64Array.from(values),
  outputs: 1,
  targetSteps: 1,
  targets: new Float64Array(values.length),
});
const weights = new Map([
  ['y.weight', Float64Array.of(2)],
  ['y.bias', Float64Array.of(-0.5)],
]);

/** `y = 2 x - 0.5` with converters on both sides. */
function converted(
  input: Readonly<Record<string, ParameterValue>>,
  output: Readonly<Record<string, ParameterValue>>,
  hardware: Partial<HardwareDesign> = {},
) {
  const bindings = { input: use('Scaled', input), output: use('Scaled', output) };
  return realised(designOf({ hardware: { scale, bindings, ...hardware }, network: denseNetwork(1, 1) }));
}

function fullScales(network: ReturnType<typeof realised>, samples: SampleSet): ReadonlyMap<string, number> {
  const which = Array.from({ length: samples.count }, (_, at) => at);
  const { calibrate } = network.realisation;
  if (!calibrate) throw new Error('Nothing is calibrated.');
  return unwrap(calibrate(weights, samples, which));
}

/** Outputs for inputs, converters calibrated on other samples. */
function outputs(
  network: ReturnType<typeof realised>,
  calibratedOn: readonly number[],
  inputs: readonly number[],
) {
  const program = compileNetwork(network.network, {
    batch: inputs.length,
    steps: 1,
    gradient: false,
    record: 'none',
  });
  network.realisation.apply(weights, program, {
    seed: 1,
    trial: randomStream(1, 'trial'),
    fullScales: fullScales(network, samplesOf(calibratedOn)),
  });
  setNoise(program, (name) => randomStream(1, name));
  return outputOf(program, Float64Array.from(inputs));
}

describe('Calibration', () => {
  it('takes the largest value of the samples, at the word lines and behind the columns', () => {
    // y is -1.5, 0 and 0.9 at these inputs.
    const found = fullScales(converted({}, {}), samplesOf([-0.5, 0.25, 0.7]));
    expect([...found.keys()]).toEqual(['y.input[0 x].fullScale', 'y.output[y].fullScale']);
    const [input, output] = [...found.values()];
    expect(input).toBeCloseTo(0.7 * scale, 12);
    expect(output).toBeCloseTo(1.5 * scale, 12);
  });

  it('takes a percentile of the magnitudes where it is told to', () => {
    const magnitudes = Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? 1 : -1) * ((k + 1) / 200));
    const hardware = { calibration: 'percentile' as const, percentile: 0.9 };
    const [input] = [...fullScales(converted({}, {}, hardware), samplesOf(magnitudes)).values()];
    expect(input).toBeCloseTo(0.9 * scale, 12);
  });

  it('takes the unit where nothing comes in', () => {
    const [input] = [...fullScales(converted({}, {}), samplesOf([0, 0])).values()];
    expect(input).toBe(scale);
  });

  it('does not depend on errors of devices and circuits', () => {
    const design = designOf({
      device: {
        stuckOn: 0.5,
        programming: { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: 0.5, relative: true },
      },
      hardware: { scale, bindings: { input: use('Scaled'), output: use('Scaled') } },
      network: denseNetwork(1, 1),
    });
    const samples = samplesOf([-0.5, 0.25, 0.7]);
    expect(fullScales(realised(design), samples)).toEqual(fullScales(converted({}, {}), samples));
  });
});

describe('A calibrated converter', () => {
  it('rounds to the nearest of its codes, of which one is zero', () => {
    const codes = 7;
    const inputs = Array.from({ length: 101 }, (_, k) => 0.997 * (k / 50 - 1));
    const found = outputs(converted({ codes: number(codes) }, {}), [1, -1], inputs);
    for (const [k, x] of inputs.entries())
      expect(found[k]).toBeCloseTo((2 * Math.round(x * codes)) / codes - 0.5, 5);
    expect(outputs(converted({ codes: number(codes) }, {}), [1, -1], [0])[0]).toBeCloseTo(-0.5, 6);
  });

  it('rounds at random without bias: up as often as the remainder says', () => {
    const [codes, count, x] = [7, 40_000, 0.33];
    const network = converted({ codes: number(codes), stochastic: number(1) }, {});
    const found = outputs(
      network,
      [1, -1],
      Array.from({ length: count }, () => x),
    );
    const [below, above] = [Math.floor(x * codes), Math.ceil(x * codes)].map(
      (code) => (2 * code) / codes - 0.5,
    );
    const up = found.filter((y) => Math.abs(y - above) < 1e-5).length;
    const down = found.filter((y) => Math.abs(y - below) < 1e-5).length;
    expect(up + down).toBe(count);
    const share = x * codes - Math.floor(x * codes);
    expect(Math.abs(up / count - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));
  });

  it('hands the ideal network on as its codes become many, recurrent layers included', () => {
    const bindings = { input: use('Scaled'), output: use('Scaled') };
    const design = designOf({ hardware: { scale, bindings }, network: cellNetwork('Lstm', 2, 3) });
    const network = realised(design);
    const values = randomWeights(sized(design), 3);
    const samples: SampleSet = { ...samplesOf([...randomInput(3 * 2, 3)]), count: 1, steps: 3, features: 2 };
    const program = compileNetwork(network.network, { batch: 1, steps: 3, gradient: true, record: 'none' });
    const found = network.realisation.calibrate?.(values, samples, [0]);
    const scales = found && unwrap(found);
    network.realisation.apply(values, program, { seed: 1, trial: randomStream(1), fullScales: scales });
    const ideal = idealProgram(sized(design), values, { batch: 1, steps: 3, gradient: true });
    const [real, expected] = [program, ideal].map((one) => outputOf(one, samples.inputs));
    for (const [i, y] of expected.entries()) expect(real[i]).toBeCloseTo(y, 5);
    // Gradients pass straight through the rounding.
    for (const one of [program, ideal]) {
      writeInput(one, 'x', samples.inputs);
      forward(one);
      writeOutputGradient(one, 'y', Float64Array.of(0, 0, 1));
      backward(one);
    }
    const gradients = new Map<string, Float64Array>();
    network.realisation.gradient(program, values, gradients);
    for (const [name, gradient] of gradients)
      for (const [i, g] of readTensorGradient(ideal, name).entries()) expect(gradient[i]).toBeCloseTo(g, 4);
  });
});

describe('Scaling of the inputs', () => {
  /** `y = 2 x - 0.5`, its word lines behind a converter whose range is ±1. */
  const converterOf = (noiseManagement: HardwareDesign['noiseManagement']) => {
    const bindings = { input: use('Scaled', { codes: number(100) }) };
    return realised(
      designOf({ hardware: { scale, noiseManagement, bindings }, network: denseNetwork(1, 1) }),
    );
  };

  it('keeps inputs beyond the range from being clipped, at as many codes', () => {
    const inputs = [5, -12.3, 0.2];
    const clipped = outputs(converterOf('none'), [1, -1], inputs);
    for (const [k, y] of [1.5, -2.5, -0.1].entries()) expect(clipped[k]).toBeCloseTo(y, 9);
    const scaled = outputs(converterOf('absMax'), [1, -1], inputs);
    // The largest operand, the bias's 1 included, takes the whole range; so it is exact, and the bias is never rounded.
    for (const [k, y] of [9.5, -25.1, -0.1].entries()) expect(scaled[k]).toBeCloseTo(y, 9);
  });

  it('rounds what is smaller to the codes of the largest', () => {
    const design = designOf({
      hardware: {
        scale,
        noiseManagement: 'absMax',
        bindings: { input: use('Scaled', { codes: number(100) }) },
      },
      network: denseNetwork(2, 1),
    });
    const network = realised(design);
    const values = new Map([
      ['y.weight', Float64Array.of(1, 1)],
      ['y.bias', Float64Array.of(0)],
    ]);
    const program = compileNetwork(network.network, { batch: 1, steps: 1, gradient: false, record: 'none' });
    const samples = { ...samplesOf([1, 1]), count: 1, features: 2 };
    const found = network.realisation.calibrate?.(values, samples, [0]);
    network.realisation.apply(values, program, {
      seed: 1,
      trial: randomStream(1),
      fullScales: found && unwrap(found),
    });
    setNoise(program, (name) => randomStream(1, name));
    // 8 is the largest; 0.33 of it, to a hundredth of 8, is 0.32.
    expect(outputOf(program, Float64Array.of(8, 0.33))[0]).toBeCloseTo(8 + 0.32, 9);
  });
});

describe('Bound management', () => {
  /** `y = 2 x - 0.5` at inputs, with an output converter of `codes` on either side of zero, calibrated for |y| <= 1.5. */
  const read = (
    boundManagement: HardwareDesign['boundManagement'],
    codes: number,
    inputs: readonly number[],
  ) => {
    const bindings = { output: use('Scaled', { codes: number(codes) }) };
    const design = designOf({ hardware: { scale, boundManagement, bindings }, network: denseNetwork(1, 1) });
    return outputs(realised(design), [1, -0.5], inputs);
  };
  const inputs = [0.5, 1, 1.6, 7, -20];
  const exact = inputs.map((x) => 2 * x - 0.5);

  it('keeps sums beyond the range of the converter from being clipped', () => {
    const clipped = read('none', 1000, inputs);
    for (const [k, y] of exact.entries()) expect(clipped[k]).toBeCloseTo(Math.max(-1.5, Math.min(1.5, y)), 2);
    const managed = read('iterative', 1e6, inputs);
    for (const [k, y] of exact.entries()) expect(managed[k]).toBeCloseTo(y, 4);
  });

  it('halves as often as is needed, and no more: what it gives lies on codes of that size', () => {
    const codes = 100;
    const managed = read('iterative', codes, inputs);
    for (const [k, y] of exact.entries()) {
      const halvings = Math.max(0, Math.ceil(Math.log2(Math.abs(y) / 1.5)));
      const code = (1.5 / codes) * 2 ** halvings;
      expect(managed[k]).toBeCloseTo(Math.round(y / code) * code, 9);
    }
  });

  it('lets training see sums beyond the range, where a converter alone has no gradient', () => {
    const gradientOf = (boundManagement: HardwareDesign['boundManagement'], x: number) => {
      const bindings = { output: use('Scaled', { codes: number(1e6) }) };
      const design = designOf({
        hardware: { scale, boundManagement, bindings },
        network: denseNetwork(1, 1),
      });
      const network = realised(design);
      const program = compileNetwork(network.network, { batch: 1, steps: 1, gradient: true, record: 'none' });
      const draw = { seed: 1, trial: randomStream(1), fullScales: fullScales(network, samplesOf([1, -0.5])) };
      network.realisation.apply(weights, program, draw);
      writeInput(program, 'x', Float64Array.of(x));
      forward(program);
      writeOutputGradient(program, 'y', Float64Array.of(1));
      backward(program);
      const into = new Map<string, Float64Array>();
      network.realisation.gradient(program, weights, into);
      return [into.get('y.weight')?.[0], into.get('y.bias')?.[0]];
    };
    for (const x of [0.5, 7, -20]) {
      const [weight, bias] = gradientOf('iterative', x);
      // dy/dw = x, dy/db = 1, straight through the codes.
      expect(weight).toBeCloseTo(x, 6);
      expect(bias).toBeCloseTo(1, 6);
    }
    expect(gradientOf('none', 7)).toEqual([0, 0]);
  });
});

describe('Clipping', () => {
  /** What a run over samples says of converters with half the range that the training samples need. */
  function warningsFor(test: readonly number[], headroom: number) {
    const network = converted({ headroom: number(headroom) }, {});
    const [train, samples] = [samplesOf([1, -1]), samplesOf(test)];
    const clipping = clippingCount(network.converters);
    const inference = prepareInference(network.network, { train, test: samples }, clipping.probes);
    const draw = { seed: 1, trial: randomStream(1), fullScales: fullScales(network, train) };
    unwrap(
      infer(
        inference,
        (program) => network.realisation.apply(weights, program, draw),
        (name) => randomStream(1, name),
        clipping.observe,
      ),
    );
    return clipping.warnings('Hw');
  }

  it('is reported with the share of the values that are clipped', () => {
    // Of 2 + 6 values at the word line, 1, -1, 0.8 and -0.9 exceed 0.5.
    const [warning, ...rest] = warningsFor([0.8, -0.9, 0.1, 0.2, 0.3, 0.4], 0.5);
    expect(rest).toEqual([]);
    expect(warning.code).toBe('hardware.converter-clips');
    expect(warning.message).toBe(
      'The input converters "Scaled" of "Hw" clip 50 % of their values in the first trial; most of "x" in layer "y": 50 %.',
    );
  });

  it('is not reported where everything fits', () => {
    expect(warningsFor([0.5, -0.9], 1)).toEqual([]);
  });
});
