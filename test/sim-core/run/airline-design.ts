import { readFileSync } from 'node:fs';
import type {
  BlockDesign,
  CellDesign,
  Design,
  Equation,
  ExperimentDesign,
  Expression,
  HardwareDesign,
  ParameterValue,
  Size,
  TrainingDesign,
  UnaryFunction,
} from '../../../sim-core/design/design.ts';
import type { RunRequest } from '../../../sim-core/run/request.ts';

/**
 * The design of examples/airline, written by hand, so that the engine is tested without the language. What each part
 * means is in the example's text and in the standard library.
 */
export function airlineDesign(changes: {
  steps?: number;
  experiment?: Partial<ExperimentDesign>;
  train?: Partial<TrainingDesign>;
}): Design {
  return {
    version: 1,
    devices: [hfO2],
    crossbars: [array('VoltageArray', 'voltage'), array('CurrentArray', 'current')],
    blocks: [sigmoidBlock, tanhBlock, multiplier, sampleHold, tia, differenceAmp],
    cells: [lstm],
    hardware: [
      hardware('VoltageMode', 'VoltageArray', 'DifferenceAmp'),
      hardware('CurrentMode', 'CurrentArray', 'Tia'),
    ],
    networks: [
      {
        id: 'network:Forecast',
        name: 'Forecast',
        inputs: [{ name: 'x', size: 1 }],
        outputs: [{ name: 'y', size: 1 }],
        layers: [
          {
            id: 'network:Forecast/rnn',
            name: 'rnn',
            kind: 'cell',
            cell: 'Np',
            inputs: ['x'],
            dimensions: { m: 4 },
            reverse: false,
          },
          { id: 'network:Forecast/y', name: 'y', kind: 'dense', inputs: ['rnn'], units: 1, bias: true },
        ],
      },
    ],
    datasets: [
      {
        id: 'dataset:passengers',
        name: 'passengers',
        source: {
          kind: 'csv',
          file: 'airline-passengers.csv',
          columns: ['passengers'],
          target: 'passengers',
        },
        scale: { kind: 'minmax', low: 0, high: 1, fit: 'all' },
        split: 0.67,
        framing: { kind: 'window', steps: changes.steps ?? 3, ahead: 1, omitLast: 1 },
      },
    ],
    experiments: [
      {
        id: 'experiment:forecast',
        name: 'forecast',
        network: 'Forecast',
        data: 'passengers',
        seed: 7,
        train: {
          optimizer: { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
          epochs: 100,
          batch: 1,
          loss: 'mse',
          validation: 0,
          shuffle: true,
          ...changes.train,
        },
        infer: {
          hardware: ['VoltageMode', 'CurrentMode'],
          trials: 100,
          probes: ['i', 'f', 'z', 'o', 'c', 'h'].map((signal) => ({ signal: `rnn.${signal}` })),
        },
        analyses: [],
        expectations: [{ text: 'rmse.test < 70', metric: 'rmse.test', comparator: '<', value: 70 }],
        ...changes.experiment,
      },
    ],
  };
}

export const airlineRequest = (changes: Parameters<typeof airlineDesign>[0] = {}): RunRequest => ({
  design: airlineDesign(changes),
  experiment: 'forecast',
  files: {
    'airline-passengers.csv': readFileSync(
      new URL('../../../examples/airline/airline-passengers.csv', import.meta.url),
    ),
  },
  version: '0.0.0-test',
});

// ---- Expressions ------------------------------------------------------------------------------------------------

const number = (value: number): Expression => ({ op: 'number', value });
const ref = (name: string): Expression => ({ op: 'reference', name, next: false });
const next = (name: string): Expression => ({ op: 'reference', name, next: true });
const unary = (fn: UnaryFunction, of: Expression): Expression => ({ op: 'unary', fn, of });
const times = (left: Expression, right: Expression): Expression => ({
  op: 'binary',
  fn: 'multiply',
  left,
  right,
});
const over = (left: Expression, right: Expression): Expression => ({
  op: 'binary',
  fn: 'divide',
  left,
  right,
});
const plus = (left: Expression, right: Expression): Expression => ({ op: 'binary', fn: 'add', left, right });
const minus = (left: Expression, right: Expression): Expression => ({
  op: 'binary',
  fn: 'subtract',
  left,
  right,
});
const onRails = (of: Expression): Expression => ({
  op: 'clamp',
  of,
  low: ref('rails.low'),
  high: ref('rails.high'),
});

// ---- The cell ---------------------------------------------------------------------------------------------------

const m: Size = { constant: 0, terms: { m: 1 } };
const n: Size = { constant: 0, terms: { n: 1 } };
const one: Size = { constant: 1, terms: {} };

const equation = (
  owner: string,
  name: string,
  value: Expression,
  isNext = false,
  size: Size = m,
): Equation => ({
  id: `${owner}/${name}${isNext ? "'" : ''}`,
  name,
  next: isNext,
  value,
  size,
});

const gate = (name: string, fn: UnaryFunction): Equation =>
  equation(
    'cell:Np',
    name,
    unary(fn, {
      op: 'vmm',
      id: `cell:Np/${name}/vmm`,
      operands: [
        { weights: `${name}.x`, value: ref('x'), size: n },
        { weights: `${name}.h`, value: ref('h'), size: m },
        { weights: `${name}.bias`, value: number(1), size: one },
      ],
    }),
  );

const lstm: CellDesign = {
  id: 'cell:Np',
  name: 'Np',
  dimensions: ['n', 'm'],
  inputs: [{ name: 'x', size: n }],
  outputs: [{ name: 'h', size: m }],
  states: [
    { name: 'c', size: m, initial: 0 },
    { name: 'h', size: m, initial: 0 },
  ],
  equations: [
    gate('i', 'sigmoid'),
    gate('f', 'sigmoid'),
    gate('z', 'tanh'),
    equation('cell:Np', 'c', plus(times(ref('f'), ref('c')), times(ref('i'), ref('z'))), true),
    gate('o', 'sigmoid'),
    equation('cell:Np', 'h', times(ref('o'), unary('tanh', next('c'))), true),
  ],
};

// ---- The analog side --------------------------------------------------------------------------------------------

const gaussian = (sigma: number, mean = 0, relative = false): ParameterValue => ({
  kind: 'distribution',
  shape: 'gaussian',
  mean,
  sigma,
  relative,
});
const rails = (low: number, high: number): ParameterValue => ({ kind: 'range', low, high });

function block(
  name: string,
  inputs: BlockDesign['inputs'],
  parameters: Readonly<Record<string, readonly [unit: string, value: ParameterValue]>>,
  value: Expression,
): BlockDesign {
  return {
    id: `block:${name}`,
    name,
    inputs,
    output: { name: 'out', unit: 'V' },
    parameters: Object.entries(parameters).map(([parameter, [unit, initial]]) => ({
      name: parameter,
      unit,
      default: initial,
    })),
    equations: [equation(`block:${name}`, 'out', onRails(value), false, one)],
  };
}

const volts = (...names: string[]): BlockDesign['inputs'] => names.map((name) => ({ name, unit: 'V' }));

const activation = (name: string, fn: UnaryFunction, low: number): BlockDesign =>
  block(
    name,
    volts('in', 'unit'),
    {
      gain: ['1', { kind: 'number', value: 1 }],
      offset: ['V', gaussian(2e-3)],
      rails: ['V', rails(low, 1)],
    },
    times(ref('unit'), unary(fn, over(times(ref('gain'), plus(ref('in'), ref('offset'))), ref('unit')))),
  );

const sigmoidBlock = activation('Sigmoid', 'sigmoid', 0);
const tanhBlock = activation('Tanh', 'tanh', -1);

const multiplier = block(
  'Multiplier',
  volts('a', 'b', 'unit'),
  {
    gain: ['1', gaussian(0.01, 1, true)],
    offsetA: ['V', gaussian(1e-3)],
    offsetB: ['V', gaussian(1e-3)],
    offset: ['V', gaussian(1e-3)],
    rails: ['V', rails(-1, 1)],
  },
  plus(
    over(
      times(times(ref('gain'), plus(ref('a'), ref('offsetA'))), plus(ref('b'), ref('offsetB'))),
      ref('unit'),
    ),
    ref('offset'),
  ),
);

const sampleHold = block(
  'SampleHold',
  volts('in'),
  {
    capacitance: ['F', { kind: 'number', value: 1e-12 }],
    injectedCharge: ['C', { kind: 'number', value: 0.5e-15 }],
    offset: ['V', gaussian(1e-3)],
    rails: ['V', rails(-1, 1)],
  },
  plus(plus(ref('in'), over(ref('injectedCharge'), ref('capacitance'))), ref('offset')),
);

const amplifier = {
  openLoopGain: ['1', { kind: 'number', value: 10_000 }],
  offset: ['V', gaussian(1e-3)],
  rails: ['V', rails(-1, 1)],
} as const;

/** What feedback makes of the output that an ideal amplifier would have. */
function amplified(wanted: Expression, noiseGain: Expression): Expression {
  const withOffset = plus(wanted, times(noiseGain, ref('offset')));
  return over(withOffset, plus(number(1), over(noiseGain, ref('openLoopGain'))));
}

const tia = block(
  'Tia',
  [
    { name: 'in', unit: 'A' },
    { name: 'gColumn', unit: 'S' },
    { name: 'rF', unit: 'Ohm' },
  ],
  amplifier,
  amplified(times(ref('rF'), ref('in')), plus(number(1), times(ref('rF'), ref('gColumn')))),
);

const differenceAmp = block(
  'DifferenceAmp',
  [...volts('plus', 'minus'), { name: 'gain', unit: '1' }],
  amplifier,
  amplified(times(ref('gain'), minus(ref('plus'), ref('minus'))), plus(number(1), ref('gain'))),
);

const hfO2: Design['devices'][number] = {
  id: 'device:HfO2',
  name: 'HfO2',
  model: 'vteam',
  parameters: {},
  array: {
    gOn: 1e-4,
    gOff: 1e-6,
    levels: 64,
    programming: { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: 0.02, relative: true },
    readNoise: { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: 0.005, relative: true },
    stuckOn: 0.001,
    stuckOff: 0,
  },
};

const array = (name: string, readout: 'voltage' | 'current'): Design['crossbars'][number] => ({
  id: `crossbar:${name}`,
  name,
  device: 'HfO2',
  readout,
  coding: 'differential',
  pairs: 'rows',
  tiling: true,
  partialSums: 'digital',
  sliceBits: 2,
  normalise: 'dummyRow',
  vRead: 0.1,
  wire: 0,
  wireCapacitance: 0,
  load: 0,
});

function hardware(name: string, crossbar: string, readout: string): HardwareDesign {
  const use = (role: string, blockName: string) => ({
    id: `hardware:${name}/${role}`,
    name: role,
    block: blockName,
    arguments: {},
  });
  return {
    id: `hardware:${name}`,
    name,
    crossbar,
    scale: 0.1,
    bindings: {
      readout: use('readout', readout),
      sigmoid: use('sigmoid', 'Sigmoid'),
      tanh: use('tanh', 'Tanh'),
      product: use('product', 'Multiplier'),
      state: use('state', 'SampleHold'),
    },
    redraw: 'chip',
    noiseManagement: 'none',
    boundManagement: 'none',
    calibration: 'max',
    percentile: 0.999,
    share: { units: true, gates: false },
    settle: 1e-3,
  };
}
