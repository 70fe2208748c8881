import { createLoomServices, type LoomContext, type LoomFeatures } from '@memloom/language';
import { startLanguageServer } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { codeActionProvider } from './features/code-actions.ts';
import { codeLensProvider } from './features/code-lens.ts';
import { LoomCompletionProvider } from './features/completion.ts';
import { watchDataFiles } from './features/data-files.ts';
import { declarationProvider } from './features/declaration.ts';
import { documentLinkProvider } from './features/document-links.ts';
import { LoomDocumentSymbolProvider } from './features/document-symbols.ts';
import { answerElaborate } from './features/elaborate.ts';
import { LoomHoverProvider } from './features/hover.ts';
import { nodeKindProvider } from './features/node-kinds.ts';
import { documentHighlightProvider, referencesProvider } from './features/references.ts';
import { renameProvider } from './features/rename.ts';
import { LoomSemanticTokenProvider } from './features/semantic-tokens.ts';
import { signatureHelpProvider } from './features/signature-help.ts';
import { answerStandardSource } from './features/standard-source.ts';
import { LoomLanguageServer } from './language-server.ts';

/** What the server adds to the language; linking, checking, folding and formatting come with the language. */
export const features: LoomFeatures = {
  shared: {
    lsp: {
      LanguageServer: (services) => new LoomLanguageServer(services),
      NodeKindProvider: () => nodeKindProvider,
    },
  },
  language: {
    lsp: {
      CodeActionProvider: codeActionProvider,
      CodeLensProvider: () => codeLensProvider,
      CompletionProvider: (services) => new LoomCompletionProvider(services),
      DeclarationProvider: declarationProvider,
      DocumentHighlightProvider: documentHighlightProvider,
      DocumentLinkProvider: documentLinkProvider,
      DocumentSymbolProvider: (services) => new LoomDocumentSymbolProvider(services),
      HoverProvider: (services) => new LoomHoverProvider(services),
      ReferencesProvider: referencesProvider,
      RenameProvider: renameProvider,
      SemanticTokenProvider: (services) => new LoomSemanticTokenProvider(services),
      SignatureHelp: signatureHelpProvider,
    },
  },
};

/** Serves the language over a connection. It checks and elaborates; it never simulates. */
export function startServer(connection: Connection, context: LoomContext): void {
  const { shared, Loom } = createLoomServices({ ...context, connection }, features);
  answerElaborate(connection, shared, Loom);
  answerStandardSource(connection, Loom);
  watchDataFiles(shared);
  startLanguageServer(shared);
}
