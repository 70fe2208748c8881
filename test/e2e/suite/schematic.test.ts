import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';
import { eventually, extension, fileUri, next } from './workspace.ts';

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
    let marked: readonly string[] = [];
    const watching = api.onDidDrawSchematic((drawn) => {
      marked = drawn.marked;
    });
    const moveTo = (place: vscode.Position) => {
      editor.selection = new vscode.Selection(place, place);
      return new Promise((resolve) => setTimeout(resolve, 200));
    };
    // A cursor that is where it is put already tells nobody.
    await eventually('the layer is marked', async () => {
      await moveTo(new vscode.Position(0, 0));
      await moveTo(at);
      return marked.length > 0 ? marked : undefined;
    });
    watching.dispose();
    assert.deepEqual(marked, ['rnn']);
  });

  it('follows the text as it is edited', async () => {
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const at = editor.document.positionAt(editor.document.getText().indexOf('y = dense'));
    const redrawn = next(api.onDidDrawSchematic, ({ boxes }) => boxes === 12);
    await editor.edit((edit) => edit.insert(at, 'more = dense(rnn, units = 2)\n  '));
    await redrawn;
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
