import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, extension, fileUri, openText } from './workspace.ts';

describe('Activation', () => {
  it('does not happen with a workspace that holds .loom files, nor with a file of another language', async () => {
    await openText('notes.txt', 'experiment forecast {}');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(extension().isActive, false);
  });

  it('happens when a .loom file is opened', async () => {
    const editor = await vscode.window.showTextDocument(fileUri('airline/airline.loom'));
    assert.equal(editor.document.languageId, 'loom');
    await eventually('the extension is active', () => extension().isActive || undefined);
  });
});
