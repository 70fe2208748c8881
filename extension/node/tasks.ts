import * as vscode from 'vscode';

/** Subcommands of the terminal tool that are offered for each text. */
const subcommands = ['check', 'run'] as const;
type Subcommand = (typeof subcommands)[number];

/** A task as `tasks.json` names it. */
interface MemloomTask extends vscode.TaskDefinition {
  readonly command: Subcommand;
  /** Relative to the folder of the workspace. */
  readonly file: string;
  /** Further arguments, such as `--trials`. */
  readonly args?: readonly string[];
}

/** Checking and running each text of the workspace by the terminal tool, with its findings among the problems. */
export function activateTasks(context: vscode.ExtensionContext): void {
  const provider: vscode.TaskProvider = {
    provideTasks: async () => {
      const files = await vscode.workspace.findFiles('**/*.loom', '**/node_modules/**');
      return files.flatMap((file) => {
        const folder = vscode.workspace.getWorkspaceFolder(file);
        if (folder === undefined) return [];
        const name = vscode.workspace.asRelativePath(file, false);
        return subcommands.map((command) => taskOf({ type: 'memloom', command, file: name }, folder));
      });
    },
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      return folder && isMemloomTask(definition) ? taskOf(definition, folder) : undefined;
    },
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider('memloom', provider));
}

const isMemloomTask = (definition: vscode.TaskDefinition): definition is MemloomTask =>
  subcommands.includes(definition.command) && typeof definition.file === 'string';

function taskOf(definition: MemloomTask, folder: vscode.WorkspaceFolder): vscode.Task {
  const { command, file, args = [] } = definition;
  const tool = vscode.workspace.getConfiguration('memloom', folder.uri).get('tasks.tool', 'memloom');
  const quoted = [file, ...args].map((value) => ({ value, quoting: vscode.ShellQuoting.Strong }));
  const task = new vscode.Task(
    definition,
    folder,
    `${command} ${file}`,
    'memloom',
    // The tool may be several words, such as `npx memloom`, which the shell takes apart.
    new vscode.ShellExecution(tool, [command, ...quoted], { cwd: folder.uri.fsPath }),
    '$memloom',
  );
  if (command === 'check') task.group = vscode.TaskGroup.Build;
  return task;
}
