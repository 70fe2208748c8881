// The language server as a web worker.
import { EmptyFileSystem } from 'langium';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './create-server.ts';

// The worker's own global scope; its type is in a library that excludes the DOM's.
const scope = globalThis as unknown as Worker;
startServer(
  createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)),
  EmptyFileSystem,
);
