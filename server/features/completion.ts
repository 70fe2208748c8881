import { ast, documentation, type LoomServices } from '@memloom/language';
import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  GrammarAST,
  type LangiumDocument,
  type MaybePromise,
  type ReferenceInfo,
  type Stream,
} from 'langium';
import {
  type CompletionAcceptor,
  type CompletionContext,
  type CompletionValueItem,
  DefaultCompletionProvider,
} from 'langium/lsp';
import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionList,
  type CompletionParams,
  InsertTextFormat,
  type MarkupContent,
  MarkupKind,
  type Position,
} from 'vscode-languageserver-protocol';
import { callSnippet } from '../completion/calls.ts';
import { isWanted } from '../completion/candidates.ts';
import { metricItems } from '../completion/metrics.ts';
import { unitItems } from '../completion/quantities.ts';
import { declarationSnippets } from '../completion/snippets.ts';
import { stringItems } from '../completion/strings.ts';
import { addImport } from '../fixes/places.ts';
import { keywordTexts } from '../hover/keywords.ts';
import { declarationText } from './hover.ts';
import { kindOf } from './node-kinds.ts';

/** What may stand at the cursor: literals by what they are for, otherwise names and keywords that fit the place. */
export class LoomCompletionProvider extends DefaultCompletionProvider {
  override readonly completionOptions = { triggerCharacters: ['.', '"', '/'] };
  private readonly services: LoomServices;
  /** Whether the client fills in placeholders. */
  private fillsIn = false;

  constructor(services: LoomServices) {
    super(services);
    this.services = services;
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.fillsIn = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    });
  }

  override async getCompletion(
    document: LangiumDocument,
    params: CompletionParams,
    token?: CancellationToken,
  ): Promise<CompletionList | undefined> {
    const { position } = params;
    const before = lineBefore(document, position);
    if (/^\s*\/\/|^[^"]*\s\/\//.test(before)) return undefined;
    const literals =
      (await stringItems(before, position, document, this.services)) ??
      libraryItems(before, position, this.services) ??
      metricItems(before, position, document) ??
      unitItems(before, position, document);
    return literals
      ? CompletionList.create([...literals], false)
      : super.getCompletion(document, params, token);
  }

  /** Behind an item of a body, the next item belongs to the body rather than to the item before it. */
  protected override completionForCrossReference(
    context: CompletionContext,
    next: Parameters<DefaultCompletionProvider['completionForCrossReference']>[1],
    accept: CompletionAcceptor,
  ): MaybePromise<void> {
    const isBody = bodies[next.type ?? ''];
    const node = (isBody && AstUtils.getContainerOfType(context.node, isBody)) ?? context.node;
    return super.completionForCrossReference({ ...context, node }, next, accept);
  }

  protected override getReferenceCandidates(
    info: ReferenceInfo,
    context: CompletionContext,
  ): Stream<AstNodeDescription> {
    const before = lineBefore(
      context.document,
      context.document.textDocument.positionAt(context.tokenOffset),
    );
    return super
      .getReferenceCandidates(info, context)
      .filter((description) => isWanted(description, info, before));
  }

  protected override createReferenceCompletionItem(
    description: AstNodeDescription,
    info: ReferenceInfo,
    context: CompletionContext,
  ): CompletionValueItem {
    const { node } = description;
    const item = super.createReferenceCompletionItem(description, info, context);
    return {
      ...item,
      ...this.insertion(description, info),
      detail: (node && declarationText(node)) ?? kindOf(description).noun,
      sortText: ast.isFunctionDeclaration(node) ? '1' : '0',
    };
  }

  /** A property or an argument is given by its name and a value, a call with what it cannot go without. */
  private insertion(
    { name, node }: AstNodeDescription,
    { container, property }: ReferenceInfo,
  ): Pick<CompletionItem, 'insertText' | 'insertTextFormat'> {
    const isSetting = property === 'parameter' && (ast.isProperty(container) || ast.isArgument(container));
    const value = ast.isParameter(node) ? node.value?.$cstNode?.text : undefined;
    if (isSetting && (!this.fillsIn || value === undefined)) return { insertText: `${name} = ` };
    const text = isSetting
      ? `${name} = \${1:${(value ?? '').replace(/[$}\\]/g, '\\$&')}}`
      : property === 'function' || property === 'base'
        ? callSnippet(node, container)
        : undefined;
    return this.fillsIn && text !== undefined
      ? { insertText: text, insertTextFormat: InsertTextFormat.Snippet }
      : {};
  }

  protected override getReferenceDocumentation({ node }: AstNodeDescription): MarkupContent | undefined {
    const text = node ? documentation(node) : '';
    return text === '' ? undefined : { kind: MarkupKind.Markdown, value: text };
  }

  protected override completionForKeyword(
    context: CompletionContext,
    keyword: GrammarAST.Keyword,
    accept: CompletionAcceptor,
  ): void {
    if (!this.filterKeyword(context, keyword)) return;
    accept(context, {
      label: keyword.value,
      kind: CompletionItemKind.Keyword,
      detail: keywordTexts.get(keyword.value),
      sortText: '2',
    });
    const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule);
    if (!this.fillsIn || !declarationRules.has(rule?.name ?? '')) return;
    for (const snippet of declarationSnippets(context.document))
      if (snippet.keyword === keyword.value)
        accept(context, {
          label: snippet.label,
          kind: CompletionItemKind.Snippet,
          detail: keywordTexts.get(keyword.value),
          insertText: snippet.text,
          insertTextFormat: InsertTextFormat.Snippet,
          additionalTextEdits: missingImports(snippet.imports, context.document).map((name) =>
            addImport(name, context.document),
          ),
          sortText: '3',
        });
  }
}

/** What the items of a body, by their type, stand in. */
const bodies: Readonly<Record<string, (node: unknown) => node is AstNode>> = {
  [ast.Property.$type]: (node): node is AstNode => ast.isPropertyBody(node) || ast.isHardware(node),
  [ast.Binding.$type]: (node): node is AstNode => ast.isHardware(node),
};

/** Rules whose first word begins a declaration, and not a statement of the same word. */
const declarationRules: ReadonlySet<string> = new Set([
  'DerivedDevice',
  'Crossbar',
  'Block',
  'Hardware',
  'Cell',
  'Network',
  'Dataset',
  'Experiment',
]);

function missingImports(names: readonly string[], document: LangiumDocument): readonly string[] {
  const model = document.parseResult.value;
  const imported = ast.isModel(model) ? model.imports.map(({ library }) => library) : [];
  return names.filter((name) => !imported.includes(name));
}

/** The files of the standard library behind `import`. */
function libraryItems(
  line: string,
  position: Position,
  { library }: LoomServices,
): readonly CompletionItem[] | undefined {
  const typed = /^\s*import\s+([\w.]*)$/.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const start = { ...position, character: position.character - typed.length };
  return library.names
    .filter((name) => !library.prelude.has(library.resolve(name)?.toString() ?? ''))
    .map((label) => ({
      label,
      kind: CompletionItemKind.Module,
      textEdit: { range: { start, end: position }, newText: label },
    }));
}

const lineBefore = ({ textDocument }: LangiumDocument, end: Position): string =>
  textDocument.getText({ start: { line: end.line, character: 0 }, end });
