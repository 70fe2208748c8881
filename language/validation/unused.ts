import { type AstNode, AstUtils, type LangiumDocument, type LangiumDocuments } from 'langium';
import type { Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import type { Library } from '../library/library.ts';
import { importedUri, modelOf } from '../references/imports.ts';

/**
 * Declarations that nothing refers to, and imports that nothing comes from. A file without an experiment is there to be
 * imported, so that only a file with one can have something unused.
 */
export function checkUse(
  document: LangiumDocument,
  documents: LangiumDocuments,
  library: Library,
  report: Report,
): void {
  const model = modelOf(document);
  if (!model?.declarations.some(ast.isExperiment) || hasOpenNames(document)) return;
  const used = new Set<AstNode>();
  const usedFiles = new Set<LangiumDocument>();
  for (const reference of document.references) {
    const target = 'ref' in reference ? reference.ref : undefined;
    const declaration = target && AstUtils.getContainerOfType(target, ast.isDeclaration);
    if (!declaration || !('$refNode' in reference)) continue;
    const from =
      reference.$refNode && AstUtils.getContainerOfType(reference.$refNode.astNode, ast.isDeclaration);
    if (from !== declaration) used.add(declaration);
    usedFiles.add(AstUtils.getDocument(declaration));
  }
  for (const declaration of model.declarations) {
    if (ast.isExperiment(declaration) || used.has(declaration) || !declaration.name) continue;
    const place = { node: declaration, property: 'name' };
    if (ast.isNetwork(declaration)) report('network.unused', place, { name: declaration.name });
    else report('declaration.unused', place, { kind: kindOf(declaration), name: declaration.name });
  }
  for (const statement of model.imports) {
    const uri = importedUri(statement, document.uri, library);
    const imported = uri && documents.getDocument(uri);
    if (imported && !usedFiles.has(imported))
      report(
        'import.unused',
        { node: statement },
        { file: statement.library ?? `"${statement.path ?? ''}"` },
      );
  }
}

/** A name that refers to nothing may have been meant to be any declaration. */
const hasOpenNames = ({ parseResult, references }: LangiumDocument): boolean =>
  parseResult.parserErrors.length + parseResult.lexerErrors.length > 0 ||
  references.some(({ error }) => error !== undefined);

const kindOf = (declaration: ast.Declaration): string =>
  ast.isDevice(declaration)
    ? 'device'
    : ast.isDataset(declaration)
      ? 'data set'
      : ast.isFunctionDeclaration(declaration)
        ? 'function'
        : declaration.$type.toLowerCase();
