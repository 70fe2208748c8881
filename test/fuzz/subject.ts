import { createLoomServices, isCode } from '@memloom/language';
import { type RandomStream, randomStream } from '@memloom/sim-core';
import { EmptyFileSystem, type LangiumDocument, URI } from 'langium';
import type { Range } from 'vscode-languageserver-protocol';
import { features } from '../../server/create-server.ts';
import { selectionRange } from '../../server/features/selection-ranges.ts';
import { SettingsStore } from '../../server/settings.ts';
import { below } from './mutate.ts';

/** The language with the server's features, in this process; texts come and go. */
export interface Subject {
  /** Checks a text and asks every feature about it; rejects where one of them throws or says nonsense. */
  examine(text: string, seed: number, index: number): Promise<void>;
}

const uri = URI.parse('file:///fuzz/fuzzed.loom');
const good = URI.parse('file:///fuzz/good.loom');
const goodText =
  'import std.cells\nnetwork N(x: [1]) -> y: [1] {\n  y = dense(Np(x, units = 2), units = 1)\n}\n';

export async function openSubject(): Promise<Subject> {
  const { shared, Loom } = createLoomServices({ ...EmptyFileSystem }, features(new SettingsStore()));
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  const { DocumentBuilder, LangiumDocuments, LangiumDocumentFactory } = shared.workspace;
  const build = async (text: string, at: URI): Promise<LangiumDocument> => {
    if (LangiumDocuments.hasDocument(at)) {
      await DocumentBuilder.update([], [at]);
    }
    const document = LangiumDocumentFactory.fromString(text, at);
    LangiumDocuments.addDocument(document);
    await DocumentBuilder.build([document], { validation: true });
    return document;
  };
  await build(goodText, good);

  const ask = async (document: LangiumDocument, random: RandomStream): Promise<void> => {
    const { textDocument } = document;
    const position = textDocument.positionAt(below(textDocument.getText().length + 1, random));
    const at = { textDocument: { uri: document.uri.toString() }, position };
    const only = { textDocument: at.textDocument };
    const range: Range = { start: { line: 0, character: 0 }, end: position };
    const options = { tabSize: 2, insertSpaces: true };
    const { lsp } = Loom;
    await lsp.CompletionProvider?.getCompletion(document, at);
    await lsp.HoverProvider?.getHoverContent(document, at);
    await lsp.SignatureHelp?.provideSignatureHelp(document, at);
    await lsp.DefinitionProvider?.getDefinition(document, at);
    await lsp.ReferencesProvider?.findReferences(document, { ...at, context: { includeDeclaration: true } });
    await lsp.DocumentHighlightProvider?.getDocumentHighlight(document, at);
    await lsp.CodeActionProvider?.getCodeActions(document, { ...only, range, context: { diagnostics: [] } });
    await lsp.InlayHintProvider?.getInlayHints(document, { ...only, range });
    await lsp.CodeLensProvider?.provideCodeLens(document, only);
    await lsp.DocumentSymbolProvider?.getSymbols(document, only);
    await lsp.FoldingRangeProvider?.getFoldingRanges(document, only);
    await lsp.DocumentLinkProvider?.getDocumentLinks(document, only);
    await lsp.SemanticTokenProvider?.semanticHighlight(document, only);
    await lsp.Formatter?.formatDocument(document, { ...only, options });
    const [called] = (await lsp.CallHierarchyProvider?.prepareCallHierarchy(document, at)) ?? [];
    if (called) {
      await lsp.CallHierarchyProvider?.incomingCalls({ item: called });
      await lsp.CallHierarchyProvider?.outgoingCalls({ item: called });
    }
    const [typed] = (await lsp.TypeHierarchyProvider?.prepareTypeHierarchy(document, at)) ?? [];
    if (typed) await lsp.TypeHierarchyProvider?.subtypes({ item: typed });
    selectionRange(document, position);
  };

  const stillAnswers = async (): Promise<void> => {
    const document = LangiumDocuments.getDocument(good);
    const answer =
      document &&
      (await Loom.lsp.HoverProvider?.getHoverContent(document, {
        textDocument: { uri: good.toString() },
        position: { line: 2, character: 13 },
      }));
    if (!JSON.stringify(answer ?? '').includes('cell Np extends Lstm'))
      throw new Error(`The server no longer answers as before: ${JSON.stringify(answer)}`);
  };

  return {
    async examine(text, seed, index) {
      const random = randomStream(seed, 'positions', index);
      const document = await build(text, uri);
      for (const { code, message } of document.diagnostics ?? []) {
        if (!isCode(code))
          throw new Error(`A finding has no code of the catalogue: ${JSON.stringify(message)}`);
        if (
          code === 'check.failed' ||
          /internal|undefined|\[object/i.test(String(message).replace(/"[^"]*"/g, ''))
        )
          throw new Error(`${code}: ${JSON.stringify(message)}`);
      }
      await ask(document, random);
      await stillAnswers();
    },
  };
}
