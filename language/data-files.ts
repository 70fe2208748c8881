import { AstUtils, GrammarUtils } from 'langium';
import * as ast from './generated/ast.ts';
import type { Diagnostic } from './project.ts';

/** The file of a data set that a setting replaces: what it is read from, or the test series beside it. */
export type DataFileName = 'from' | 'test';

/** The data files that a setting of `dataset` may replace; none where the data are generated. */
export function dataFileNames(dataset: ast.Dataset): readonly DataFileName[] {
  if (dataset.generator) return [];
  return isUcr(dataset) ? ['from', 'test'] : ['from'];
}

const isUcr = ({ body }: ast.Dataset): boolean =>
  body?.properties.some(
    ({ parameter, values: [value] }) =>
      parameter.$refText === 'format' && ast.isName(value) && value.symbol?.$refText === 'ucr',
  ) ?? false;

/** Whether a diagnostic says that a file is missing which a setting replaces, so that nobody will miss it. */
export function isMissingFile(
  { code, file, range }: Diagnostic,
  dataset: ast.Dataset,
  name: DataFileName,
): boolean {
  const place = placeOf(dataset, name);
  return (
    code === 'data.fileMissing' &&
    file === AstUtils.getDocument(dataset).uri.toString() &&
    place?.start.line === range.start.line &&
    place.start.character === range.start.character
  );
}

/** Where the text names the file. */
function placeOf(dataset: ast.Dataset, name: DataFileName) {
  if (name === 'from') return GrammarUtils.findNodeForProperty(dataset.$cstNode, 'file')?.range;
  const property = dataset.body?.properties.find(({ parameter }) => parameter.$refText === name);
  return property && GrammarUtils.findNodeForProperty(property.$cstNode, 'values')?.range;
}
