import { ReadFileRequest, ReadFolderRequest } from '@memloom/server/protocol';
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Reads files for a server that has no file system of its own: those of the workspace, wherever it lies. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(ReadFileRequest.method, async ({ uri }: { uri: string }) => {
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
    } catch {
      // What is not there is an answer like any other.
      return null;
    }
  });
  client.onRequest(ReadFolderRequest.method, async ({ uri }: { uri: string }) => {
    try {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
      return entries.map(([name, type]) => ({ name, folder: (type & vscode.FileType.Directory) !== 0 }));
    } catch {
      return null;
    }
  });
}
