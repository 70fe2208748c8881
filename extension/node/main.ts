import type * as vscode from 'vscode';
import { activateOn, type MemloomApi } from '../main.ts';
import { machineMemory } from './memory.ts';
import { startServerProcess } from './server.ts';
import { threadStarter } from './simulation.ts';
import { activateTasks } from './tasks.ts';

/** The extension on a computer. */
export const activate = (context: vscode.ExtensionContext): MemloomApi =>
  activateOn(
    {
      startServer: startServerProcess,
      activateOwn: activateTasks,
      memory: machineMemory(),
      simulation: ({ asAbsolutePath }) => threadStarter(asAbsolutePath('dist/simulation-worker.cjs')),
    },
    context,
  );
