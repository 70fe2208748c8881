import * as vscode from 'vscode';
import { type Template, templates } from '../templates/templates.ts';

/** What a newcomer meets first: templates, the walkthrough. */
export function activateBegin(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('memloom.newArchitecture', newArchitecture),
    vscode.commands.registerCommand('memloom.openWalkthrough', () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#memloom.begin`,
        false,
      ),
    ),
  );
}

/** Writes a template into the folder, where nothing of its names may stand, and opens it. */
async function newArchitecture(): Promise<void> {
  const items = templates.map((template) => ({
    label: template.name,
    description: template.description,
    template,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'What to begin with' });
  if (chosen === undefined) return;
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const taken = await takenNames(folder, chosen.template);
  if (taken.length > 0) {
    void vscode.window.showErrorMessage(`${taken.join(' and ')} is there already and is left as it is.`);
    return;
  }
  const files = Object.entries(chosen.template.files);
  for (const [name, text] of files)
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, files[0][0]));
}

/** The folder of the workspace; asks where there is none or there are several. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0].uri;
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel: 'Begin Here' };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function takenNames(folder: vscode.Uri, { files }: Template): Promise<readonly string[]> {
  const present = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  return Object.keys(files).filter((name) => present.has(name));
}
