import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';

/** A file of the workspace that the tests are opened on. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'The tests need a workspace folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

export function extension(): vscode.Extension<MemloomApi> {
  const found = vscode.extensions.getExtension<MemloomApi>('memloom.memloom-vscode');
  assert.ok(found, 'The extension is not installed.');
  return found;
}

/** Writes a file of the workspace and opens it. */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
  return vscode.window.showTextDocument(fileUri(name));
}

/** Waits until `condition` gives something; it is asked often, since editors tell late and in their own order. */
export async function eventually<T>(
  what: string,
  condition: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const value = await condition();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`This did not happen within 30 s: ${what}`);
}

/** The next event that fits. */
export function next<T>(event: vscode.Event<T>, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      if (!fits(value)) return;
      subscription.dispose();
      resolve(value);
    });
  });
}

export const errorsOf = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
