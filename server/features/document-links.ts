import type { LoomServices } from '@memloom/language';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver-protocol';
import { filePaths } from './file-paths.ts';

/** Opens what a text imports, and the data and weights that it reads. */
export const documentLinkProvider = (services: LoomServices): DocumentLinkProvider => ({
  getDocumentLinks: (document): DocumentLink[] =>
    filePaths(document, services).map(({ range, target }) => ({ range, target: target.toString() })),
});
