import type { AstNode, LangiumDocument } from 'langium';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.ts';
import { modelOf } from '../references/imports.ts';

/**
 * Whether a node lies in a declaration with a syntax error. What else there is to say of such a declaration would
 * mostly follow from the parser's guesses, so nothing is said until it parses.
 */
export function brokenDeclarations(document: LangiumDocument): (node: AstNode) => boolean {
  const { lexerErrors, parserErrors } = document.parseResult;
  const offsets = [...lexerErrors.map((error) => error.offset), ...parserErrors.flatMap(offsetsOf)];
  if (offsets.length === 0) return () => false;
  const broken = new Set(
    (modelOf(document)?.declarations ?? []).filter(({ $cstNode: cst }) =>
      offsets.some((offset) => cst && offset >= cst.offset && offset <= cst.end),
    ),
  );
  return (node) => {
    const declaration = AstUtils.getContainerOfType(node, ast.isDeclaration);
    return declaration !== undefined && broken.has(declaration);
  };
}

/** Whether a declaration holds a name that refers to nothing, found once for each document that is asked about. */
export function unlinkedDeclarations(): (declaration: ast.Declaration) => boolean {
  const byDocument = new Map<LangiumDocument, ReadonlySet<AstNode>>();
  const find = (document: LangiumDocument): ReadonlySet<AstNode> => {
    const found = new Set<AstNode>();
    for (const { error } of document.references) {
      const declaration = error && AstUtils.getContainerOfType(error.info.container, ast.isDeclaration);
      if (declaration) found.add(declaration);
    }
    return found;
  };
  return (declaration) => {
    const document = AstUtils.getDocument(declaration);
    const unlinked = byDocument.get(document) ?? find(document);
    byDocument.set(document, unlinked);
    return unlinked.has(declaration);
  };
}

type ParserError = LangiumDocument['parseResult']['parserErrors'][number];

/** Where an error was noticed, and where the text before it ends: what is missing may belong to that. */
function offsetsOf(error: ParserError): readonly number[] {
  const previous =
    'previousToken' in error ? (error.previousToken as ParserError['token'] | undefined) : undefined;
  return [error.token.startOffset, previous?.endOffset].filter(
    (offset): offset is number => offset !== undefined && Number.isFinite(offset),
  );
}
