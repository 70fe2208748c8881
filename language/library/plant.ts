import {
  type AstNode,
  DocumentState,
  type GenericAstNode,
  isAstNode,
  isReference,
  type LangiumCoreServices,
  type LangiumDocument,
  type Mutable,
  type Reference,
  TextDocument,
} from 'langium';
import type { LibraryFile } from './library.ts';
import { type LibrarySource, LibrarySyntax } from './syntax.ts';
import { isTreeNode, isTreeReference, type TreeNode, type TreeReference } from './tree.ts';

/**
 * The document of a file of the standard library, from its tree as it was parsed when the language was built: parsing
 * the library takes a quarter of a server's start.
 */
export function plantDocument(
  { uri, text, tree }: LibraryFile,
  services: LangiumCoreServices,
): LangiumDocument {
  const textDocument = TextDocument.create(uri.toString(), services.LanguageMetaData.languageId, 0, text);
  const source: LibrarySource = {
    text,
    rangeOf: ([offset, end]) => ({
      start: textDocument.positionAt(offset),
      end: textDocument.positionAt(end),
    }),
    parse: () => graft(services.parser.LangiumParser.parse(text).value, root),
  };
  const root = grow(JSON.parse(tree), source, services.references);
  const parseResult = { value: root, lexerErrors: [], parserErrors: [] };
  const document = { parseResult, uri, state: DocumentState.Parsed, references: [], textDocument };
  root.$document = document;
  return document;
}

type Growing = Mutable<GenericAstNode>;

function grow(tree: TreeNode, source: LibrarySource, references: LangiumCoreServices['references']): Growing {
  const node: Growing = { $type: tree.$type };
  if (tree.$cstNode) node.$cstNode = new LibrarySyntax(source, tree.$cstNode, node, () => node.$cstNode);
  const decode = (value: unknown, property: string, index?: number): unknown => {
    if (isTreeReference(value)) return refer(value, node, property, source, references);
    if (!isTreeNode(value)) return value;
    const child = grow(value, source, references);
    child.$container = node;
    child.$containerProperty = property;
    if (index !== undefined) child.$containerIndex = index;
    return child;
  };
  for (const [property, value] of Object.entries(tree)) {
    if (property.startsWith('$')) continue;
    node[property] = Array.isArray(value)
      ? value.map((each, index) => decode(each, property, index))
      : decode(value, property);
  }
  return node;
}

function refer(
  { $refText, $refNode }: TreeReference,
  node: AstNode,
  property: string,
  source: LibrarySource,
  { Linker }: LangiumCoreServices['references'],
): Reference {
  const reference: Mutable<Reference> = Linker.buildReference(node, property, undefined, $refText);
  if ($refNode) reference.$refNode = new LibrarySyntax(source, $refNode, node, () => reference.$refNode);
  return reference;
}

/** Gives a tree the concrete syntax of another that was parsed from the same text. */
function graft(parsed: AstNode, planted: Mutable<AstNode>): void {
  const syntax: Mutable<NonNullable<AstNode['$cstNode']>> | undefined = parsed.$cstNode;
  if (syntax?.astNode === parsed) syntax.astNode = planted;
  planted.$cstNode = syntax;
  const ours = new Map(Object.entries(planted));
  for (const [property, value] of Object.entries(parsed)) {
    if (property.startsWith('$')) continue;
    const other = ours.get(property);
    if (!Array.isArray(value)) graftValue(value, other);
    else
      for (const [index, each] of value.entries())
        graftValue(each, Array.isArray(other) ? other[index] : undefined);
  }
}

function graftValue(parsed: unknown, planted: unknown): void {
  if (isAstNode(parsed) && isAstNode(planted)) graft(parsed, planted);
  else if (isReference(parsed) && isReference(planted)) {
    const reference: Mutable<Reference> = planted;
    reference.$refNode = parsed.$refNode;
  }
}
