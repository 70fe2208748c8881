import { ast, baselineMeanings, metricMeanings } from '@memloom/language';
import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-protocol';
import { metricHover } from '../hover/metrics.ts';

const forecasts = ['rmse', 'mae', 'nrmse', 'r2'];
const forecastBaselines = ['persistence', 'ar12'];

/** The metrics that the experiment around the cursor gives, behind `expect`. */
export function metricItems(
  line: string,
  position: Position,
  document: LangiumDocument,
): readonly CompletionItem[] | undefined {
  const typed = /\bexpect\s+([\w.]*)$/.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position) - typed.length;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, offset);
  const experiment = AstUtils.getContainerOfType(leaf?.astNode, ast.isExperiment);
  const start = { ...position, character: position.character - typed.length };
  return metricsOf(experiment).map((label, index) => ({
    label,
    kind: CompletionItemKind.Value,
    documentation: { kind: 'markdown', value: metricHover(label) ?? label },
    sortText: `!${String(index).padStart(4, '0')}`,
    textEdit: { range: { start, end: position }, newText: label },
  }));
}

function metricsOf(experiment: ast.Experiment | undefined): readonly string[] {
  const statements = experiment?.statements ?? [];
  const isForecast = forecastsValues(statements.find(ast.isDataUse)?.dataset?.ref);
  const fits = (family: string) => isForecast === undefined || forecasts.includes(family) === isForecast;
  const plain = Object.keys(metricMeanings)
    .filter(fits)
    .flatMap((family) => [`${family}.test`, `${family}.train`]);
  const baselines = Object.keys(baselineMeanings).filter(
    (name) => isForecast === undefined || forecastBaselines.includes(name) === isForecast,
  );
  const hardware = statements
    .filter(ast.isInfer)
    .flatMap((infer) => infer.hardware.map(({ $refText }) => $refText));
  return [
    ...plain,
    ...hardware.flatMap((name) =>
      plain.flatMap((metric) => [`${name}.${metric}`, `${name}.${metric}.std`, `${name}.${metric}.median`]),
    ),
    ...baselines.flatMap((name) => plain.map((metric) => `${name}.${metric}`)),
  ];
}

/** Tables are forecast, series with a class each are classified; undefined where the data are not known. */
function forecastsValues(dataset: ast.Dataset | undefined): boolean | undefined {
  if (!dataset) return undefined;
  const format = dataset.body?.properties.find(({ parameter }) => parameter?.$refText === 'format');
  return !dataset.generator && format?.values[0]?.$cstNode?.text !== 'ucr';
}
