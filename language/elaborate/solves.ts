import type { MatrixDesign, SolveDesign } from '@memloom/sim-core';
import { AstUtils } from 'langium';
import type * as ast from '../generated/ast.ts';
import { resolvePath } from '../references/imports.ts';
import { type Context, originOf } from './context.ts';
import { type Properties, readProperties } from './properties.ts';

/** The solution of a crossbar under the name `name`; undefined where its cells or drives are missing, which is reported. */
export function elaborateSolve(
  node: ast.Solve,
  id: string,
  name: string,
  context: Context,
): SolveDesign | undefined {
  const crossbar = node.crossbar?.ref;
  const properties = readProperties('solve', node, node.body?.properties ?? [], context);
  const cells = cellsOf(node, properties, context);
  const drive = matrixOf('drive', properties, context);
  const bitDrive = matrixOf('bitDrive', properties, context);
  if (!crossbar || !cells || !drive) return undefined;
  const details = properties.word('details');
  const files = properties.word('files');
  return {
    id: `${id}/solve:${name}`,
    name,
    origin: originOf(node),
    kind: 'solve',
    crossbar: context.use(crossbar),
    cells,
    drive,
    ...(bitDrive ? { bitDrive } : {}),
    vectors: properties.number('vectors') ?? 1,
    details: details === 'none' || details === 'all' ? details : 'first',
    files: files === 'csv' || files === 'npy' ? files : 'both',
    nan: properties.word('nan') === 'floating' ? 'floating' : 'error',
    zero: properties.word('zero') === 'open' ? 'open' : 'error',
  };
}

/** The cells are given by their conductances or by their resistances. */
function cellsOf(
  node: ast.Solve,
  properties: Properties,
  context: Context,
): SolveDesign['cells'] | undefined {
  const [conductance, resistance] = [properties.given('conductance'), properties.given('resistance')];
  if (conductance && resistance)
    context.report(
      'property.unfit',
      { node: resistance, property: 'parameter' },
      { property: 'resistance', reason: 'the conductance is given already' },
    );
  if (!conductance && !resistance)
    context.report(
      'parameter.missing',
      { node, property: 'crossbar' },
      { owner: 'solve', name: 'conductance', meaning: 'what the cells conduct' },
    );
  const quantity = conductance ? 'conductance' : 'resistance';
  const matrix = matrixOf(quantity, properties, context);
  return matrix && { ...matrix, quantity };
}

/** Files are named by URI, resolved against the folder of the text. */
function matrixOf(name: string, properties: Properties, context: Context): MatrixDesign | undefined {
  const value = properties.matrix(name);
  const property = properties.given(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return { kind: 'value', value };
  if (!property) return undefined;
  const uri = resolvePath(AstUtils.getDocument(property).uri, value);
  if (value === '' || context.fileExists?.(uri) === false)
    context.report(
      'data.fileMissing',
      { node: property, property: 'values', index: 0 },
      { file: `"${value}"` },
    );
  return { kind: 'file', file: uri.toString(), origin: originOf(property) };
}
