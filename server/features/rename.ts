import { ast, cellChain, importsOf, type LoomServices } from '@memloom/language';
import { AstUtils, GrammarUtils, type LangiumDocument, type LexerResult, URI } from 'langium';
import type { RenameProvider } from 'langium/lsp';
import { LSPErrorCodes, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver-protocol';
import { familyAt, nameAt } from './references.ts';
import { familyReferences, membersOf, type Named } from './symbol-family.ts';

/** Renames across files. Refuses, with the reason, whatever would not mean the same afterwards. */
export const renameProvider = (services: LoomServices): RenameProvider => ({
  prepareRename: (document, { position }): Range | undefined => {
    const family = familyAt(document, position, services);
    const leaf = nameAt(document, position, services);
    if (family.length === 0 || !leaf) return undefined;
    refuse(ownReason(family, services) ?? wordReason(leaf.text, family[0].name));
    return leaf.range;
  },
  rename: (document, { position, newName }): WorkspaceEdit | undefined => {
    const family = familyAt(document, position, services);
    if (family.length === 0 || family[0].name === newName) return undefined;
    refuse(ownReason(family, services) ?? nameReason(newName, services));
    const places = [
      ...familyReferences(family, services).map(({ sourceUri, segment }) => ({
        uri: sourceUri.toString(),
        range: segment.range,
      })),
      ...metricsOf(family[0], services),
    ];
    const touched = services.shared.workspace.LangiumDocuments.all
      .filter(({ uri }) => places.some((place) => place.uri === uri.toString()))
      .toArray();
    refuse(clash(family, newName, touched, services));
    const changes: Record<string, { range: Range; newText: string }[]> = {};
    for (const { uri, range } of places)
      changes[uri] = [...(changes[uri] ?? []), { range, newText: newName }];
    return { changes };
  },
});

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

function ownReason(family: readonly Named[], { library }: LoomServices): string | undefined {
  const standard = family.find((node) => library.has(AstUtils.getDocument(node).uri));
  return standard && `"${standard.name}" belongs to the standard library, which cannot be changed.`;
}

/** `units` stands for a dimension that has a name of its own. */
const wordReason = (text: string, name: string): string | undefined =>
  text === name ? undefined : `"${text}" is a word of the language; it stands for the dimension "${name}".`;

function nameReason(name: string, { parser }: LoomServices): string | undefined {
  const { tokens, errors } = parser.Lexer.tokenize(name);
  const [token] = tokens;
  if (errors.length > 0 || tokens.length !== 1 || token.image !== name || !isWord(token.tokenType))
    return `"${name}" is no name: a name begins with a letter and goes on with letters, digits and _.`;
  return token.tokenType.name === 'ID' ? undefined : `"${name}" is a word of the language.`;
}

type LexedType = LexerResult['tokens'][number]['tokenType'];

/** Every keyword is a word that could be a name as well. */
const isWord = ({ name, CATEGORIES }: LexedType): boolean =>
  name === 'ID' || (CATEGORIES ?? []).some((category) => category.name === 'ID');

function clash(
  family: readonly Named[],
  name: string,
  touched: readonly LangiumDocument[],
  services: LoomServices,
): string | undefined {
  const [first] = family;
  const found = ast.isDeclaration(first)
    ? touched.flatMap((document) => visibleDeclarations(document, services))
    : siblings(family);
  const other = found.find((node) => node.name === name);
  if (!other) return undefined;
  const line = (other.$cstNode?.range.start.line ?? 0) + 1;
  const file = AstUtils.getDocument(other).uri.path.split('/').pop();
  return `There is already a "${name}" here: line ${line} of ${file}.`;
}

/** What may be referred to in a document without a dot, as far as it is declared by a declaration. */
function visibleDeclarations(document: LangiumDocument, services: LoomServices): readonly Named[] {
  const { library, shared } = services;
  const { LangiumDocuments } = shared.workspace;
  const uris = [document.uri, ...importsOf(document, library)].map(String);
  return [...uris, ...library.prelude].flatMap((uri) => {
    const model = LangiumDocuments.getDocument(URI.parse(uri))?.parseResult.value;
    return ast.isModel(model) ? model.declarations : [];
  });
}

/** The other names of the declarations that the family lives in, their variants and what they extend. */
function siblings(family: readonly Named[]): readonly Named[] {
  const owners = new Set(
    family.flatMap((node) => AstUtils.getContainerOfType(node.$container, ast.isDeclaration) ?? []),
  );
  const dimension = ast.isDimension(family[0]);
  const extended = [...owners].flatMap((owner): readonly ast.Declaration[] =>
    ast.isCell(owner) ? cellChain(owner) : [owner],
  );
  return [...new Set(extended)]
    .flatMap((owner) => membersOf(owner))
    .filter((node) => ast.isDimension(node) === dimension);
}

/** `expect Analog.rmse.test` names hardware within the name of a metric. */
function metricsOf(node: Named, { shared }: LoomServices): readonly { uri: string; range: Range }[] {
  if (!ast.isHardware(node)) return [];
  return shared.workspace.LangiumDocuments.all
    .flatMap((document) => AstUtils.streamAllContents(document.parseResult.value))
    .filter(ast.isExpect)
    .filter(({ metric, $container }) => metric?.split('.')[0] === node.name && infersOn($container, node))
    .flatMap((expectation) => {
      const { textDocument } = AstUtils.getDocument(expectation);
      const metric = GrammarUtils.findNodeForProperty(expectation.$cstNode, 'metric');
      if (!metric) return [];
      const end = textDocument.positionAt(metric.offset + node.name.length);
      return [{ uri: textDocument.uri, range: { start: metric.range.start, end } }];
    })
    .toArray();
}

const infersOn = (experiment: ast.Experiment, hardware: ast.Hardware): boolean =>
  experiment.statements
    .filter(ast.isInfer)
    .some((infer) => infer.hardware.some((reference) => reference.ref === hardware));
