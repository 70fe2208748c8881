import type { RealisedNetwork } from '../hardware/realise.ts';
import type { RandomStream } from '../math/random.ts';
import { readProbe, writeInput } from '../program/access.ts';
import { compileNetwork } from '../program/compile.ts';
import { forward, setNoise } from '../program/evaluate.ts';
import type { Draw } from '../program/realisation.ts';
import type { SettledProbe } from '../transient/record.ts';
import type { SettledSignal } from './result.ts';
import type { Weights } from './trials.ts';

interface Evaluated {
  readonly realised: RealisedNetwork;
  readonly weights: Weights;
  readonly draw: Draw;
  readonly input: string;
  /** Of the input, `[steps][size]`. */
  readonly numbers: Float64Array;
  readonly steps: number;
}

/**
 * What each signal has settled to at each time step, beside what the behavioural fidelity gives for the same arrays and
 * circuits, without read noise. What that evaluates once for a sequence is compared at the last step.
 */
export function settledSignals(
  { realised, weights, draw, input, numbers, steps }: Evaluated,
  settled: readonly SettledProbe[],
): readonly SettledSignal[] {
  const probes = realised.network.layers.flatMap(({ name, graph }) =>
    graph.probes.map((probe) => ({ layer: name, signal: probe.name })),
  );
  const record = probes.map(({ layer, signal }) => `${layer}.${signal}`);
  const program = compileNetwork(realised.network, { batch: 1, steps, gradient: false, record });
  realised.realisation.apply(weights, program, draw);
  setNoise(program, () => silence);
  writeInput(program, input, numbers);
  forward(program);
  return probes.flatMap(({ layer, signal }) => {
    const found = settled.find(({ name }) => name === `${layer}.${signal}`);
    if (!found) return [];
    const behavioural = readProbe(program, layer, signal);
    const values = found.values.subarray(found.values.length - behavioural.length);
    return Array.from({ length: found.size }, (_, unit) => {
      const ofUnit = (all: Float64Array) => all.filter((_value, k) => k % found.size === unit);
      return {
        name: `${found.name}[${unit}]`,
        settled: ofUnit(values),
        behavioural: ofUnit(behavioural),
      };
    });
  });
}

/** A stream that gives the mean of everything. */
const silence: RandomStream = {
  uniform: () => 0.5,
  gaussian: () => 0,
  integer: () => 0,
  shuffle: (array) => array,
  fillGaussian: (array, from, to) => void array.fill(0, from, to),
};
