// The language server as a web worker, which reads files through its client.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientFiles } from './client-files.ts';
import { startServer } from './create-server.ts';

// The worker's own global scope; its type is in a library that excludes the DOM's.
const scope = globalThis as unknown as Worker;
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
const files = clientFiles(connection);
startServer(connection, { ...files, fileSystemProvider: () => files.provider }, files);
