import type { DataScale, DataSource, DatasetDesign, Framing } from '@memloom/sim-core';
import { AstUtils } from 'langium';
import { URI } from 'vscode-uri';
import type * as ast from '../generated/ast.ts';
import { resolvePath } from '../references/imports.ts';
import { readCall } from './call-values.ts';
import { type Context, originOf } from './context.ts';
import { checkColumns } from './data-columns.ts';
import { type Properties, readProperties } from './properties.ts';

/** Properties that belong to one form of a data set alone. */
const forms: Readonly<
  Record<string, { readonly kinds: readonly DataSource['kind'][]; readonly form: string }>
> = {
  column: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  columns: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  target: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  framing: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  window: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  ahead: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  omitLast: { kinds: ['csv'], form: 'it belongs to CSV tables' },
  test: { kinds: ['ucr'], form: 'it belongs to format = ucr' },
  positive: { kinds: ['ucr'], form: 'it belongs to format = ucr' },
  stride: { kinds: ['ucr', 'wafer'], form: 'it belongs to series with one class each' },
  split: { kinds: ['csv', 'ucr'], form: 'generated data has its own test part' },
};

/** A data set; its files are named by URI, resolved against the folder of the text. */
export function elaborateDataset(dataset: ast.Dataset, context: Context): DatasetDesign {
  const name = context.use(dataset);
  const properties = readProperties('dataset', dataset, dataset.body?.properties ?? [], context);
  const source = elaborateSource(dataset, properties, context);
  for (const [property, { kinds, form }] of Object.entries(forms)) {
    const given = properties.given(property);
    if (given && !kinds.includes(source.kind))
      context.report('property.unfit', { node: given, property: 'parameter' }, { property, reason: form });
  }
  return {
    id: `dataset:${name}`,
    name,
    origin: originOf(dataset),
    source,
    scale: elaborateScale(properties, context),
    split: properties.number('split') ?? 0,
    framing: elaborateFraming(source, properties),
  };
}

function elaborateSource(dataset: ast.Dataset, properties: Properties, context: Context): DataSource {
  if (dataset.generator) return elaborateGenerator(dataset, context);
  const file = dataFile(dataset.file ?? '', dataset, 'file', context);
  if (properties.word('format') === 'ucr') {
    const test = properties.text('test');
    const property = properties.given('test');
    const testFile = test !== undefined && property ? dataFile(test, property, 'values', context) : undefined;
    return {
      kind: 'ucr',
      file,
      ...(testFile === undefined ? {} : { testFile }),
      positive: properties.number('positive') ?? -1,
    };
  }
  const column = properties.text('column');
  const columns = properties.texts('columns');
  const features = columns.length > 0 ? columns : column === undefined ? [] : [column];
  const target = properties.text('target') ?? column ?? features[0];
  if (target === undefined) {
    const unread = ['column', 'columns', 'target'].some((property) => properties.given(property));
    if (!unread) context.report('data.column', { node: dataset, property: 'name' }, {});
    return { kind: 'csv', file, columns: [], target: '' };
  }
  checkColumns(URI.parse(file), dataset.file ?? '', properties, context);
  return { kind: 'csv', file, columns: features.length > 0 ? features : [target], target };
}

function elaborateGenerator(dataset: ast.Dataset, context: Context): DataSource {
  const call = readCall(
    dataset.generator,
    'generator',
    'a generator of data such as wafer(train = 300, test = 600)',
    context,
  );
  const number = call?.number ?? (() => 0);
  return {
    kind: 'wafer',
    train: number('train'),
    test: number('test'),
    length: number('length'),
    abnormal: number('abnormal'),
    seed: number('seed'),
  };
}

function dataFile(
  path: string,
  node: ast.Dataset | ast.Property,
  property: string,
  context: Context,
): string {
  const uri = resolvePath(AstUtils.getDocument(node).uri, path);
  if (path === '' || context.fileExists?.(uri) === false)
    context.report('data.fileMissing', { node, property }, { file: `"${path}"` });
  return uri.toString();
}

function elaborateScale(properties: Properties, context: Context): DataScale {
  const fit = properties.word('fit') === 'all' ? 'all' : 'train';
  const call = readCall(properties.call('scale'), 'scaling', 'a scaling such as minmax(0, 1)', context);
  if (call?.name === 'standard') return { kind: 'standard', low: 0, high: 1, fit };
  if (call?.name !== 'minmax') return { kind: 'none', low: 0, high: 1, fit };
  const [low, high] = [call.number('low'), call.number('high')];
  const given = properties.given('scale');
  if (!(low < high) && given)
    context.report(
      'value.range',
      { node: given, property: 'values', index: 0 },
      { low: `${low}`, high: `${high}` },
    );
  return { kind: 'minmax', low, high, fit };
}

function elaborateFraming(source: DataSource, properties: Properties): Framing {
  if (source.kind !== 'csv') return { kind: 'series', stride: properties.number('stride') ?? 1 };
  const ahead = properties.number('ahead') ?? 1;
  if (properties.word('framing') === 'sequence') return { kind: 'sequence', ahead };
  return {
    kind: 'window',
    steps: properties.number('window') ?? 1,
    ahead,
    omitLast: properties.number('omitLast') ?? 0,
  };
}
