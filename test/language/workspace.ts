import { openProject, type Project } from '@memloom/language';
import { MemoryFileSystem } from '../../language/workspace/memory-file-system.ts';
import { presentFiles } from './present-files.ts';

const texts: Record<string, string> = {};
/** Data files that are there, by folder; in a folder that is not listed, all are. */
const dataFiles = new Map<string, readonly string[]>();
let folders = 0;

/** One project for all tests of a file: each test puts its texts into a folder of its own. */
const project: Promise<Project> = openProject({
  files: new MemoryFileSystem(texts),
  fileExists(uri) {
    const [folder, name] = splitAt(uri.toString(), uri.toString().lastIndexOf('/'));
    return dataFiles.get(folder)?.includes(name) ?? true;
  },
  readData: (uri) => presentFiles[uri.path.slice(uri.path.lastIndexOf('/') + 1)],
});

const splitAt = (text: string, at: number): readonly [string, string] => [
  text.slice(0, at),
  text.slice(at + 1),
];

/** Texts by file name in a new folder, with the data files that are there (all, where not given). */
export async function workspace(
  files: Readonly<Record<string, string>>,
  data?: readonly string[],
): Promise<{ readonly project: Project; readonly uriOf: (name: string) => string }> {
  const folder = `memory:/folder${++folders}`;
  const uriOf = (name: string) => `${folder}/${name}`;
  for (const [name, text] of Object.entries(files)) texts[uriOf(name)] = text;
  if (data) dataFiles.set(folder, data);
  return { project: await project, uriOf };
}
