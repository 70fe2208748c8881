import { type ChildProcess, fork } from 'node:child_process';
import type { Platform } from '../platform.ts';

/** The language server as a process of its own, spoken to over IPC. */
export const startServerProcess: Platform['startServer'] = (context) => {
  const start = () => fork(context.asAbsolutePath('dist/server.cjs'), ['--node-ipc'], { execArgv: [] });
  let started: ChildProcess | undefined = start();
  // A server that ends before it was needed is started anew.
  started.once('exit', () => {
    started = undefined;
  });
  const take = () => {
    const process = started ?? start();
    started = undefined;
    return process;
  };
  return async (options) => {
    // A bundle of its own, loaded once the rest of the extension is there.
    const { connect } = await import('./client.ts');
    return connect(take, options);
  };
};
