import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../../extension/main.ts';
import { extension, fileUri, next } from './workspace.ts';

/** Waveforms follow the text: each edit is simulated anew, or what is shown is called stale. */
describe('Live simulation', () => {
  let api: MemloomApi;
  let revision = 0;
  let original = '';
  const text = fileUri('airline/airline.loom');

  before(async () => {
    api = await extension().activate();
    api.onDidDrawWaveforms((draw) => {
      revision = draw.revision;
    });
    const editor = await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
    original = editor.document.getText();
    const drawn = next(api.onDidDrawWaveforms, ({ revision }) => revision > 0);
    await vscode.commands.executeCommand('memloom.showWaveforms');
    await drawn;
  });

  afterEach(async () => {
    const { lineCount } = await vscode.workspace.openTextDocument(text);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(text, new vscode.Range(0, 0, lineCount, 0), original);
    await vscode.workspace.applyEdit(edit);
  });

  after(async () => (await vscode.workspace.openTextDocument(text)).save());

  it('draws what the edited text says, and keeps nothing of it', async () => {
    const ended: unknown[] = [];
    const watching = api.onDidEndRun((end) => ended.push(end));
    await edited('levels = 64', 'levels = 16');
    assert.match(title() ?? '', /\(live\)$/);
    await edited('seed 7', 'seed 9');
    assert.match(title() ?? '', /\(live\)$/);
    watching.dispose();
    assert.deepEqual(ended, []);
  });

  it('says that what is shown is stale while the text has errors, and shows the kept run again once it agrees', async () => {
    await edited('levels = 64', 'levels = 16');
    const stale = becomes(/\(stale\)$/);
    await replace('levels = 16', 'levels = 16 V');
    await stale;
    const kept = next(api.onDidDrawWaveforms);
    const current = becomes(/forecast$/);
    await replace('levels = 16 V', 'levels = 64');
    await kept;
    await current;
  });

  it('leaves the curves as they are and marks them where it is switched off', async () => {
    const settings = vscode.workspace.getConfiguration('memloom.live', text);
    await settings.update('enabled', false, vscode.ConfigurationTarget.Workspace);
    const stale = becomes(/\(stale\)$/);
    await replace('levels = 64', 'levels = 16');
    await stale;
    const live = becomes(/\(live\)$/);
    await settings.update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
    await live;
  });

  /** Edits, and waits until what follows from it is drawn. */
  async function edited(what: string, by: string): Promise<void> {
    const before = revision;
    const drawn = next(api.onDidDrawWaveforms, (draw) => draw.revision > before);
    await replace(what, by);
    await drawn;
  }

  async function replace(what: string, by: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(text);
    const at = document.getText().indexOf(what);
    assert.ok(at >= 0, `${what} is in the text`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(text, new vscode.Range(document.positionAt(at), document.positionAt(at + what.length)), by);
    await vscode.workspace.applyEdit(edit);
  }

  const title = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs.map(({ label }) => label))
      .find((label) => label.startsWith('Waveforms: forecast'));

  /** Waits until the title of the view is as wanted. */
  const becomes = (wanted: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!wanted.test(title() ?? '')) return;
        watching.dispose();
        resolve();
      };
      const watching = vscode.window.tabGroups.onDidChangeTabs(look);
    });
});
