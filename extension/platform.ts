import type * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { StartWorker } from './simulation/handle.ts';

/** What differs between VS Code on a computer and in a browser. */
export interface Platform {
  /**
   * Starts the language server at once, and gives what makes a client of it: loading that takes longer than all else, so
   * that the server starts meanwhile.
   */
  startServer(
    context: vscode.ExtensionContext,
  ): (options: LanguageClientOptions) => Promise<BaseLanguageClient>;
  /** Activates what one of them alone has. */
  activateOwn(context: vscode.ExtensionContext): void;
  /** Bytes of memory that a run may take; undefined where the host does not say. */
  readonly memory: number | undefined;
  /** Starts simulation workers. */
  simulation(context: vscode.ExtensionContext): StartWorker;
}
