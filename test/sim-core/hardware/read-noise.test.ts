import { describe, expect, it } from 'vitest';
import type { CrossbarDesign, Distribution } from '../../../sim-core/design/design.ts';
import { exp } from '../../../sim-core/math/elementary.ts';
import { type RandomStream, randomStream } from '../../../sim-core/math/random.ts';
import { denseNetwork, designOf, gaussian, outputOf, realised, realProgram } from './designs.ts';
import { criticalOfTwo, moments, twoSampleDistance } from './statistics.ts';

const [gOn, gOff, vRead, scale, load] = [1e-4, 1e-6, 0.2, 0.1, 2e-5];
const siemens = gOn - gOff;
/** Weights of one unit for two inputs and the bias; the largest is 1, so that siemens is the whole window. */
const weights = [1, -0.6, 0.3];
const input = [0.7, -0.4];
const volts = [...input, 1].map((u) => u * vRead);
const reads = 20_000;

/** One conductance at one read. */
function readOnce(
  conductance: number,
  { shape, sigma, relative, mean }: Distribution,
  stream: RandomStream,
): number {
  if (shape === 'lognormal') return conductance * exp(sigma * stream.gaussian());
  const xi = shape === 'uniform' ? 2 * stream.uniform() - 1 : stream.gaussian();
  return relative ? conductance * (1 + sigma * xi) : conductance + mean + sigma * xi;
}

/** The output by drawing each device anew for each read and solving the column exactly. */
function cellByCell(crossbar: Partial<CrossbarDesign>, noise: Distribution): number[] {
  const stream = randomStream(11, 'cells');
  const targets = weights.map((w) => [gOff + Math.max(w, 0) * siemens, gOff + Math.max(-w, 0) * siemens]);
  const total = (side: number) => targets.reduce((sum, pair) => sum + pair[side], 0);
  const voltage = crossbar.readout === 'voltage';
  return Array.from({ length: reads }, () => {
    const devices = targets.map((pair) => pair.map((target) => readOnce(target, noise, stream)));
    const current = (side: number) => devices.reduce((sum, pair, k) => sum + pair[side] * volts[k], 0);
    const actual = (side: number) => devices.reduce((sum, pair) => sum + pair[side], load);
    const perSiemens = 1 / (siemens * vRead);
    if (!voltage) return (current(0) - current(1)) * perSiemens;
    if (crossbar.pairs === 'rows')
      return (
        ((current(0) - current(1)) / (actual(0) + actual(1) - load)) *
        (total(0) + total(1) + load) *
        perSiemens
      );
    const side = (s: number) => (current(s) / actual(s)) * (total(s) + load) * perSiemens;
    return side(0) - side(1);
  });
}

/** The output by the column's one normal number. */
function columnWise(crossbar: Partial<CrossbarDesign>, noise: Distribution): number[] {
  const design = designOf({
    device: { readNoise: noise },
    crossbar: { normalise: 'amplifier', load, vRead, ...crossbar },
    hardware: { scale },
    network: denseNetwork(2, 1),
  });
  const values = new Map([
    ['y.weight', Float64Array.from(weights.slice(0, 2))],
    ['y.bias', Float64Array.from(weights.slice(2))],
  ]);
  const program = realProgram(realised(design), values, 5, { steps: 1, batch: reads });
  const batched = Float64Array.from({ length: 2 * reads }, (_, i) => input[Math.floor(i / reads)]);
  return [...outputOf(program, batched)];
}

const cases: readonly (readonly [string, Partial<CrossbarDesign>])[] = [
  ['current mode, row pairs', { readout: 'current', pairs: 'rows' }],
  ['current mode, column pairs', { readout: 'current', pairs: 'columns' }],
  ['voltage mode, row pairs', { readout: 'voltage', pairs: 'rows' }],
  ['voltage mode, column pairs', { readout: 'voltage', pairs: 'columns' }],
];
const noises: readonly (readonly [string, Distribution])[] = [
  ['relative gaussian', gaussian(0.01, true)],
  ['absolute gaussian with a mean', gaussian(3e-7, false, 1e-7)],
  ['uniform', { ...gaussian(0.02, true), shape: 'uniform' }],
  ['lognormal', { ...gaussian(0.03, true), shape: 'lognormal' }],
];

describe.each(cases)('Read noise in %s', (_, crossbar) => {
  it.each(noises)('has the moments of drawing each device: %s', (_name, noise) => {
    const expected = moments(cellByCell(crossbar, noise));
    const actual = moments(columnWise(crossbar, noise));
    // Five standard errors: of a mean, and of a standard deviation.
    const error = expected.deviation / Math.sqrt(reads);
    expect(Math.abs(actual.mean - expected.mean)).toBeLessThan(5 * error * Math.SQRT2);
    expect(Math.abs(actual.deviation - expected.deviation)).toBeLessThan(5 * error);
  });

  it('drawn once for each bit line has the distribution of drawing each device, where that is normal', () => {
    const noise = gaussian(0.01, true);
    const distance = twoSampleDistance(cellByCell(crossbar, noise), columnWise(crossbar, noise));
    expect(distance).toBeLessThan(criticalOfTwo(reads, reads));
  });
});

describe('Read noise', () => {
  it('is drawn anew at each time step and for each unit and sample', () => {
    const design = designOf({ device: { readNoise: gaussian(0.01, true) }, network: denseNetwork(1, 2) });
    const values = new Map([
      ['y.weight', Float64Array.of(1, 1)],
      ['y.bias', Float64Array.of(0, 0)],
    ]);
    const program = realProgram(realised(design), values, 5, { steps: 2, batch: 2 });
    const output = outputOf(program, new Float64Array(4).fill(0.5));
    expect(new Set(output).size).toBe(8);
  });

  it('leaves an array whose word lines are all at 0 V silent in current mode', () => {
    const network = denseNetwork(1, 1);
    const silent = {
      ...network,
      layers: network.layers.map((layer) => (layer.kind === 'dense' ? { ...layer, bias: false } : layer)),
    };
    const design = designOf({ device: { readNoise: gaussian(0.01, true) }, network: silent });
    const values = new Map([['y.weight', Float64Array.of(1)]]);
    const program = realProgram(realised(design), values, 5, { steps: 1, batch: 1 });
    expect(Math.abs(outputOf(program, Float64Array.of(0))[0])).toBeLessThan(1e-12);
  });
});
