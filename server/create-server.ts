import { createLoomServices, type LoomContext, type LoomFeatures } from '@memloom/language';
import { DocumentState } from 'langium';
import { type ServiceRequirements, startLanguageServer } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import type { ClientFiles } from './client-files.ts';
import { allowRefusals } from './client-requests.ts';
import { LoomConfigurationProvider } from './configuration.ts';
import { LoomDocumentUpdateHandler } from './document-updates.ts';
import { callHierarchyProvider } from './features/call-hierarchy.ts';
import { codeActionProvider } from './features/code-actions.ts';
import { codeLensProvider } from './features/code-lens.ts';
import { LoomCompletionProvider } from './features/completion.ts';
import { watchDataFiles } from './features/data-files.ts';
import { declarationProvider } from './features/declaration.ts';
import { documentLinkProvider } from './features/document-links.ts';
import { LoomDocumentSymbolProvider } from './features/document-symbols.ts';
import { answerElaborate } from './features/elaborate.ts';
import { fileOperationHandler } from './features/file-operations.ts';
import { foldingRangeProvider } from './features/folding.ts';
import { hoverProvider } from './features/hover.ts';
import { inlayHintProvider } from './features/inlay-hints.ts';
import { nodeKindProvider } from './features/node-kinds.ts';
import { documentHighlightProvider, referencesProvider } from './features/references.ts';
import { renameProvider } from './features/rename.ts';
import { answerSelectionRanges } from './features/selection-ranges.ts';
import { LoomSemanticTokenProvider } from './features/semantic-tokens.ts';
import { signatureHelpProvider } from './features/signature-help.ts';
import { answerStandardSource } from './features/standard-source.ts';
import { typeHierarchyProvider } from './features/type-hierarchy.ts';
import { answerWatches } from './features/watch.ts';
import { LoomLanguageServer } from './language-server.ts';
import { SettingsStore } from './settings.ts';
import { TextVersions } from './versions.ts';

/** What the server adds to the language; linking, checking and formatting come with the language. */
export const features = (settings: SettingsStore): LoomFeatures => ({
  shared: {
    lsp: {
      DocumentUpdateHandler: (services) => new LoomDocumentUpdateHandler(services),
      FileOperationHandler: fileOperationHandler,
      LanguageServer: (services) => new LoomLanguageServer(services),
      NodeKindProvider: () => nodeKindProvider,
    },
    workspace: {
      ConfigurationProvider: (services) => new LoomConfigurationProvider(services, settings),
    },
  },
  language: {
    lsp: {
      CallHierarchyProvider: callHierarchyProvider,
      CodeActionProvider: codeActionProvider,
      CodeLensProvider: (services) => codeLensProvider(services, () => settings.current),
      CompletionProvider: (services) => new LoomCompletionProvider(services),
      DeclarationProvider: declarationProvider,
      DocumentHighlightProvider: documentHighlightProvider,
      DocumentLinkProvider: documentLinkProvider,
      DocumentSymbolProvider: (services) => new LoomDocumentSymbolProvider(services),
      FoldingRangeProvider: () => foldingRangeProvider,
      HoverProvider: hoverProvider,
      InlayHintProvider: (services) => inlayHintProvider(services, () => settings.current),
      ReferencesProvider: referencesProvider,
      RenameProvider: renameProvider,
      SemanticTokenProvider: (services) => new LoomSemanticTokenProvider(services),
      SignatureHelp: signatureHelpProvider,
      TypeHierarchyProvider: typeHierarchyProvider,
    },
  },
});

/** What these answer follows from the checks, so they wait for them. */
const serviceRequirements: Partial<ServiceRequirements> = {
  CodeActionProvider: DocumentState.Validated,
  CodeLensProvider: DocumentState.Validated,
  InlayHintProvider: DocumentState.Validated,
};

/** Serves the language over a connection. It checks and elaborates; it never simulates. */
export function startServer(connection: Connection, context: LoomContext, files?: ClientFiles): void {
  const settings = new SettingsStore();
  const versions = new TextVersions();
  const named = versions.name(allowRefusals(connection));
  const { shared, Loom } = createLoomServices({ ...context, connection: named }, features(settings));
  versions.follow(shared);
  answerElaborate(connection, shared, Loom);
  answerSelectionRanges(connection, shared);
  answerStandardSource(connection, Loom);
  answerWatches(connection, shared);
  watchDataFiles(shared, files);
  startLanguageServer(shared, serviceRequirements);
}
