/** Read-out errors of the product in voltage-vs-current.loom, one property varied at a time. */
import { openTexts } from '../../language/index.ts';
import type { Design } from '../../sim-core/design/design.ts';
import type { Outcome } from '../../sim-core/design/problem.ts';
import { sizeNetwork } from '../../sim-core/graph/size-network.ts';
import { realiseNetwork } from '../../sim-core/hardware/realise.ts';
import { randomStream } from '../../sim-core/math/random.ts';
import { readOutput, writeInput, writeTensor } from '../../sim-core/program/access.ts';
import { compileNetwork } from '../../sim-core/program/compile.ts';
import { forward, setNoise } from '../../sim-core/program/evaluate.ts';
import type { Program } from '../../sim-core/program/program.ts';

export const readOuts = ['Current', 'VoltageDummy', 'VoltageAmplifier'] as const;

/** What is varied; in ohms, siemens or plain numbers. */
export interface Setting {
  readonly size: number;
  readonly wire: number;
  /** Of the conductances of a device that is on and one that is off. */
  readonly onOffRatio: number;
  readonly openLoopGain: number;
  readonly load: number;
}

export const usual: Setting = { size: 64, wire: 2, onOffRatio: 100, openLoopGain: 1e4, load: 0 };

export interface Sweep {
  readonly name: keyof Setting;
  readonly label: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** Settings that differ from the usual ones. */
  readonly changes: Partial<Setting>;
}

export const sweeps: readonly Sweep[] = [
  { name: 'wire', label: 'wire segment', unit: 'Ω', values: [0.01, 0.1, 0.5, 1, 2, 5, 10, 20], changes: {} },
  {
    name: 'onOffRatio',
    label: 'on/off ratio',
    unit: '',
    values: [2, 5, 10, 20, 50, 100, 1000],
    changes: {},
  },
  {
    name: 'openLoopGain',
    label: 'open-loop gain',
    unit: '',
    values: [100, 1000, 1e4, 1e5, 1e6],
    changes: { wire: 0 },
  },
  { name: 'size', label: 'lines', unit: '', values: [8, 16, 32, 64, 128], changes: {} },
  { name: 'load', label: 'load', unit: 'S', values: [1e-7, 1e-6, 1e-5, 1e-4, 1e-3], changes: { wire: 0 } },
];

/** Root mean square of the error over that of the exact output. */
export interface ReadOutError {
  readonly asRead: number;
  /** After the one gain for the whole array that serves best: what a calibration of one number leaves. */
  readonly calibrated: number;
}

const samples = 64;

export function readOutError(
  product: Design,
  hardware: (typeof readOuts)[number],
  setting: Setting,
): ReadOutError {
  const design = withSetting(product, setting);
  const network = unwrap(sizeNetwork(design, 'Product'));
  const weights = new Map([['y.weight', uniform('weights', setting.size * setting.size)]]);
  const options = { batch: samples, steps: 1, gradient: false, record: 'none' } as const;
  const exact = compileNetwork(network, options);
  for (const [name, values] of weights) writeTensor(exact, name, values);
  const realised = unwrap(realiseNetwork(network, design, hardware));
  const read = compileNetwork(realised.network, options);
  realised.realisation.apply(weights, read, { seed: 1, trial: randomStream(1, 'trial') });
  setNoise(read, (name) => randomStream(1, 'noise', name));
  const input = uniform('input', setting.size * samples);
  return compare(outputOf(read, input), outputOf(exact, input));
}

/** The architecture in the text, with another number of inputs and outputs. */
export async function productOf(text: string, size: number): Promise<Design> {
  const uri = 'file:///voltage-vs-current.loom';
  const project = await openTexts({ [uri]: text.replaceAll(/\b64\b/g, String(size)) });
  const elaborated = await project.elaborateFile(uri);
  if (!elaborated.ok) throw new Error('voltage-vs-current.loom does not compile.');
  return elaborated.value;
}

function withSetting(design: Design, { wire, onOffRatio, openLoopGain, load }: Setting): Design {
  return {
    ...design,
    devices: design.devices.map((device) => ({
      ...device,
      array: { ...device.array, gOff: device.array.gOn / onOffRatio },
    })),
    crossbars: design.crossbars.map((crossbar) => ({ ...crossbar, wire, load })),
    hardware: design.hardware.map((one) => {
      const { readout } = one.bindings;
      if (!readout) return one;
      const gain = { kind: 'number', value: openLoopGain } as const;
      const changed = { ...readout, arguments: { ...readout.arguments, openLoopGain: gain } };
      return { ...one, bindings: { ...one.bindings, readout: changed } };
    }),
  };
}

function uniform(name: string, count: number): Float64Array {
  const stream = randomStream(1, name);
  return Float64Array.from({ length: count }, () => 2 * stream.uniform() - 1);
}

function outputOf(program: Program, input: Float64Array): Float64Array {
  writeInput(program, 'x', input);
  forward(program);
  return readOutput(program, 'y');
}

/** What is below is the rounding of numbers, not an error of a read-out. */
const rounding = 1e-12;

function compare(read: Float64Array, exact: Float64Array): ReadOutError {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);
  const gain = dot(read, exact) / dot(read, read);
  const off = (factor: number) => {
    const error = exact.map((y, k) => factor * read[k] - y);
    const relative = Math.sqrt(dot(error, error) / dot(exact, exact));
    return relative > rounding ? relative : 0;
  };
  return { asRead: off(1), calibrated: off(gain) };
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}
