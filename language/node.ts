import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeFileSystem } from 'langium/node';
import { URI } from 'vscode-uri';
import { openProject, type Project } from './project.ts';

/** The folder of the standard library beside this module, where there is one: a bundle has it only when it was copied along. */
export function libraryFolder(): URI | undefined {
  const folder = fileURLToPath(new URL('./std', import.meta.url));
  return existsSync(folder) ? URI.file(folder) : undefined;
}

/** The folder of the pages about diagnostics: in the repository, or beside a bundle that they were copied along with. */
export function pagesFolder(): URI | undefined {
  const folders = ['./docs/diagnostics', '../docs/diagnostics'];
  const folder = folders.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  return folder === undefined ? undefined : URI.file(folder);
}

/** A project over the files of this machine. */
export function openNodeProject(): Promise<Project> {
  return openProject({
    files: NodeFileSystem.fileSystemProvider(),
    libraryRoot: libraryFolder(),
    pages: pagesFolder(),
    fileExists: (uri) => uri.scheme !== 'file' || existsSync(uri.fsPath),
  });
}
