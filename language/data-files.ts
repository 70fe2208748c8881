import { AstUtils, GrammarUtils } from 'langium';
import { URI } from 'vscode-uri';
import * as ast from './generated/ast.ts';
import type { Diagnostic } from './project.ts';
import { resolvePath } from './references/imports.ts';

/** A file of a data set: what it is read from, or the test series beside it. */
export interface DataFile {
  readonly dataset: ast.Dataset;
  readonly parameter: 'from' | 'test';
}

/** The data file that a parameter of a declaration stands for, if it does. */
export function dataFileOf(owner: ast.Declaration, parameter: string): DataFile | undefined {
  if (!ast.isDataset(owner) || owner.generator) return undefined;
  return parameter === 'from' || parameter === 'test' ? { dataset: owner, parameter } : undefined;
}

/** The URI of a path that was given outside of any text: relative to `folder`. */
export const dataFileUri = (path: string, folder: string): string =>
  resolvePath(URI.parse(`${folder.replace(/\/$/, '')}/-`), path).toString();

/** Whether a diagnostic says that just this file is missing. */
export function isMissing({ dataset, parameter }: DataFile, { code, file, range }: Diagnostic): boolean {
  const property = dataset.body?.properties.find(({ parameter: named }) => named?.$refText === parameter);
  const place =
    parameter === 'from'
      ? GrammarUtils.findNodeForProperty(dataset.$cstNode, 'file')
      : GrammarUtils.findNodeForProperty(property?.$cstNode, 'values');
  return (
    code === 'data.fileMissing' &&
    file === AstUtils.getDocument(dataset).uri.toString() &&
    place?.range.start.line === range.start.line &&
    place.range.start.character === range.start.character
  );
}

/** Findings about the content of files, which a run judges itself: settings may replace the file, and it leads into it. */
export const isOfContent = (code: Diagnostic['code']): boolean =>
  code === 'data.unfit' || code === 'weights.unfit';
