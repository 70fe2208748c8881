import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Diagnostic, openTexts } from '@memloom/language';
import { libraryFolder, openNodeProject } from '@memloom/language/node';
import { type BlockDesign, type Design, failure, type Outcome, success } from '@memloom/sim-core';
import { systemReason } from './result/system-error.ts';
import type { Override } from './run/options.ts';
import { displayPath } from './terminal/place.ts';

/** The text of an architecture, or why there is none. */
export function readArchitecture(file: string): Outcome<string> {
  try {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.loom')) return success(text);
    const message = `${displayPath(file)} is no architecture: its name does not end in .loom.`;
    return failure({ code: 'file.name', message });
  } catch (error) {
    const message = `${displayPath(file)} cannot be read: ${systemReason(error)}.`;
    return failure({ code: 'file.unreadable', message });
  }
}

/** What is wrong with architectures and what they import, each once. */
export async function checkFiles(files: readonly string[]): Promise<readonly Diagnostic[]> {
  const project = await openNodeProject();
  const found = new Map<string, Diagnostic>();
  for (const file of files) {
    for (const diagnostic of await project.checkFile(uriOf(file)))
      found.set(JSON.stringify(diagnostic), diagnostic);
  }
  return [...found.values()];
}

export interface LoadedDesign {
  readonly design: Design;
  readonly warnings: readonly Diagnostic[];
}

/** The design of an architecture with parameters replaced; fails with what stands in the way. */
export async function loadDesign(
  file: string,
  overrides: readonly Override[],
): Promise<Outcome<LoadedDesign>> {
  const project = await openNodeProject();
  const set = overrides.map(({ path, value }) => `${path}=${value}`);
  const elaborated = await project.elaborateFile(uriOf(file), { set, folder: uriOf('.') });
  if (!elaborated.ok) return elaborated;
  return success({ design: elaborated.value, warnings: elaborated.diagnostics });
}

/** The design of a text that would lie in a file of the current folder. */
export async function loadText(text: string, file: string): Promise<Outcome<Design>> {
  const project = await openTexts({ [uriOf(file)]: text });
  return project.elaborateFile(uriOf(file));
}

/** The blocks of an architecture and its imports; of the standard library's `cmos180` where no file is named. */
export async function loadBlocks(file: string | undefined): Promise<Outcome<readonly BlockDesign[]>> {
  const project = await openNodeProject();
  const uri = file === undefined ? `${libraryFolder()}/cmos180.loom` : uriOf(file);
  const elaborated = await project.elaborateFile(uri);
  return elaborated.ok ? success(elaborated.value.blocks) : elaborated;
}

/** A text in the one common form. */
export async function formatText(text: string): Promise<Outcome<string>> {
  const project = await openNodeProject();
  return project.format(text);
}

const uriOf = (file: string): string => pathToFileURL(file).href;
