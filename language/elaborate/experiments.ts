import {
  type ExpectationDesign,
  type ExperimentDesign,
  type InferenceDesign,
  measurementsOf,
  type PlotDesign,
  type SweepDesign,
  type TransientDesign,
  transientMeasurements,
} from '@memloom/sim-core';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.ts';
import { resolvePath } from '../references/imports.ts';
import { isDimensionless } from '../types/units/dimension.ts';
import { elaborateAnalyses } from './analyses.ts';
import { evaluateConstant } from './constants.ts';
import { type Context, originOf } from './context.ts';
import { checkFit } from './experiment-fit.ts';
import { checkMetric, checkReachable, type ExpectedOf } from './metrics.ts';
import { evaluateParameter, type ParameterKind, type ParameterType, parameterType } from './parameters.ts';
import { elaborateProbes } from './probes.ts';
import { checkSweepOwner, checkSweepValues } from './sweep-owner.ts';
import { sweptValue } from './swept-value.ts';
import { elaborateTraining } from './training.ts';
import { elaborateTransient } from './transient.ts';

/** An experiment. Weight files are named by URI, resolved against the folder of the text. */
export function elaborateExperiment(experiment: ast.Experiment, context: Context): ExperimentDesign {
  const name = context.use(experiment);
  const statements = new Statements(experiment, context);
  const network = statements.one(ast.isNetworkUse)?.network?.ref;
  const dataset = statements.one(ast.isDataUse)?.dataset?.ref;
  const train = statements.one(ast.isTrain);
  const weights = statements.one(ast.isWeights);
  const infer = statements.one(ast.isInfer);
  const sweep = statements.one(ast.isSweep);
  const seed = statements.one(ast.isSeed);
  const transient = statements.one(ast.isTransient);
  for (const statement of experiment.statements)
    if (ast.isCost(statement))
      context.report(
        'analysis.unavailable',
        { node: statement },
        { analysis: statement.$type.toLowerCase() },
      );
  const analyses = elaborateAnalyses(experiment, `experiment:${name}`, context);
  // A network is left out only where analyses stand alone.
  if (analyses.length === 0 || experiment.statements.some(concernsNetwork)) {
    statements.require(ast.isNetworkUse, 'which network it is about (network NAME)');
    statements.require(ast.isDataUse, 'which data it uses (data NAME)');
    if (!train && !weights)
      context.report(
        'experiment.incomplete',
        { node: experiment, property: 'name' },
        { missing: 'where its weights come from (train … or weights from "FILE")' },
      );
  }
  if (network && dataset) checkFit(experiment, network, dataset, context);
  const plots = elaboratePlots(experiment, network, context);
  const plotted = plots.flatMap(({ signals }) => signals);
  const inferred = infer && elaborateInference(infer, network, context);
  const hardware = inferred && { ...inferred, probes: [...inferred.probes, ...plotted] };
  const simulated = transient && elaborateTransient(transient, network, hardware?.hardware ?? [], context);
  // What a plot shows is recorded at time steps; where none are inferred, in continuous time.
  const continuous = simulated && !infer ? alsoRecording(simulated, plotted) : simulated;
  const measures = [
    ...analyses.flatMap(measurementsOf),
    ...(continuous ? transientMeasurements(continuous) : []),
  ];
  const elaboratedSweep = sweep && elaborateSweep(sweep, context);
  if (sweep) checkSweepOwner(experiment, sweep, context);
  if (sweep) checkSweepValues(sweep, context);
  return {
    id: `experiment:${name}`,
    name,
    origin: originOf(experiment),
    ...(network ? { network: context.use(network) } : {}),
    ...(dataset ? { data: context.use(dataset) } : {}),
    seed: seed ? seedOf(seed, context) : 1,
    ...(train ? { train: elaborateTraining(train, context) } : {}),
    ...(weights ? { weights: weightsOf(weights, context) } : {}),
    ...(hardware ? { infer: hardware } : {}),
    ...(continuous ? { transient: continuous } : {}),
    ...(elaboratedSweep ? { sweep: elaboratedSweep } : {}),
    ...(plots.length > 0 ? { plots } : {}),
    analyses,
    expectations: experiment.statements
      .filter(ast.isExpect)
      .flatMap(
        (expect) =>
          elaborateExpectation(expect, { hardware: hardware?.hardware ?? [], measures, dataset }, context) ??
          [],
      ),
  };
}

/** Statements that say something of a network on data. */
const concernsNetwork = (statement: ast.Statement): boolean =>
  ast.isNetworkUse(statement) ||
  ast.isDataUse(statement) ||
  ast.isTrain(statement) ||
  ast.isWeights(statement) ||
  ast.isInfer(statement) ||
  ast.isTransient(statement) ||
  ast.isCost(statement);

/** The statements of an experiment by kind; those that may stand once are reported when they stand twice. */
class Statements {
  constructor(
    private readonly experiment: ast.Experiment,
    private readonly context: Context,
  ) {}

  one<T extends ast.Statement>(is: (node: unknown) => node is T): T | undefined {
    const [first, ...more] = this.experiment.statements.filter(is);
    for (const node of more)
      this.context.report(
        'experiment.statement',
        { node },
        { statement: node.$cstNode?.text.split(/\s/)[0] ?? node.$type },
        [{ place: { node: first ?? node }, message: 'The first one stands here.' }],
      );
    return first;
  }

  require(is: (node: unknown) => boolean, missing: string): void {
    if (!this.experiment.statements.some(is))
      this.context.report('experiment.incomplete', { node: this.experiment, property: 'name' }, { missing });
  }
}

const wholeNumber = (name: string, low: number, high: number): ParameterType => ({
  name,
  kind: 'integer',
  dimension: {},
  low,
  high,
  words: [],
  random: false,
});

function seedOf(seed: ast.Seed, { report }: Context): number {
  const value = evaluateParameter(seed.value, wholeNumber('seed', 0, 2 ** 32 - 1), report);
  return value?.kind === 'number' ? value.value : 1;
}

function weightsOf(
  weights: ast.Weights,
  context: Context,
): { file: string; origin?: ExperimentDesign['origin'] } {
  const uri = resolvePath(AstUtils.getDocument(weights).uri, weights.file ?? '');
  if (!weights.file || context.fileExists?.(uri) === false)
    context.report(
      'weights.fileMissing',
      { node: weights, property: 'file' },
      { file: `"${weights.file ?? ''}"` },
    );
  return { file: uri.toString(), origin: originOf(weights) };
}

function elaborateInference(
  infer: ast.Infer,
  network: ast.Network | undefined,
  context: Context,
): InferenceDesign {
  const named = infer.hardware.flatMap((reference) => (reference.ref ? [context.use(reference.ref)] : []));
  const own = network?.hardware[0]?.ref;
  const trials =
    infer.trials && evaluateParameter(infer.trials, wholeNumber('trials', 1, 1e6), context.report);
  return {
    hardware: [...new Set(infer.hardware.length > 0 ? named : own ? [context.use(own)] : [])],
    trials: trials?.kind === 'number' ? trials.value : 1,
    probes: infer.probes.flatMap((probe) => elaborateProbes(probe, network)),
  };
}

/** A transient that names no probe records every signal already. */
const alsoRecording = (transient: TransientDesign, plotted: PlotDesign['signals']): TransientDesign => {
  const more = plotted.map((signal) => ({ ...signal, quantity: 'voltage' as const }));
  return transient.probes.length === 0 ? transient : { ...transient, probes: [...transient.probes, ...more] };
};

function elaboratePlots(
  experiment: ast.Experiment,
  network: ast.Network | undefined,
  context: Context,
): readonly PlotDesign[] {
  const plots = experiment.statements.filter(ast.isPlot);
  const records = experiment.statements.some((one) => ast.isInfer(one) || ast.isTransient(one));
  if (plots.length > 0 && !records)
    context.report(
      'experiment.incomplete',
      { node: plots[0] },
      { missing: 'in which evaluation its plot is recorded (infer … or transient …)' },
    );
  return plots.map((plot) => ({ signals: elaborateProbes(plot, network), origin: originOf(plot) }));
}

function elaborateSweep(sweep: ast.Sweep, context: Context): SweepDesign | undefined {
  const owner = sweep.owner?.ref;
  const parameter = sweep.parameter?.ref;
  if (!owner || !parameter) return undefined;
  const type = parameterType(parameter, ast.isBlock(owner), () => undefined);
  if (unsweepable.has(type.kind)) {
    context.report(
      'sweep.value',
      { node: sweep, property: 'parameter' },
      { message: `"${parameter.name}" cannot be swept; numbers, distributions, ranges and words can.` },
    );
    return undefined;
  }
  // A word that is none of the parameter's is an unresolved name, which linking reports.
  const report: Context['report'] = (code, ...finding) => {
    if (code !== 'value.word') context.report(code, ...finding);
  };
  const values = sweep.values.flatMap((expression) => {
    const value = sweptValue(expression, parameter, ast.isBlock(owner), report);
    return value ? [{ text: expression.$cstNode?.text ?? '', value }] : [];
  });
  return { path: { owner: context.use(owner), parameter: parameter.name }, values, origin: originOf(sweep) };
}

const unsweepable: ReadonlySet<ParameterKind> = new Set<ParameterKind>([
  'device',
  'crossbar',
  'block',
  'size',
  'texts',
  'scaling',
]);

function elaborateExpectation(
  expect: ast.Expect,
  about: ExpectedOf,
  context: Context,
): ExpectationDesign | undefined {
  const value = evaluateConstant(expect.value, context.report);
  checkMetric(expect, about, context);
  if (value && (value.kind !== 'number' || !isDimensionless(value.dimension))) {
    context.report(
      'value.expected',
      { node: expect, property: 'value' },
      { subject: 'An expectation', expected: 'a plain number' },
    );
    return undefined;
  }
  if (value?.kind !== 'number' || !expect.metric || !expect.comparator) return undefined;
  checkReachable(expect, value.value, context);
  const text = (expect.$cstNode?.text ?? '').replace(/^expect\s+/, '').replace(/\s+/g, ' ');
  return {
    text,
    metric: expect.metric,
    comparator: expect.comparator,
    value: value.value,
    origin: originOf(expect),
  };
}
