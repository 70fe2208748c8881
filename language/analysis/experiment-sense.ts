import type { DatasetDesign, ExperimentDesign, SizedNetwork } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { anything, type Interval } from '../types/ranges/interval.ts';
import type { Analysis } from './context.ts';
import { dataProblems, dataRanges } from './data-ranges.ts';
import { rangeText } from './figures.ts';
import { networkRanges } from './network-ranges.ts';
import { datasetPlace, propertyPlace } from './places.ts';

/** An experiment's network, data and training, where all of them are sound by themselves. */
interface Subject {
  readonly experiment: ExperimentDesign;
  readonly text: ast.Experiment;
  readonly network: SizedNetwork;
  readonly networkText: ast.Network;
  readonly dataset: DatasetDesign;
  readonly datasetText: ast.Dataset;
}

/** What a run would refuse, or do without meaning: data, network and training that do not belong together. */
export function checkExperiments(
  sizedNetwork: (name: string) => SizedNetwork | undefined,
  analysis: Analysis,
): void {
  checkData(analysis);
  for (const experiment of analysis.design.experiments) {
    checkPatience(experiment, analysis);
    const subject = subjectOf(experiment, sizedNetwork, analysis);
    if (!subject || !checkShapes(subject, analysis)) continue;
    checkFuture(subject, analysis);
    checkSteps(subject, analysis);
    checkLoss(subject, analysis);
  }
}

function subjectOf(
  experiment: ExperimentDesign,
  sizedNetwork: (name: string) => SizedNetwork | undefined,
  { design, declarations, isBroken }: Analysis,
): Subject | undefined {
  const text = declarations.experiment(experiment.name);
  const dataset = design.datasets.find(({ name }) => name === experiment.data);
  const networkText = experiment.network ? declarations.network(experiment.network) : undefined;
  const datasetText = dataset && declarations.dataset(dataset.name);
  const network = networkText && sizedNetwork(networkText.name);
  if (!text || !network || !dataset || !datasetText) return undefined;
  if ([text, networkText, datasetText].some(isBroken)) return undefined;
  return { experiment, text, network, networkText, dataset, datasetText };
}

/** Data whose files can be read but not used, as a run would say. */
function checkData(analysis: Analysis): void {
  for (const dataset of analysis.design.datasets) {
    const text = analysis.declarations.dataset(dataset.name);
    if (!text || analysis.isBroken(text)) continue;
    const [problem] = dataProblems(dataset, analysis);
    if (!problem) continue;
    const { message, hint } = problem;
    const details = { message: withPath(message, text), ...(hint ? { hint } : {}) };
    const property = text.generator ? 'generator' : 'file';
    analysis.report('data.unfit', { node: text, property }, details);
  }
}

/** The engine knows files by their URIs, the text by their paths. */
const withPath = (message: string, { file }: ast.Dataset): string =>
  file === undefined ? message : message.replace(/[a-z]+:\/[^"\s]*/g, file);

function checkPatience({ name, train }: ExperimentDesign, { declarations, report }: Analysis): void {
  const statement = declarations.experiment(name)?.statements.find(ast.isTrain);
  const property = statement?.body?.properties.find(({ parameter }) => parameter?.$refText === 'patience');
  if (!train || train.patience === undefined || train.validation > 0 || !property) return;
  report('train.patience', { node: property }, {});
}

/** Whether the network takes one signal and gives one, of the size and at the times that the data have targets. */
function checkShapes(subject: Subject, { report }: Analysis): boolean {
  const { network, networkText, dataset, datasetText, text } = subject;
  const use = { node: text.statements.find(ast.isNetworkUse) ?? text };
  const related = [
    {
      place: { node: networkText.outputs[0] ?? networkText },
      message: `${networkText.name} is declared here.`,
    },
    { place: datasetPlace(datasetText), message: `${datasetText.name} is declared here.` },
  ];
  const [output, ...more] = network.outputs;
  if (network.inputs.length !== 1 || more.length > 0 || !output) {
    const details = {
      network: networkText.name,
      inputs: network.inputs.length,
      outputs: network.outputs.length,
    };
    report('experiment.ports', use, details, related);
    return false;
  }
  const sizes =
    dataset.source.kind === 'csv' ? [1] : dataset.source.kind === 'wafer' ? [1, 2] : [output.size];
  if (!sizes.includes(output.size)) {
    const asks = dataset.source.kind === 'csv' ? 'one value to be forecast' : '2 classes';
    const details = {
      dataset: dataset.name,
      asks,
      output: output.name,
      network: networkText.name,
      size: output.size,
      fits: sizes.join(' or '),
    };
    report('data.outputs', use, details, related);
    return false;
  }
  const last = network.layers.find(({ name }) => name === output.name);
  if (dataset.framing.kind === 'sequence' && last && last.time !== 'sequence') {
    const details = { dataset: dataset.name, output: output.name, network: networkText.name };
    report('data.steps', use, details, related);
    return false;
  }
  return true;
}

/** A layer that runs backward through a sequence has seen, at each step, the values that are to be forecast there. */
function checkFuture(
  { network, networkText, dataset, datasetText, text }: Subject,
  { report }: Analysis,
): void {
  const backward = network.layers.find(({ direction }) => direction === 'backward');
  if (dataset.framing.kind !== 'sequence' || !backward) return;
  const [declared] = backward.name.split('.');
  const layer = networkText.layers.find(({ name }) => name === declared);
  report(
    'data.future',
    { node: text.statements.find(ast.isNetworkUse) ?? text },
    { network: networkText.name, layer: declared, dataset: dataset.name },
    [
      {
        place: propertyPlace(datasetText, 'framing'),
        message: `${dataset.name} has a target at each time step.`,
      },
      ...(layer ? [{ place: { node: layer }, message: `"${declared}" runs backward through time.` }] : []),
    ],
  );
}

/** With one time step the state never reaches another: the recurrent weights see zeros only. */
function checkSteps(
  { network, networkText, dataset, datasetText, text }: Subject,
  { report }: Analysis,
): void {
  const { framing } = dataset;
  const recurrent = network.layers.find(({ graph }) => graph.states.length > 0);
  if (framing.kind !== 'window' || framing.steps !== 1 || !recurrent) return;
  report(
    'data.oneStep',
    { node: text.statements.find(ast.isDataUse) ?? text },
    { dataset: dataset.name, layer: recurrent.name, network: networkText.name },
    [
      {
        place: propertyPlace(datasetText, 'window'),
        message: `A window of ${dataset.name} has one time step.`,
      },
    ],
  );
}

/** Cross-entropy takes probabilities, and says nothing of values that are to be forecast. */
function checkLoss(subject: Subject, analysis: Analysis): void {
  const { experiment, network, networkText, dataset, text } = subject;
  if (experiment.train?.loss !== 'crossEntropy') return;
  const statement = text.statements.find(ast.isTrain);
  const property = statement?.body?.properties.find(({ parameter }) => parameter?.$refText === 'loss');
  const [output] = network.outputs;
  const layer = networkText.layers.find(({ name }) => name === output.name);
  const because =
    dataset.source.kind === 'csv'
      ? `${dataset.name} has values to be forecast, not classes. Write loss = mse or mae`
      : beyondProbabilities(outputRange(subject, analysis), output.name, output.size);
  if (!because || !property) return;
  analysis.report('train.loss', { node: property }, { because }, [
    ...(layer ? [{ place: { node: layer }, message: `"${layer.name}" is made here.` }] : []),
  ]);
}

function outputRange({ network, dataset }: Subject, analysis: Analysis): Interval {
  const { input } = dataRanges(dataset, analysis);
  const ranges = networkRanges(network, { input, product: anything, fading: 0 });
  const last = ranges.find(({ layer }) => layer.name === network.outputs[0].name);
  return last?.nodes[last.layer.graph.output] ?? anything;
}

function beyondProbabilities(range: Interval, output: string, size: number): string | undefined {
  if (range.low >= 0 && range.high <= 1) return undefined;
  const fits = size === 1 ? `sigmoid(…)` : `softmax(…)`;
  return `"${output}" is no probability: it can be ${rangeText(range)}. Write ${output} = ${fits}`;
}
