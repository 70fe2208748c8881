import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';
import { extension, fileUri, next } from './workspace.ts';

describe('The schematic', () => {
  const uri = fileUri('strict/airline.loom');
  let api: MemloomApi;

  before(async () => {
    api = await extension().activate();
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  });

  it('draws the network of the text with its cell opened', async () => {
    const drawn = next(api.onDidDrawSchematic);
    await vscode.commands.executeCommand('memloom.showSchematic', uri);
    const { boxes, wires } = await drawn;
    // The network, two layers, two memories and six equations.
    assert.equal(boxes, 11);
    assert.ok(wires >= 12, `${wires} wires`);
  });

  it('marks the boxes whose text the cursor is in', async () => {
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const at = editor.document.positionAt(editor.document.getText().indexOf('rnn = Np'));
    const marked = next(api.onDidDrawSchematic, ({ marked: ids }) => ids.length > 0);
    editor.selection = new vscode.Selection(at, at);
    assert.deepEqual((await marked).marked, ['rnn']);
  });

  it('follows the text as it is edited', async () => {
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const start = editor.document.positionAt(editor.document.getText().indexOf('Np(x'));
    const range = new vscode.Range(start, start.translate(0, 2));
    const redrawn = next(api.onDidDrawSchematic, ({ boxes }) => boxes === 8);
    // The gated recurrent unit has one state and four equations.
    await editor.edit((edit) => edit.replace(range, 'Gru'));
    await redrawn;
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
