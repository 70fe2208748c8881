import {
  type BlockDesign,
  type FittedBlock,
  failure,
  fitBlock,
  nominalValues,
  type Outcome,
  type Problem,
  success,
} from '@memloom/sim-core';
import type { SpiceEngine } from '../spice/engine.ts';
import {
  measureHoldStep,
  measureMismatch,
  measurePole,
  measurePower,
  measureRails,
  measureStep,
  measureTransfer,
} from './measure.ts';
import type { DrawnArea } from './subcircuit.ts';
import type { TestBench } from './test-bench.ts';

/** What is known of a block after its subcircuit has been on the bench; SI units. */
export interface CharacterizedBlock {
  readonly block: string;
  readonly subcircuit: string;
  /** Where the figures come from. */
  readonly source: {
    readonly engine: string;
    readonly process: string;
    readonly corner: string;
    readonly mismatch: { readonly trials: number; readonly seed: number };
    readonly supply: number;
    readonly range: readonly [number, number];
  };
  /** Parameters of the block's equations; of random ones with the standard deviation over the draws of mismatch. */
  readonly parameters: Readonly<Record<string, { readonly value: number; readonly sigma: number }>>;
  /** Largest distance between the measured transfer and the fitted equations over the range. */
  readonly deviation: number;
  readonly rails: { readonly low: number; readonly high: number };
  /** -3 dB, in hertz. */
  readonly pole: number;
  /** Seconds from a step over the whole range until the output stays within 1 %. */
  readonly settling: number;
  /** Steepest slope during that step, in V/s. */
  readonly slewRate: number;
  /** Watts, at rest. */
  readonly power: number;
  /** Square metres of what is drawn: gates, resistors, capacitors; no wiring, no spacing, no wells. */
  readonly area: number;
  /** Coulombs that the opening switch leaves on the capacitor of a memory. */
  readonly injectedCharge?: number;
}

/** What a block is fitted by is its transfer; these describe how it follows the transfer in time. */
const dynamics = new Set([
  'pole',
  'slewRate',
  'outputResistance',
  'capacitance',
  'injectedCharge',
  'onResistance',
  'leakage',
  'rails.low',
  'rails.high',
]);

/** Sheet resistance of high-ohmic poly and density of MIM capacitors in the GF180MCU deck (ppolyf_u_1k, mim_2p0fF). */
const sheet = { ohmsPerSquare: 1000, width: 1e-6, faradsPerArea: 1.99e-3 };

/** Puts a subcircuit through all measurements. */
export async function characterize(
  engine: SpiceEngine,
  bench: TestBench,
  draws: { readonly trials: number; readonly seed: number },
  onStep: (what: string) => void,
): Promise<Outcome<CharacterizedBlock>> {
  const free = freeParameters(bench.block);
  const fixed = { ...fixedValues(bench), ...bench.supplied };
  onStep('static transfer');
  const transfer = await measureTransfer(engine, bench);
  if (!transfer.ok) return transfer;
  const idle = idleProblem(bench, transfer.value.output);
  if (idle) return failure(idle);
  const fitted = fitBlock(bench.block, transfer.value, free, fixed);
  onStep('rails');
  const rails = await measureRails(engine, bench);
  if (!rails.ok) return rails;
  onStep('bandwidth');
  const pole = await measurePole(engine, bench);
  if (!pole.ok) return pole;
  onStep('step response');
  const step = await measureStep(engine, bench);
  if (!step.ok) return step;
  onStep('power');
  const power = await measurePower(engine, bench);
  if (!power.ok) return power;
  onStep(`mismatch over ${draws.trials} draws`);
  const random = Object.keys(fitted.values).filter((name) => isRandom(bench.block, name));
  const sigmas = await measureMismatch(engine, bench, random, { ...fixed, ...fitted.values }, draws);
  if (!sigmas.ok) return sigmas;
  const charge = await injectedCharge(engine, bench);
  if (!charge.ok) return charge;
  const { corner, supply, low, high, subcircuit } = bench;
  return success({
    block: bench.block.name,
    subcircuit: subcircuit.name,
    source: { engine: engine.name, process: 'GF180MCU', corner, mismatch: draws, supply, range: [low, high] },
    parameters: withSigmas(fitted, sigmas.value),
    deviation: fitted.deviation,
    rails: rails.value,
    pole: pole.value,
    settling: step.value.settling,
    slewRate: step.value.slope,
    power: power.value,
    area: areaOf(subcircuit.drawn),
    ...(charge.value === undefined ? {} : { injectedCharge: charge.value }),
  });
}

/** An output that is no number, or that its inputs do not move by a microvolt over their whole range: nothing to fit. */
function idleProblem({ subcircuit, low, high }: TestBench, output: Float64Array): Problem | undefined {
  const range = `with its inputs from ${low} to ${high}`;
  if (!output.every(Number.isFinite))
    return {
      code: 'spice.no-function',
      message: `The output of ${subcircuit.name} is no number everywhere ${range}.`,
      hint: 'Look for divisions by zero, and for nodes without a path to ground.',
    };
  const [least, most] = [Math.min(...output), Math.max(...output)];
  if (most - least > 1e-6) return undefined;
  return {
    code: 'spice.no-function',
    message: `The output of ${subcircuit.name} stays at ${least} V ${range}: it does not follow them.`,
    hint: 'Check the supplies (vdd, vss), the order of the pins, and --range and --supplied.',
  };
}

/** What the block says to differ from circuit to circuit; the rest keeps its fitted value in every draw. */
const isRandom = ({ parameters }: BlockDesign, name: string): boolean =>
  parameters.some((parameter) => parameter.name === name && parameter.default.kind === 'distribution');

const freeParameters = (block: BlockDesign): readonly string[] =>
  Object.keys(nominalValues(block)).filter((name) => !dynamics.has(name));

/** Rails wide enough not to limit the fit, and no charge: both are measured by themselves. */
const fixedValues = ({ block, supply }: TestBench): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.keys(nominalValues(block)).flatMap((name): readonly (readonly [string, number])[] => {
      if (name.endsWith('.low')) return [[name, -supply]];
      if (name.endsWith('.high')) return [[name, supply]];
      return name === 'injectedCharge' ? [[name, 0]] : [];
    }),
  );

const withSigmas = (
  { values }: FittedBlock,
  sigmas: Readonly<Record<string, number>>,
): CharacterizedBlock['parameters'] =>
  Object.fromEntries(
    Object.keys(values).map((name) => [name, { value: values[name], sigma: sigmas[name] ?? 0 }]),
  );

async function injectedCharge(engine: SpiceEngine, bench: TestBench): Promise<Outcome<number | undefined>> {
  const capacitance = nominalValues(bench.block).capacitance;
  if (capacitance === undefined || !bench.subcircuit.pins.includes('control')) return success(undefined);
  const step = await measureHoldStep(engine, bench);
  return step.ok ? success(step.value * capacitance) : step;
}

const areaOf = ({ gates, resistance, capacitance }: DrawnArea): number =>
  gates + (resistance / sheet.ohmsPerSquare) * sheet.width ** 2 + capacitance / sheet.faradsPerArea;
