import * as vscode from 'vscode';
import { commandWords } from './command-words.ts';

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
  // The editor takes a command with arguments for one word, and would quote `npx memloom` as such.
  const [program, ...words] = commandWords(tool.trim() || 'memloom').map(({ text, quoted }) =>
    quoted ? strong(text) : text,
  );
  const task = new vscode.Task(
    definition,
    folder,
    `${command} ${file}`,
    'memloom',
    new vscode.ShellExecution(program, [...words, command, ...[file, ...args].map(strong)], {
      cwd: folder.uri.fsPath,
    }),
    '$memloom',
  );
  if (command === 'check') task.group = vscode.TaskGroup.Build;
  return task;
}

const strong = (value: string): vscode.ShellQuotedString => ({ value, quoting: vscode.ShellQuoting.Strong });
