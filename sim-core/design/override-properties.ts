import type {
  CrossbarDesign,
  CrossingDesign,
  DataSource,
  DatasetDesign,
  DeviceArrayProperties,
  DeviceDesign,
  Distribution,
  ExperimentDesign,
  Framing,
  HardwareDesign,
  OperatingConditions,
  ParameterValue,
  PulseWriting,
  TrainingDesign,
} from './design.ts';

/** One parameter of a node of the design: what it accepts, in words, and how a value is put in. */
export interface Property<T> {
  readonly accepts: string;
  /** The node with the value in place; undefined where the property does not accept the value. */
  put(node: T, value: ParameterValue): T | undefined;
}

type Properties<T> = Readonly<Record<string, Property<T>>>;

export const deviceProperties = (device: DeviceDesign): Properties<DeviceDesign> => {
  const array = (change: Partial<DeviceArrayProperties>, device: DeviceDesign): DeviceDesign => ({
    ...device,
    array: { ...device.array, ...change },
  });
  const probability = (key: 'stuckOn' | 'stuckOff') => {
    const other = key === 'stuckOn' ? 'stuckOff' : 'stuckOn';
    return number<DeviceDesign>(
      `a probability, together with ${other} at most 100 %`,
      (value, device) => value >= 0 && value + device.array[other] <= 1,
      (device, value) => array({ [key]: value }, device),
    );
  };
  const spread = (
    key: 'programming' | 'readNoise' | 'gOnVariation' | 'gOffVariation',
  ): Property<DeviceDesign> => ({
    accepts: 'a distribution, or its spread, at least 0',
    put(device, value) {
      const distribution = respread(device.array[key], value);
      return distribution && array({ [key]: distribution }, device);
    },
  });
  return {
    levels: whole(2, (device, levels) => array({ levels }, device)),
    programming: spread('programming'),
    readNoise: spread('readNoise'),
    stuckOn: probability('stuckOn'),
    stuckOff: probability('stuckOff'),
    gOnVariation: spread('gOnVariation'),
    gOffVariation: spread('gOffVariation'),
    reads: atLeastZero((device, reads) => array({ reads }, device)),
    ...(device.array.pulses ? pulseProperties(device.array.pulses, array) : {}),
    ...(device.array.verify ? verifyProperties(device.array.verify, array) : {}),
    ...(device.array.conditions ? conditionProperties(device.array.conditions, array) : {}),
  };
};

type PutArray = (change: Partial<DeviceArrayProperties>, device: DeviceDesign) => DeviceDesign;

const verifyProperties = (
  verify: NonNullable<DeviceArrayProperties['verify']>,
  put: PutArray,
): Properties<DeviceDesign> => ({
  verify: positive((device, tolerance) => put({ verify: { ...verify, tolerance } }, device)),
  verifyTries: whole(1, (device, tries) => put({ verify: { ...verify, tries } }, device)),
});

function pulseProperties(pulses: PulseWriting, put: PutArray): Properties<DeviceDesign> {
  const volts = (key: 'up' | 'down') =>
    number<DeviceDesign>(
      'a number',
      () => true,
      (device, value) => put({ pulses: { ...pulses, [key]: value } }, device),
    );
  return {
    upVoltage: volts('up'),
    downVoltage: volts('down'),
    pulseWidth: positive((device, width) => put({ pulses: { ...pulses, width } }, device)),
  };
}

function conditionProperties(conditions: OperatingConditions, put: PutArray): Properties<DeviceDesign> {
  const change = (changed: Partial<OperatingConditions>, device: DeviceDesign) =>
    put({ conditions: { ...conditions, ...changed } }, device);
  const drift = (changed: Partial<OperatingConditions['drift']>, device: DeviceDesign) =>
    change({ drift: { ...conditions.drift, ...changed } }, device);
  return {
    age: atLeastZero((device, age) => change({ age }, device)),
    temperature: positive((device, temperature) => change({ temperature }, device)),
    referenceTemperature: positive((device, t) => change({ referenceTemperature: t }, device)),
    activationEnergy: atLeastZero((device, activationEnergy) => change({ activationEnergy }, device)),
    drift: number(
      'a number in -1 .. 1',
      (v) => v >= -1 && v <= 1,
      (device, exponent) => drift({ exponent }, device),
    ),
    driftVariation: atLeastZero((device, variation) => drift({ variation }, device)),
    driftOnset: positive((device, onset) => drift({ onset }, device)),
    flicker: atLeastZero((device, flicker) => change({ flicker }, device)),
    readTime: positive((device, readTime) => change({ readTime }, device)),
  };
}

/** A number keeps the shape that stands and replaces its spread; without one it is relative and gaussian. */
function respread(standing: Distribution | undefined, value: ParameterValue): Distribution | undefined {
  if (value.kind === 'distribution') return value.sigma >= 0 ? value : undefined;
  if (value.kind !== 'number' || !(value.value >= 0 && value.value < Infinity)) return undefined;
  const shape = standing ?? { kind: 'distribution', shape: 'gaussian', mean: 0, relative: true };
  return { ...shape, sigma: value.value };
}

export const crossbarProperties = ({ cell }: CrossbarDesign): Properties<CrossbarDesign> => ({
  ...(cell ? crossingProperties(cell) : {}),
  readout: word(['voltage', 'current'], (crossbar, readout) => ({ ...crossbar, readout })),
  coding: word(['differential', 'complementary', 'offset'], (crossbar, coding) => ({ ...crossbar, coding })),
  tiling: word(['true', 'false'], (crossbar, tiling) => ({ ...crossbar, tiling: tiling === 'true' })),
  partialSums: word(['digital', 'analog'], (crossbar, partialSums) => ({ ...crossbar, partialSums })),
  slices: bounded(1, 16, (crossbar, slices) => ({ ...crossbar, slices })),
  sliceBits: bounded(1, 16, (crossbar, sliceBits) => ({ ...crossbar, sliceBits })),
  inputCycles: bounded(1, 16, (crossbar, inputCycles) => ({ ...crossbar, inputCycles })),
  cycleBits: bounded(1, 3, (crossbar, cycleBits) => ({ ...crossbar, cycleBits })),
  inputRange: positive((crossbar, inputRange) => ({ ...crossbar, inputRange })),
  pairs: word(['rows', 'columns'], (crossbar, pairs) => ({ ...crossbar, pairs })),
  normalise: word(['dummyRow', 'amplifier'], (crossbar, normalise) => ({ ...crossbar, normalise })),
  vRead: positive((crossbar, vRead) => ({ ...crossbar, vRead })),
  wire: atLeastZero((crossbar, wire) => ({ ...crossbar, wire })),
  wordWire: atLeastZero((crossbar, wordWire) => ({ ...crossbar, wordWire })),
  bitWire: atLeastZero((crossbar, bitWire) => ({ ...crossbar, bitWire })),
  source: atLeastZero((crossbar, source) => ({ ...crossbar, source })),
  sense: atLeastZero((crossbar, sense) => ({ ...crossbar, sense })),
  drive: word(['left', 'both'], (crossbar, drive) => ({ ...crossbar, drive })),
  lossBudget: positive((crossbar, lossBudget) => ({ ...crossbar, lossBudget })),
  wireCapacitance: atLeastZero((crossbar, wireCapacitance) => ({ ...crossbar, wireCapacitance })),
  load: atLeastZero((crossbar, load) => ({ ...crossbar, load })),
  weightMax: positive((crossbar, weightMax) => ({ ...crossbar, weightMax })),
});

function crossingProperties(cell: CrossingDesign): Properties<CrossbarDesign> {
  const put = (change: Partial<CrossingDesign>, crossbar: CrossbarDesign): CrossbarDesign => ({
    ...crossbar,
    cell: { ...cell, ...change },
  });
  const volts = (key: 'gate' | 'gateThreshold') =>
    number<CrossbarDesign>(
      'a number',
      () => true,
      (crossbar, value) => put({ [key]: value }, crossbar),
    );
  const above = (key: 'transconductance' | 'selectorCurrent' | 'selectorVoltage') =>
    positive<CrossbarDesign>((crossbar, value) => put({ [key]: value }, crossbar));
  return {
    cell: word(['passive', 'transistor', 'selector'], (crossbar, kind) => put({ kind }, crossbar)),
    onResistance: atLeastZero((crossbar, onResistance) => put({ onResistance }, crossbar)),
    gate: volts('gate'),
    gateThreshold: volts('gateThreshold'),
    transconductance: above('transconductance'),
    selectorCurrent: above('selectorCurrent'),
    selectorVoltage: above('selectorVoltage'),
  };
}

export const hardwareProperties = (): Properties<HardwareDesign> => ({
  scale: positive((hardware, scale) => ({ ...hardware, scale })),
  noiseManagement: word(['none', 'absMax'], (hardware, noiseManagement) => ({
    ...hardware,
    noiseManagement,
  })),
  boundManagement: word(['none', 'iterative'], (hardware, boundManagement) => ({
    ...hardware,
    boundManagement,
  })),
  settling: positive((hardware, settling) => ({ ...hardware, settling })),
  calibration: word(['max', 'percentile'], (hardware, calibration) => ({ ...hardware, calibration })),
  percentile: number(
    'a share above 0, at most 1',
    (v) => v > 0 && v <= 1,
    (hardware, percentile) => ({ ...hardware, percentile }),
  ),
  redraw: word(['chip', 'writing', 'reading'], (hardware, redraw) => ({ ...hardware, redraw })),
  settle: number(
    'a fraction above 0, below 1',
    (v) => v > 0 && v < 1,
    (hardware, settle) => ({ ...hardware, settle }),
  ),
});

export const datasetProperties = (dataset: DatasetDesign): Properties<DatasetDesign> => ({
  split: number(
    'a fraction between 0 and 1',
    (v) => v > 0 && v < 1,
    (node, split) => ({ ...node, split }),
  ),
  fit: word(['train', 'all'], (node, fit) => ({ ...node, scale: { ...node.scale, fit } })),
  ...sourceProperties(dataset.source),
  ...framingProperties(dataset.framing),
});

function sourceProperties(source: DataSource): Properties<DatasetDesign> {
  const put = (changed: DataSource, node: DatasetDesign): DatasetDesign => ({ ...node, source: changed });
  if (source.kind === 'wafer')
    return {
      train: whole(1, (node, train) => put({ ...source, train }, node)),
      test: whole(1, (node, test) => put({ ...source, test }, node)),
      length: whole(1, (node, length) => put({ ...source, length }, node)),
      seed: whole(0, (node, seed) => put({ ...source, seed }, node)),
      abnormal: number(
        'a fraction between 0 and 1',
        (v) => v > 0 && v < 1,
        (node, abnormal) => put({ ...source, abnormal }, node),
      ),
    };
  const from = name<DatasetDesign>('a file', (node, file) => put({ ...source, file }, node));
  if (source.kind === 'ucr')
    return { from, test: name('a file', (node, testFile) => put({ ...source, testFile }, node)) };
  const column = (node: DatasetDesign, target: string) => put({ ...source, columns: [target], target }, node);
  return { from, column: name('the name of a column', column) };
}

function framingProperties(framing: Framing): Properties<DatasetDesign> {
  const put = (changed: Framing, node: DatasetDesign): DatasetDesign => ({ ...node, framing: changed });
  if (framing.kind === 'series')
    return { stride: whole(1, (node, stride) => put({ ...framing, stride }, node)) };
  if (framing.kind === 'sequence')
    return { ahead: whole(1, (node, ahead) => put({ ...framing, ahead }, node)) };
  return {
    window: whole(1, (node, steps) => put({ ...framing, steps }, node)),
    ahead: whole(1, (node, ahead) => put({ ...framing, ahead }, node)),
    omitLast: whole(0, (node, omitLast) => put({ ...framing, omitLast }, node)),
  };
}

export const experimentProperties = (experiment: ExperimentDesign): Properties<ExperimentDesign> => ({
  seed: whole(0, (node, seed) => ({ ...node, seed })),
  ...(experiment.train ? trainingProperties(experiment.train) : {}),
  ...(experiment.infer ? inferenceProperties(experiment.infer) : {}),
});

const inferenceProperties = (
  infer: NonNullable<ExperimentDesign['infer']>,
): Properties<ExperimentDesign> => ({
  trials: whole(1, (node, trials) => ({ ...node, infer: { ...infer, trials } })),
});

function trainingProperties(train: TrainingDesign): Properties<ExperimentDesign> {
  const put = (change: Partial<TrainingDesign>, node: ExperimentDesign): ExperimentDesign => ({
    ...node,
    train: { ...train, ...change },
  });
  return {
    epochs: whole(0, (node, epochs) => put({ epochs }, node)),
    batch: whole(1, (node, batch) => put({ batch }, node)),
    patience: whole(1, (node, patience) => put({ patience }, node)),
    clip: positive((node, clip) => put({ clip }, node)),
    validation: number(
      'a fraction from 0, below 1',
      (v) => v >= 0 && v < 1,
      (node, v) => put({ validation: v }, node),
    ),
    loss: word(['mse', 'mae', 'crossEntropy'], (node, loss) => put({ loss }, node)),
    ...optimizerProperties(train.optimizer, (optimizer, node) => put({ optimizer }, node)),
  };
}

type Optimizer = TrainingDesign['optimizer'];

/** Each number of the optimizer at hand, by its own name. */
function optimizerProperties(
  optimizer: Optimizer,
  put: (optimizer: Optimizer, node: ExperimentDesign) => ExperimentDesign,
): Properties<ExperimentDesign> {
  const decay = (key: 'beta1' | 'beta2' | 'momentum' | 'decay') =>
    number<ExperimentDesign>(
      'a number from 0, below 1',
      (v) => v >= 0 && v < 1,
      (node, v) => put({ ...optimizer, [key]: v }, node),
    );
  const rate = positive<ExperimentDesign>((node, value) => put({ ...optimizer, rate: value }, node));
  if (optimizer.kind === 'sgd') return { rate, momentum: decay('momentum') };
  const epsilon = positive<ExperimentDesign>((node, value) => put({ ...optimizer, epsilon: value }, node));
  if (optimizer.kind === 'rmsprop') return { rate, epsilon, decay: decay('decay') };
  return { rate, epsilon, beta1: decay('beta1'), beta2: decay('beta2') };
}

function number<T>(
  accepts: string,
  fits: (value: number, node: T) => boolean,
  put: (node: T, value: number) => T,
): Property<T> {
  return {
    accepts,
    put: (node, value) =>
      value.kind === 'number' && Number.isFinite(value.value) && fits(value.value, node)
        ? put(node, value.value)
        : undefined,
  };
}

const positive = <T>(put: (node: T, value: number) => T) => number('a number above 0', (v) => v > 0, put);
const atLeastZero = <T>(put: (node: T, value: number) => T) =>
  number('a number, at least 0', (v) => v >= 0, put);
const bounded = <T>(low: number, high: number, put: (node: T, value: number) => T) =>
  number<T>(
    `a whole number in ${low} .. ${high}`,
    (v) => Number.isSafeInteger(v) && v >= low && v <= high,
    put,
  );
const whole = <T>(low: number, put: (node: T, value: number) => T) =>
  number(`a whole number, at least ${low}`, (v) => Number.isSafeInteger(v) && v >= low, put);

function word<T, W extends string>(words: readonly W[], put: (node: T, value: W) => T): Property<T> {
  return {
    accepts: `one of ${words.join(', ')}`,
    put(node, value) {
      const chosen = words.find((candidate) => value.kind === 'word' && candidate === value.value);
      return chosen === undefined ? undefined : put(node, chosen);
    },
  };
}

function name<T>(accepts: string, put: (node: T, value: string) => T): Property<T> {
  return {
    accepts,
    put: (node, value) => (value.kind === 'word' && value.value !== '' ? put(node, value.value) : undefined),
  };
}
