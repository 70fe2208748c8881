import { Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { Platform } from '../platform.ts';
import { answerFileRequests } from './files.ts';

/** The language server as a web worker, which reads files through the editor. */
export const startServerWorker: Platform['startServer'] = (context) => {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'web', 'server-worker.js').toString(true);
  let started: Worker | undefined = new Worker(script);
  let running: Worker | undefined;
  const take = async () => {
    const worker = started ?? new Worker(script);
    started = undefined;
    // A server that is stopped only falls silent.
    running?.terminate();
    running = worker;
    // Said outright, since the host's own workers are no instances of the class of that name.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return async (options) => {
    const client = new LanguageClient('memloom', 'Memloom', take, options);
    answerFileRequests(client);
    return client;
  };
};
