import { ElaborateRequest } from '@memloom/server/protocol';
import * as vscode from 'vscode';
import type { Server } from '../features/language.ts';

/** An experiment of a text. */
export interface ExperimentPlace {
  readonly uri: string;
  readonly experiment: string;
}

/** The arguments of the run command, where they name an experiment, as those of a code lens do. */
export function placeOf(uri: unknown, experiment: unknown): ExperimentPlace | undefined {
  return typeof uri === 'string' && typeof experiment === 'string' ? { uri, experiment } : undefined;
}

/** The experiment of the given or the active text; asks where there are several. */
export async function chooseExperiment(
  server: Server,
  resource: unknown,
): Promise<ExperimentPlace | undefined> {
  const uri = resource instanceof vscode.Uri ? resource : vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void vscode.window.showInformationMessage('Open a .loom file to run an experiment of it.');
    return undefined;
  }
  const { experiments } = await server.request(ElaborateRequest, { uri: uri.toString() });
  if (experiments.length === 0) {
    void vscode.window.showInformationMessage(
      `${vscode.workspace.asRelativePath(uri)} declares no experiment.`,
    );
    return undefined;
  }
  const placeHolder = 'Experiment to run';
  const experiment =
    experiments.length === 1
      ? experiments[0]
      : await vscode.window.showQuickPick(experiments, { placeHolder });
  return experiment === undefined ? undefined : { uri: uri.toString(), experiment };
}
