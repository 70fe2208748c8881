// Runs within the extension host of a real workbench: what it takes to be active, and from an edit to a drawn plot.
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { MemloomApi } from '../../extension/main.ts';
import { ElaborateRequest } from '../../server/protocol.ts';

const edits = 25;

/** Called by the test host; writes milliseconds as JSON to the file that the environment names. */
export async function run(): Promise<void> {
  const found = vscode.extensions.getExtension<MemloomApi>('memloom.memloom-vscode');
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!found || !folder) throw new Error('The benchmark needs the extension and a folder.');
  // The host's own extensions start in the same process; they come to rest first.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  // The server is started on the way; what else the machine does costs no processor time of this process.
  const before = process.cpuUsage();
  const api = await found.activate();
  const { user, system } = process.cpuUsage(before);
  const activation = (user + system) / 1000;
  const file = vscode.Uri.joinPath(folder.uri, 'airline.loom');
  await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
  await api.server.request(ElaborateRequest, { uri: file.toString() });
  const ended = next(api.onDidEndRun);
  await vscode.commands.executeCommand('memloom.run', file.toString(), 'forecast');
  if ((await ended).outcome !== 'done') throw new Error('The example did not run.');
  let revision = 0;
  api.onDidDrawWaveforms((drawn) => {
    revision = drawn.revision;
  });
  const shown = next(api.onDidDrawWaveforms, (drawn) => drawn.revision > 0);
  await vscode.commands.executeCommand('memloom.showWaveforms');
  await shown;
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = revision;
    const drawn = next(api.onDidDrawWaveforms, (draw) => draw.revision > before);
    const at = performance.now();
    await replace(file, /programming = [^)]*\)/, `programming = gaussian(${3 + edit} %)`);
    await drawn;
    times.push(performance.now() - at);
  }
  writeFileSync(process.env.MEMLOOM_FIGURES ?? '', JSON.stringify({ activation, edits: times }));
}

async function replace(file: vscode.Uri, what: RegExp, by: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const match = what.exec(document.getText());
  if (match === null) throw new Error(`${what} is not in the text.`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    file,
    new vscode.Range(document.positionAt(match.index), document.positionAt(match.index + match[0].length)),
    by,
  );
  await vscode.workspace.applyEdit(edit);
}

const next = <T>(event: vscode.Event<T>, fits: (value: T) => boolean = () => true): Promise<T> =>
  new Promise((resolve) => {
    const watching = event((value) => {
      if (!fits(value)) return;
      watching.dispose();
      resolve(value);
    });
  });
