// The language server as a Node process: over IPC for VS Code, over standard input and output with `--stdio`.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataReader, pagesFolder } from '@memloom/language/node';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './create-server.ts';

startServer(createConnection(ProposedFeatures.all), {
  ...NodeFileSystem,
  readData: dataReader(),
  pages: pagesFolder(dirname(process.argv[1] ?? '')),
  fileExists: (uri) => uri.scheme !== 'file' || existsSync(uri.fsPath),
});
