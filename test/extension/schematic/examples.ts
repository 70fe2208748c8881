import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Design } from '@memloom/sim-core';
import { NodeFileSystem } from 'langium/node';
import { openProject } from '../../../language/project.ts';

const folder = fileURLToPath(new URL('../../../examples', import.meta.url));

/** The design of every text of the examples; data that must be fetched first count as there. */
export async function exampleDesigns(): Promise<
  readonly { readonly name: string; readonly design: Design }[]
> {
  const project = await openProject({
    files: NodeFileSystem.fileSystemProvider(),
    fileExists: (uri) => !uri.path.endsWith('.loom') || existsSync(uri.fsPath),
  });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.loom'),
  );
  const designs: { readonly name: string; readonly design: Design }[] = [];
  for (const name of names) {
    const outcome = await project.elaborateFile(pathToFileURL(`${folder}/${name}`).toString());
    if (!outcome.ok) throw new Error(outcome.problems[0].message);
    designs.push({ name, design: outcome.value });
  }
  return designs;
}
