import type {
  BlockDesign,
  BlockUse,
  CellDesign,
  CrossbarDesign,
  Design,
  DeviceArrayProperties,
  Distribution,
  Equation,
  Expression,
  HardwareDesign,
  NetworkDesign,
  ParameterValue,
  Role,
  Size,
} from '../../../sim-core/design/design.ts';
import type { Outcome } from '../../../sim-core/design/problem.ts';
import type { SizedNetwork } from '../../../sim-core/graph/graph.ts';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { type RealisedNetwork, realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { readOutput, writeInput, writeTensor } from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { checkFinite, forward, setNoise } from '../../../sim-core/program/evaluate.ts';
import type { Program } from '../../../sim-core/program/program.ts';

// ---- Expressions --------------------------------------------------------------------------------------------------

const number = (value: number): Expression => ({ op: 'number', value });
export const ref = (name: string): Expression => ({ op: 'reference', name, next: false });
export const next = (name: string): Expression => ({ op: 'reference', name, next: true });
export const unary = (fn: 'sigmoid' | 'tanh' | 'negate' | 'exp' | 'round', of: Expression): Expression => ({
  op: 'unary',
  fn,
  of,
});
const binary =
  (fn: 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'maximum') =>
  (left: Expression, right: Expression): Expression => ({ op: 'binary', fn, left, right });
export const plus = binary('add');
const minus = binary('subtract');
export const times = binary('multiply');
const over = binary('divide');
const power = binary('power');
const larger = binary('maximum');

const m: Size = { constant: 0, terms: { m: 1 } };
const sizes: Readonly<Record<string, Size>> = {
  x: { constant: 0, terms: { n: 1 } },
  one: { constant: 1, terms: {} },
};

/** `vmm(x, h, 1)` of a gate: operand names to expressions. */
export const vmm = (gate: string, operands: Readonly<Record<string, Expression>>): Expression => ({
  op: 'vmm',
  id: gate,
  operands: Object.entries(operands).map(([name, value]) => ({
    weights: `${gate}.${value.op === 'number' ? 'bias' : name}`,
    value,
    size: sizes[name] ?? m,
  })),
});
export const peephole = (gate: string, value: Expression): Expression => ({
  op: 'peephole',
  id: `${gate}.peephole`,
  operand: { weights: `${gate}.c`, value, size: m },
});
export const xh1 = { x: ref('x'), h: ref('h'), one: number(1) };

// ---- Cells --------------------------------------------------------------------------------------------------------

export function cell(
  name: string,
  states: readonly string[],
  equations: readonly (readonly [string, Expression])[],
): CellDesign {
  return {
    id: `cell:${name}`,
    name,
    dimensions: ['n', 'm'],
    inputs: [{ name: 'x', size: sizes.x }],
    outputs: [{ name: 'h', size: m }],
    states: states.map((state) => ({ name: state, size: m, initial: state === 'c' ? 0.25 : 0 })),
    equations: equations.map(([left, value]): Equation => {
      const isNext = left.endsWith("'");
      return {
        id: `cell:${name}/${left}`,
        name: isNext ? left.slice(0, -1) : left,
        next: isNext,
        value,
        size: m,
      };
    }),
  };
}

const memory = plus(times(ref('f'), ref('c')), times(ref('i'), ref('z')));
export const cells: readonly CellDesign[] = [
  cell(
    'Np',
    ['c', 'h'],
    [
      ['i', unary('sigmoid', vmm('i', xh1))],
      ['f', unary('sigmoid', vmm('f', xh1))],
      ['z', unary('tanh', vmm('z', xh1))],
      ["c'", memory],
      ['o', unary('sigmoid', vmm('o', xh1))],
      ["h'", times(ref('o'), unary('tanh', next('c')))],
    ],
  ),
  cell(
    'Lstm',
    ['c', 'h'],
    [
      ['i', unary('sigmoid', plus(vmm('i', xh1), peephole('i', ref('c'))))],
      ['f', unary('sigmoid', plus(vmm('f', xh1), peephole('f', ref('c'))))],
      ['z', unary('tanh', vmm('z', xh1))],
      ["c'", memory],
      ['o', unary('sigmoid', plus(vmm('o', xh1), peephole('o', next('c'))))],
      ["h'", times(ref('o'), unary('tanh', next('c')))],
    ],
  ),
  cell(
    'Gru',
    ['h'],
    [
      ['u', unary('sigmoid', vmm('u', xh1))],
      ['r', unary('sigmoid', vmm('r', xh1))],
      [
        'n',
        unary(
          'tanh',
          plus(vmm('n', { x: ref('x'), one: number(1) }), times(ref('r'), vmm('n', { h: ref('h') }))),
        ),
      ],
      ["h'", plus(times(ref('u'), ref('h')), times(minus(number(1), ref('u')), ref('n')))],
    ],
  ),
  // Everything else that an equation may say: constants, gains, quotients, powers, functions without a role.
  cell(
    'Odd',
    ['c', 'h'],
    [
      ['one', number(1)],
      ['g', unary('exp', times(number(0.5), vmm('g', { x: ref('x'), h: ref('h') })))],
      ['q', over(ref('g'), plus(number(1.5), ref('g')))],
      ['p', power(ref('q'), number(2))],
      ["c'", larger(times(ref('one'), ref('p')), over(ref('c'), number(4)))],
      ["h'", minus(unary('negate', next('c')), over(number(0.3), plus(number(2), ref('p'))))],
    ],
  ),
];

// ---- Blocks -------------------------------------------------------------------------------------------------------

const value = (number: number): ParameterValue => ({ kind: 'number', value: number });
export const gaussian = (sigma: number, relative = false, mean = 0): Distribution => ({
  kind: 'distribution',
  shape: 'gaussian',
  mean,
  sigma,
  relative,
});

function block(
  name: string,
  ports: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, ParameterValue>>,
  out: Expression,
): BlockDesign {
  return {
    id: `block:${name}`,
    name,
    inputs: Object.entries(ports).map(([port, unit]) => ({ name: port, unit })),
    output: { name: 'out', unit: 'V' },
    parameters: Object.entries(parameters).map(([parameter, standard]) => ({
      name: parameter,
      unit: '',
      default: standard,
    })),
    equations: [
      { id: `block:${name}/out`, name: 'out', next: false, value: out, size: { constant: 1, terms: {} } },
    ],
  };
}

const onRails = (of: Expression): Expression => ({
  op: 'clamp',
  of,
  low: ref('rails.low'),
  high: ref('rails.high'),
});
const rails: ParameterValue = { kind: 'range', low: -1e6, high: 1e6 };
const ideal = { openLoopGain: value(1e15), offset: value(0), rails };
const activation = (name: string, fn: 'sigmoid' | 'tanh') =>
  block(
    name,
    { in: 'V', unit: 'V' },
    { offset: value(0), rails },
    onRails(times(ref('unit'), unary(fn, over(plus(ref('in'), ref('offset')), ref('unit'))))),
  );
const loop = (closed: Expression, forward: Expression): Expression =>
  over(forward, plus(number(1), over(plus(number(1), closed), ref('openLoopGain'))));

const fullScale = times(ref('headroom'), ref('fullScale'));
/** `codes` of them on either side of zero. */
const lsb = over(fullScale, ref('codes'));

/** The standard library's blocks, every error zero; `openLoopGain` 1e15. */
const blocks: readonly BlockDesign[] = [
  activation('Sigmoid', 'sigmoid'),
  activation('Tanh', 'tanh'),
  block(
    'Multiplier',
    { a: 'V', b: 'V', unit: 'V' },
    { offset: value(0), rails },
    onRails(plus(over(times(ref('a'), ref('b')), ref('unit')), ref('offset'))),
  ),
  block(
    'SummingAmp',
    { a: 'V', b: 'V' },
    { offset: value(0) },
    plus(plus(ref('a'), ref('b')), ref('offset')),
  ),
  block('SampleHold', { in: 'V' }, { offset: value(0) }, plus(ref('in'), ref('offset'))),
  block(
    'Tia',
    { in: 'A', gColumn: 'S', rF: 'Ohm' },
    ideal,
    onRails(plus(loop(times(ref('rF'), ref('gColumn')), times(ref('rF'), ref('in'))), ref('offset'))),
  ),
  block(
    'DifferenceAmp',
    { plus: 'V', minus: 'V', gain: '1' },
    ideal,
    onRails(plus(loop(ref('gain'), times(ref('gain'), minus(ref('plus'), ref('minus')))), ref('offset'))),
  ),
  // Rounds to steps of `step` volts.
  block(
    'Converter',
    { in: 'V' },
    { step: value(1e-12) },
    times(ref('step'), unary('round', over(ref('in'), ref('step')))),
  ),
  // The same over ±fullScale, mid-tread; `stochastic` 1 rounds at random.
  block(
    'Scaled',
    { in: 'V', fullScale: 'V', dither: '1' },
    { codes: value(2 ** 23 - 1), stochastic: value(0), headroom: value(1) },
    {
      op: 'clamp',
      of: times(lsb, unary('round', plus(over(ref('in'), lsb), times(ref('stochastic'), ref('dither'))))),
      low: unary('negate', fullScale),
      high: fullScale,
    },
  ),
];

export const use = (name: string, changes: Readonly<Record<string, ParameterValue>> = {}): BlockUse => ({
  id: `use:${name}`,
  name,
  block: name,
  arguments: changes,
});

export const allRoles = (readout: CrossbarDesign['readout']): Partial<Record<Role, BlockUse>> => ({
  sigmoid: use('Sigmoid'),
  tanh: use('Tanh'),
  product: use('Multiplier'),
  sum: use('SummingAmp'),
  state: use('SampleHold'),
  readout: use(readout === 'current' ? 'Tia' : 'DifferenceAmp'),
});

// ---- Designs ------------------------------------------------------------------------------------------------------

export interface DesignChanges {
  readonly device?: Partial<DeviceArrayProperties>;
  readonly crossbar?: Partial<CrossbarDesign>;
  readonly hardware?: Partial<HardwareDesign>;
  readonly network?: Partial<NetworkDesign>;
}

/** One device, one crossbar `Array`, one hardware `Hw`, and a network of one cell with a dense layer behind it. */
export function designOf(changes: DesignChanges = {}): Design {
  return {
    version: 1,
    devices: [
      {
        id: 'device:Memristor',
        name: 'Memristor',
        model: 'resistive',
        parameters: { rOn: value(1e4), rOff: value(1e6) },
        array: { gOn: 1e-4, gOff: 1e-6, stuckOn: 0, stuckOff: 0, ...changes.device },
      },
    ],
    crossbars: [
      {
        id: 'crossbar:Array',
        name: 'Array',
        device: 'Memristor',
        readout: 'current',
        coding: 'differential',
        pairs: 'rows',
        tiling: true,
        partialSums: 'digital',
        sliceBits: 2,
        normalise: 'dummyRow',
        vRead: 0.2,
        wire: 0,
        wireCapacitance: 0,
        load: 0,
        ...changes.crossbar,
      },
    ],
    blocks,
    cells,
    hardware: [
      {
        id: 'hardware:Hw',
        name: 'Hw',
        crossbar: 'Array',
        scale: 0.1,
        bindings: {},
        redraw: 'chip',
        noiseManagement: 'none',
        boundManagement: 'none',
        calibration: 'max',
        percentile: 0.999,
        share: { units: false, gates: false },
        settle: 1e-3,
        ...changes.hardware,
      },
    ],
    networks: [{ ...cellNetwork('Np', 1, 4), ...changes.network }],
    datasets: [],
    experiments: [],
  };
}

export const cellNetwork = (name: string, inputs: number, units: number): NetworkDesign => ({
  id: 'network:Net',
  name: 'Net',
  inputs: [{ name: 'x', size: inputs }],
  outputs: [{ name: 'y', size: 1 }],
  layers: [
    {
      id: 'rnn',
      name: 'rnn',
      kind: 'cell',
      cell: name,
      inputs: ['x'],
      dimensions: { m: units },
      reverse: false,
    },
    { id: 'y', name: 'y', kind: 'dense', inputs: ['rnn'], units: 1, bias: true },
  ],
});

/** `y = W x + b`: one array, read once. */
export const denseNetwork = (inputs: number, units: number): NetworkDesign => ({
  id: 'network:Net',
  name: 'Net',
  inputs: [{ name: 'x', size: inputs }],
  outputs: [{ name: 'y', size: units }],
  layers: [{ id: 'y', name: 'y', kind: 'dense', inputs: ['x'], units, bias: true }],
});

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.problems.map(({ code, message }) => `${code}: ${message}`).join('\n'));
}

export const sized = (design: Design): SizedNetwork => unwrap(sizeNetwork(design, 'Net'));
export const realised = (design: Design): RealisedNetwork =>
  unwrap(realiseNetwork(sized(design), design, 'Hw'));

/** Normal random weights for every tensor of the network. */
export function randomWeights(network: SizedNetwork, seed: number, spread = 1): Map<string, Float64Array> {
  const stream = randomStream(seed, 'weights');
  const tensors = network.layers.flatMap(({ graph }) => graph.tensors);
  return new Map(
    tensors.map(({ name, inputs, units }) => [
      name,
      Float64Array.from({ length: inputs * units }, () => spread * stream.gaussian()),
    ]),
  );
}

export function randomInput(size: number, seed: number): Float64Array {
  const stream = randomStream(seed, 'input');
  return Float64Array.from({ length: size }, () => 2 * stream.uniform() - 1);
}

export const idealProgram = (
  network: SizedNetwork,
  weights: ReadonlyMap<string, Float64Array>,
  options: { readonly steps: number; readonly batch: number; readonly gradient?: boolean },
): Program => {
  const program = compileNetwork(network, { record: 'none', gradient: false, ...options });
  for (const [name, values] of weights) writeTensor(program, name, values);
  return program;
};

export const realProgram = (
  { network, realisation }: RealisedNetwork,
  weights: ReadonlyMap<string, Float64Array>,
  seed: number,
  options: { readonly steps: number; readonly batch: number; readonly gradient?: boolean },
): Program => {
  const program = compileNetwork(network, { record: 'none', gradient: false, ...options });
  realisation.apply(weights, program, { seed, trial: randomStream(seed, 'trial') });
  setNoise(program, (name) => randomStream(seed, 'noise', name));
  return program;
};

/** Output `y` of a program for an input sequence `[steps][size][batch]`. */
export function outputOf(program: Program, input: Float64Array): Float64Array {
  writeInput(program, 'x', input);
  forward(program);
  const problem = checkFinite(program);
  if (problem) throw new Error(problem.message);
  return readOutput(program, 'y');
}
