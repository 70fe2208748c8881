import { StandardSourceRequest } from '@memloom/server/protocol';
import * as vscode from 'vscode';
import type { Server } from './language.ts';

/** Shows the files of the standard library, which are inside the server's bundle, as read-only texts. */
export function activateStandardLibrary(context: vscode.ExtensionContext, server: Server): void {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri, token) => {
      return server.request(StandardSourceRequest, { uri: uri.toString() }, token);
    },
  };
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider('memloom', provider));
}
