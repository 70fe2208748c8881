import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeFileSystem } from 'langium/node';
import { URI } from 'vscode-uri';
import { dataReader } from './node-data.ts';
import { openProject, type Project } from './project.ts';

export { dataReader };

/** The folder of the standard library beside this module, where there is one: a bundle has it only when it was copied along. */
export function libraryFolder(): URI | undefined {
  const folder = fileURLToPath(new URL('./std', import.meta.url));
  return existsSync(folder) ? URI.file(folder) : undefined;
}

/** The folder of the pages about diagnostics: beside a program's `folder` or above it, as in the repository. */
export function pagesFolder(folder: string): URI | undefined {
  const candidates = ['docs', '../docs', '../../docs'].map((docs) => join(folder, docs, 'diagnostics'));
  const found = candidates.find((candidate) => existsSync(candidate));
  return found === undefined ? undefined : URI.file(found);
}

/** A project over the files of this machine. */
export function openNodeProject(): Promise<Project> {
  return openProject({
    files: NodeFileSystem.fileSystemProvider(),
    libraryRoot: libraryFolder(),
    readData: dataReader(),
    pages: pagesFolder(fileURLToPath(new URL('.', import.meta.url))),
    fileExists: (uri) => uri.scheme !== 'file' || existsSync(uri.fsPath),
  });
}
