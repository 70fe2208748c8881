import { type ElaborateError, ElaborateRequest } from '@memloom/server/protocol';
import {
  failure,
  type Outcome,
  type Problem,
  type RequiredFile,
  type RunRequest,
  success,
} from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { Server } from '../features/language.ts';
import type { ExperimentPlace } from './choose.ts';

/** All that a run of the experiment needs: its design, and the files that it reads. */
export async function prepareRun(
  context: vscode.ExtensionContext,
  server: Server,
  { uri, experiment }: ExperimentPlace,
): Promise<Outcome<RunRequest>> {
  const { design, errors, files } = await server.request(ElaborateRequest, { uri, experiment });
  if (design === undefined) return failure(...errors.map(problemOf));
  const contents = await Promise.all(files.map(readFile));
  const missing = contents.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (missing.length > 0) return failure(...missing);
  const settings = vscode.workspace.getConfiguration('memloom.run', vscode.Uri.parse(uri));
  return success({
    design,
    experiment,
    files: Object.fromEntries(contents.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))),
    trials: settings.get<number | null>('trials') ?? undefined,
    seed: settings.get<number | null>('seed') ?? undefined,
    families: true,
    version: String(context.extension.packageJSON.version),
  });
}

async function readFile({ name, origin, kind }: RequiredFile): Promise<Outcome<[string, Uint8Array]>> {
  try {
    return success([name, await vscode.workspace.fs.readFile(vscode.Uri.parse(name))]);
  } catch (error) {
    const why =
      error instanceof vscode.FileSystemError && error.code === 'FileNotFound'
        ? 'it does not exist'
        : String(error);
    return failure({
      code: `${kind}.unreadable-file`,
      message: `The file ${vscode.workspace.asRelativePath(vscode.Uri.parse(name))} cannot be read: ${why}.`,
      hint: 'Its name is relative to the folder of the architecture that names it.',
      origin,
    });
  }
}

const problemOf = ({ uri, range, code, message }: ElaborateError): Problem => ({
  code,
  message,
  origin: { file: uri, ...range },
});
