import { buildCircuit } from '../circuit/build.ts';
import type { Circuit, CircuitPhase } from '../circuit/circuit.ts';
import type { Design, TransientDesign } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { type RealisedNetwork, realiseNetwork } from '../hardware/realise.ts';
import { randomStream } from '../math/random.ts';
import type { Draw } from '../program/realisation.ts';
import { writeNetlist } from '../spice/netlist.ts';
import { simulateTransient } from '../transient/simulate.ts';
import { findTargets } from '../transient/targets.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { ProgressMeter } from './progress.ts';
import type { Measurement, ResultTable, TransientResult } from './result.ts';
import { settledSignals } from './settled.ts';
import type { Weights } from './trials.ts';

/** A transient of an experiment whose names, steps and circuits are known to fit. */
export interface PreparedTransient {
  readonly design: Design;
  readonly wanted: TransientDesign;
  readonly hardware: Prepared['hardware'];
}

/** What a run's transients give. */
export interface Transients {
  readonly transients: readonly TransientResult[];
  readonly tables: readonly ResultTable[];
  readonly warnings: readonly Problem[];
}

/**
 * Finds what can be wrong before anything is trained: `transient.*` problems of the circuit, of the sample, its steps,
 * the probes and the phases.
 */
export function prepareTransient(
  design: Design,
  plan: RunPlan,
  prepared: Prepared,
): Outcome<PreparedTransient | undefined> {
  const wanted = plan.experiment.transient;
  if (!wanted) return success(undefined);
  const misfit = sampleProblem(wanted, prepared);
  if (misfit) return failure(misfit);
  const hardware: Prepared['hardware'][number][] = [];
  for (const name of wanted.hardware) {
    const known = prepared.hardware.find((candidate) => candidate.name === name);
    const unhurried = withoutSettling(design, name);
    const realised =
      known && unhurried === design
        ? success(known.realised)
        : realiseNetwork(prepared.network, unhurried, name);
    if (!realised.ok) return realised;
    const tried = circuitOf(
      design,
      plan,
      prepared.network,
      name,
      realised.value,
      zeroWeights(prepared),
      firstTrial(plan, name),
      wanted.devices,
    );
    if (!tried.ok) return tried;
    const targets = findTargets(tried.value, wanted.probes);
    if (!targets.ok) return targets;
    const timed = withDurations(tried.value, wanted);
    if (!timed.ok) return timed;
    hardware.push({ name, realised: realised.value });
  }
  return success({ design, wanted, hardware });
}

/** A stated time to settle is the behavioural fidelity's; in a circuit the phases decide, and both are compared without it. */
export function withoutSettling(design: Design, name: string): Design {
  const stated = design.hardware.find((hardware) => hardware.name === name);
  if (stated?.settling === undefined) return design;
  const hardware = design.hardware.map((each) => (each === stated ? { ...each, settling: undefined } : each));
  return { ...design, hardware };
}

/** Work in evaluated samples: a time step of a circuit is worth as much as some thousand evaluated ones. */
export const transientWork = ({ wanted, hardware }: PreparedTransient): number =>
  2000 * wanted.steps * hardware.length;

/** The waveforms on each hardware, with the errors of its first trial. */
export function runTransients(
  { design, wanted, hardware }: PreparedTransient,
  plan: RunPlan,
  { data, network }: Prepared,
  weights: Weights,
  meter: ProgressMeter,
  netlists: boolean,
): Outcome<Transients> {
  const transients: TransientResult[] = [];
  const tables: ResultTable[] = [];
  const warnings: Problem[] = [];
  const { features, steps: length, inputs } = data.test;
  const start = wanted.sample * length * features;
  const numbers = inputs.subarray(start, start + wanted.steps * features);
  for (const { name, realised } of hardware) {
    const draw = firstTrial(plan, name);
    const circuit = circuitOf(design, plan, network, name, realised, weights, draw, wanted.devices);
    if (!circuit.ok) return circuit;
    const timed = withDurations(circuit.value, wanted);
    if (!timed.ok) return timed;
    const targets = findTargets(timed.value, wanted.probes);
    if (!targets.ok) return targets;
    const input = network.inputs[0].name;
    const driven = {
      steps: wanted.steps,
      inputs: { [input]: numbers.map((value) => value * timed.value.scale) },
      targets: targets.value,
    };
    const waves = simulateTransient(timed.value, {
      ...driven,
      tolerance: wanted.tolerance,
      ...(wanted.noise ? { noise: randomStream(plan.seed, 'transient', name) } : {}),
    });
    if (!waves.ok)
      return failure(...waves.problems.map((problem) => ({ ...problem, origin: wanted.origin })));
    const { time, columns, phases, settled, energy, steps } = waves.value;
    const id = `transient.${name}`;
    const compared = settledSignals(
      { realised, weights, draw: firstTrial(plan, name), input, numbers, steps: wanted.steps },
      settled,
    );
    tables.push({
      id,
      title: `Waveforms on ${name}`,
      kind: 'waveform',
      columns: [
        { name: 'time', unit: 's', values: time },
        ...columns.map(({ name: signal, unit, values }) => ({ name: signal, unit, values })),
      ],
    });
    transients.push({
      hardware: name,
      sample: wanted.sample,
      steps: wanted.steps,
      scale: timed.value.scale,
      table: id,
      schedule: timed.value.phases,
      intervals: phases,
      settled: compared,
      energy,
      integrationSteps: steps,
      ...(netlists ? { netlist: writeNetlist(timed.value, { ...driven, title: titleOf(plan, name) }) } : {}),
    });
    warnings.push(...slowPhases(timed.value, wanted));
    meter.advance(2000 * wanted.steps, 'transient', name);
  }
  return success({ transients, tables, warnings });
}

const titleOf = ({ experiment, seed }: RunPlan, hardware: string): string =>
  `Experiment ${experiment.name} on ${hardware}, seed ${seed}, first trial`;

/** What the errors of the first trial on a hardware are drawn from, as `runTrials` does. */
const firstTrial = ({ seed }: RunPlan, hardware: string): Draw => ({
  seed,
  trial: randomStream(seed, 'trial', hardware, 0),
});

/** The circuit of the plan's network on a hardware. */
export const circuitOf = (
  design: Design,
  { network }: RunPlan,
  sized: Prepared['network'],
  hardware: string,
  realised: RealisedNetwork,
  weights: Weights,
  draw: Draw,
  devices: TransientDesign['devices'] = 'static',
): Outcome<Circuit> =>
  buildCircuit({
    design,
    network: sized,
    name: network.name,
    hardware,
    realised,
    weights,
    draw,
    devices,
  });

const zeroWeights = ({ network }: Prepared): Weights =>
  new Map(
    network.layers.flatMap(({ graph }) =>
      graph.tensors.map(({ name, inputs, units }) => [name, new Float64Array(inputs * units)]),
    ),
  );

function sampleProblem({ sample, steps, origin }: TransientDesign, { data }: Prepared): Problem | undefined {
  const { count, steps: length } = data.test;
  if (sample >= count)
    return {
      code: 'transient.sample',
      message: `There is no test sample ${sample}; there are ${count}, counted from 0.`,
      hint: `Write "sample = ${count - 1}" or less.`,
      origin,
    };
  if (steps <= length) return undefined;
  return {
    code: 'transient.steps',
    message: `A transient of ${steps} time steps needs a sample of as many; the test samples have ${length}.`,
    hint: `Write "transient ${length} steps", or give the data longer samples.`,
    origin,
  };
}

/** The circuit with the durations that the experiment gives its phases. */
function withDurations(circuit: Circuit, { phases }: TransientDesign): Outcome<Circuit> {
  const unknown = phases.find(({ signal }) => !circuit.phases.some((phase) => endsWith(phase, signal)));
  if (unknown) {
    const known = [...new Set(circuit.phases.flatMap(({ ends }) => ends))];
    return failure({
      code: 'transient.phase',
      message: `No phase on hardware "${circuit.hardware}" ends with "${unknown.signal}".`,
      hint: suggestion(unknown.signal, known, 'There are no phases.'),
      origin: unknown.origin,
    });
  }
  const timed = circuit.phases.map((phase) => {
    const given = phases.find(({ signal }) => endsWith(phase, signal));
    return given ? { ...phase, duration: given.duration } : phase;
  });
  return success({ ...circuit, phases: timed });
}

/** The phase at whose end a signal, or a unit of it, is sampled or read. */
export const endsWith = ({ ends }: CircuitPhase, signal: string): boolean =>
  ends.some((end) => end === signal || end.startsWith(`${signal}[`));

const nanoseconds = (seconds: number): string => `${(seconds * 1e9).toPrecision(3)} ns`;

/** Phases that are over before what is sampled at their end has settled to the hardware's budget. */
const slowPhases = ({ phases, hardware }: Circuit, wanted: TransientDesign): readonly Problem[] =>
  phases
    .filter(({ duration, needed }) => duration < needed)
    .map(({ name, duration, needed, path }) => {
      const slowest = path.reduce((a, b) => (b.seconds > a.seconds ? b : a));
      return {
        code: 'transient.settle',
        message: `On hardware "${hardware}" the phase of ${name} lasts ${nanoseconds(duration)}, but takes ${nanoseconds(needed)} to settle, of that ${slowest.name} ${nanoseconds(slowest.seconds)}.`,
        hint: `Give it ${nanoseconds(needed)}, a faster circuit, or the hardware a larger "settle".`,
        origin:
          wanted.phases.find(({ signal }) => name.split(' + ').includes(signal))?.origin ?? wanted.origin,
      };
    });

/**
 * Figures of a transient: the largest deviation of a settled value from the behavioural fidelity, relative to the voltage
 * that stands for 1; seconds of a time step; joules of a time step that sources and supplies give, on average; square metres
 * of the blocks' circuits.
 */
export function measure({
  hardware,
  scale,
  schedule,
  settled,
  energy,
  steps,
}: TransientResult): readonly Measurement[] {
  const deviation = settled.reduce(
    (most, { settled: values, behavioural }) =>
      values.reduce((worst, value, k) => Math.max(worst, Math.abs(value - behavioural[k])), most),
    0,
  );
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const figure = (what: string, unit: string, value: number) => ({
    name: `transient.${hardware}.${what}`,
    unit,
    value,
  });
  return [
    figure('deviation', '1', deviation / scale),
    figure(
      'stepTime',
      's',
      schedule.reduce((sum, { duration }) => sum + duration, 0),
    ),
    figure('energy', 'J', (total(energy.supplied) + total(energy.supplies)) / steps),
    figure('area', 'm^2', total(energy.areas)),
  ];
}

/** Names of the measurements that a transient gives, for expectations. */
export const transientMeasurements = ({ hardware }: TransientDesign): readonly string[] =>
  hardware.flatMap((name) =>
    ['deviation', 'stepTime', 'energy', 'area'].map((what) => `transient.${name}.${what}`),
  );
