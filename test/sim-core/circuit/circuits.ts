import { buildCircuit } from '../../../sim-core/circuit/build.ts';
import type { Circuit } from '../../../sim-core/circuit/circuit.ts';
import type { Design } from '../../../sim-core/design/design.ts';
import type { Outcome } from '../../../sim-core/design/problem.ts';
import type { SizedNetwork } from '../../../sim-core/graph/graph.ts';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { type RealisedNetwork, realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import type { Draw } from '../../../sim-core/program/realisation.ts';
import { designOf } from '../../language/program.ts';

/** A network `N` on hardware `Analog`: what a text may change. */
export interface CircuitText {
  readonly cell?: string;
  readonly units?: number;
  readonly array?: string;
  readonly hardware?: string;
  readonly readout?: 'voltage' | 'current';
  readonly device?: string;
  readonly model?: string;
  readonly network?: string;
  readonly more?: string;
}

export const circuitText = ({
  cell = 'Lstm',
  units = 3,
  array = '',
  hardware = '',
  readout = 'voltage',
  device = 'levels = 64 programming = gaussian(2 %)',
  model = 'resistive(rOn = 10 kOhm, rOff = 1 MOhm)',
  network = `rnn = ${cell}(x, units = ${units})\n  y = dense(rnn, units = 1)`,
  more = '',
}: CircuitText): string => `
import std.cells
import std.cmos180

device Cell = ${model} { ${device} }

crossbar Array {
  device = Cell
  readout = ${readout}
  pairs = rows
  vRead = 0.1 V
  ${array}
}

hardware Analog {
  vmm on Array
  readout on ${readout === 'voltage' ? 'DifferenceAmp' : 'Tia'}
  sigmoid on Sigmoid
  tanh on Tanh
  product on Multiplier
  sum on SummingAmp
  state on SampleHold
  scale = 0.1 V
  ${hardware}
}

network N(x: [1]) -> y: [1] {
  ${network}
}
${more}
`;

export interface Built {
  readonly design: Design;
  readonly network: SizedNetwork;
  readonly realised: RealisedNetwork;
  readonly weights: ReadonlyMap<string, Float64Array>;
  readonly circuit: Circuit;
}

export async function builtCircuit(text: CircuitText, seed = 1): Promise<Built> {
  const parts = await circuitParts(text, seed);
  const circuit = unwrap(buildCircuit({ ...parts, name: 'N', hardware: 'Analog', draw: trial(seed) }));
  return { ...parts, circuit };
}

export const trial = (seed: number): Draw => ({ seed, trial: randomStream(seed, 'trial', 'Analog', 0) });

export async function circuitParts(text: CircuitText, seed: number): Promise<Omit<Built, 'circuit'>> {
  const design = await designOf(circuitText(text));
  const network = unwrap(sizeNetwork(design, 'N'));
  const realised = unwrap(realiseNetwork(network, design, 'Analog'));
  return { design, network, realised, weights: randomWeights(network, seed) };
}

export function randomWeights(network: SizedNetwork, seed: number): ReadonlyMap<string, Float64Array> {
  const stream = randomStream(seed, 'weights');
  return new Map(
    network.layers.flatMap(({ graph }) =>
      graph.tensors.map(({ name, inputs, units }) => [
        name,
        Float64Array.from({ length: inputs * units }, () => 2 * stream.uniform() - 1),
      ]),
    ),
  );
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(outcome.problems.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return outcome.value;
}
