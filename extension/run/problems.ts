import type { Problem } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { ExperimentPlace } from './choose.ts';

/** Shows why a run failed: as a message with a way to the place, and as a diagnostic at the place. */
export interface ProblemReporter {
  show(place: ExperimentPlace, problems: readonly Problem[]): void;
  clear(): void;
}

export function problemReporter(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): ProblemReporter {
  const diagnostics = vscode.languages.createDiagnosticCollection('memloom run');
  const clearEdited = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) diagnostics.delete(document.uri);
  });
  context.subscriptions.push(diagnostics, clearEdited);
  return {
    clear: () => diagnostics.clear(),
    show: (place, problems) => {
      for (const problem of problems) log.error(`${place.experiment}: ${problem.code}: ${explain(problem)}`);
      diagnostics.clear();
      for (const [file, group] of groupByFile(problems)) {
        const uri = vscode.Uri.parse(file);
        // What the language server has marked already needs no second mark.
        const marked = new Set(vscode.languages.getDiagnostics(uri).map(({ message }) => message));
        const unmarked = group.filter(({ message }) => !marked.has(message));
        diagnostics.set(uri, unmarked.map(diagnosticOf));
      }
      void showMessage(place, problems);
    },
  };
}

async function showMessage({ experiment }: ExperimentPlace, problems: readonly Problem[]): Promise<void> {
  const [first] = problems;
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const show = 'Show in File';
  const place = targetOf(first);
  const text = `${experiment}: ${explain(first)}${rest}`;
  const chosen = await vscode.window.showErrorMessage(
    text,
    ...(place === undefined ? [] : [show]),
    'Show Log',
  );
  if (chosen === 'Show Log') await vscode.commands.executeCommand('memloom.showLog');
  if (chosen === show && place !== undefined)
    await vscode.window.showTextDocument(place.uri, { selection: place.range });
}

/** Where a problem is to be seen: in the data file where it lies there, otherwise in the architecture. */
function targetOf({ data, origin }: Problem): { uri: vscode.Uri; range: vscode.Range } | undefined {
  if (data?.line !== undefined) {
    const at = new vscode.Position(data.line - 1, (data.column ?? 1) - 1);
    return { uri: vscode.Uri.parse(data.file), range: new vscode.Range(at, at) };
  }
  return origin && { uri: vscode.Uri.parse(origin.file), range: rangeOf(origin) };
}

function groupByFile(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const file = problem.origin?.file;
    if (file !== undefined) groups.set(file, [...(groups.get(file) ?? []), problem]);
  }
  return groups;
}

function diagnosticOf(problem: Problem): vscode.Diagnostic {
  const range = problem.origin ? rangeOf(problem.origin) : new vscode.Range(0, 0, 0, 0);
  const diagnostic = new vscode.Diagnostic(range, explain(problem), vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'memloom run';
  diagnostic.code = problem.code;
  return diagnostic;
}

const rangeOf = ({ start, end }: NonNullable<Problem['origin']>) =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** A problem in words. Data files are named by their URIs in a design, and by their paths to a reader. */
function explain({ message, hint, data }: Problem): string {
  const text = hint === undefined ? message : `${message} ${hint}`;
  if (data === undefined) return text;
  return text.replaceAll(data.file, vscode.workspace.asRelativePath(vscode.Uri.parse(data.file)));
}
