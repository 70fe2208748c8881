import { gatherInputs, type SampleSet } from '../data/sample-set.ts';
import type { Design, HardwareDesign, Parameters, ParameterValue } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { statisticalModels } from '../devices/statistical/catalogue.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { randomStream } from '../math/random.ts';
import { readProbe, writeInput } from '../program/access.ts';
import { compileNetwork } from '../program/compile.ts';
import { checkFinite, forward } from '../program/evaluate.ts';
import type { Program } from '../program/program.ts';
import type { FullScales, WeightRealisation } from '../program/realisation.ts';
import type { Weights } from './array-targets.ts';
import type { LayerConverter } from './converters.ts';

/** A network on hardware without errors, its converters letting everything pass, and what to learn from it. */
export interface Calibration {
  readonly network: SizedNetwork;
  readonly realisation: WeightRealisation;
  /** Converters whose full scale follows from the signals at their inputs. */
  readonly converters: readonly LayerConverter[];
  readonly rule: Pick<HardwareDesign, 'calibration' | 'percentile' | 'scale'>;
}

/** The design without any error: what converters are calibrated on. Levels stay, as they are no matter of chance. */
export function nominalDesign(design: Design): Design {
  const mean = (value: ParameterValue): ParameterValue =>
    value.kind === 'distribution' ? { kind: 'number', value: value.mean } : value;
  const means = (parameters: Parameters): Parameters =>
    Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, mean(value)]));
  return {
    ...design,
    devices: design.devices.map((device) => {
      const { gOn, gOff, levels } = device.array;
      const array = { gOn, gOff, ...(levels === undefined ? {} : { levels }), stuckOn: 0, stuckOff: 0 };
      // A statistical model is nothing but errors; any other one says how the device conducts.
      return statisticalModels.has(device.model)
        ? { ...device, model: 'resistive', parameters: {}, array }
        : { ...device, array };
    }),
    blocks: design.blocks.map((block) => ({
      ...block,
      parameters: block.parameters.map((parameter) => ({ ...parameter, default: mean(parameter.default) })),
    })),
    hardware: design.hardware.map((hardware) => ({
      ...hardware,
      bindings: Object.fromEntries(
        Object.entries(hardware.bindings).map(([role, use]) => [
          role,
          { ...use, arguments: means(use.arguments) },
        ]),
      ),
    })),
  };
}

/** Samples evaluated at once. */
const largestBatch = 256;

/**
 * The full scale of each converter for given weights and samples: the largest magnitude at its input, or the percentile
 * of the magnitudes that the hardware names; `scale` where nothing comes in. Fails where a signal is not finite.
 */
export function calibrator(
  calibration: Calibration,
): (weights: Weights, samples: SampleSet, which: readonly number[]) => Outcome<FullScales> {
  const { network, realisation, converters, rule } = calibration;
  const record = converters.map(({ layer, signal }) => `${layer}.${signal}`);
  const programs = new Map<string, Program>();
  const programFor = (batch: number, steps: number): Program => {
    const key = `${batch} ${steps}`;
    const known = programs.get(key) ?? compileNetwork(network, { batch, steps, gradient: false, record });
    programs.set(key, known);
    return known;
  };
  return (weights, samples, which) => {
    const seen = new Map<string, number[]>();
    for (let from = 0; from < which.length; from += largestBatch) {
      const chunk = which.slice(from, from + largestBatch);
      const program = programFor(chunk.length, samples.steps);
      realisation.apply(weights, program, { seed: 0, trial: randomStream(0, 'calibration') });
      writeInput(program, network.inputs[0].name, gatherInputs(samples, chunk));
      forward(program);
      const problem = checkFinite(program);
      if (problem) return failure(problem);
      for (const { layer, signal, fullScale } of converters) {
        if (fullScale === undefined) continue;
        const values = seen.get(fullScale) ?? [];
        seen.set(fullScale, values);
        for (const value of readProbe(program, layer, signal)) values.push(Math.abs(value));
      }
    }
    return success(new Map([...seen].map(([name, values]) => [name, fullScale(values, rule)])));
  };
}

function fullScale(
  magnitudes: readonly number[],
  { calibration, percentile, scale }: Calibration['rule'],
): number {
  const sorted = Float64Array.from(magnitudes).sort();
  const share = calibration === 'percentile' ? percentile : 1;
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return found > 0 ? found : scale;
}
