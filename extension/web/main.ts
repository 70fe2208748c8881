import * as vscode from 'vscode';
import { activateOn, type MemloomApi } from '../main.ts';
import { startServerWorker } from './server.ts';
import { webWorkerStarter } from './simulation.ts';

/** The extension in a browser. */
export const activate = (context: vscode.ExtensionContext): MemloomApi =>
  activateOn(
    {
      startServer: startServerWorker,
      activateOwn: () => {},
      memory: undefined,
      simulation: ({ extensionUri }) =>
        webWorkerStarter(
          vscode.Uri.joinPath(extensionUri, 'dist', 'web', 'simulation-worker.js').toString(true),
        ),
    },
    context,
  );
