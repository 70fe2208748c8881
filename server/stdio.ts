import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { dataReader, libraryFolder, pagesFolder } from '@memloom/language/node';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './create-server.ts';

/**
 * Serves over standard input and output to an editor that opens real files only: names of the standard library lead
 * to its folder on disk, where the host has one. The connection ends the process.
 */
export function serveStdio(): void {
  startServer(createConnection(ProposedFeatures.all, process.stdin, process.stdout), {
    ...NodeFileSystem,
    libraryRoot: libraryFolder(),
    readData: dataReader(),
    pages: pagesFolder(dirname(process.argv[1] ?? '')),
    fileExists: (uri) => uri.scheme !== 'file' || existsSync(uri.fsPath),
  });
}
