import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Design,
  type ExperimentDesign,
  failure,
  type Outcome,
  type Problem,
  type RequiredFile,
  requiredFiles,
  success,
} from '@memloom/sim-core';
import { systemReason } from '../result/system-error.ts';
import { displayPath } from '../terminal/problems.ts';

/** The files that an experiment reads, by the name that the design gives them. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Reads what an experiment needs. Names are relative to the text that names them. */
export function readFiles(design: Design, experiment: ExperimentDesign, file: string): Outcome<Files> {
  const problems: Problem[] = [];
  const files: Record<string, Uint8Array> = {};
  for (const required of requiredFiles(design, experiment)) {
    const path = pathOf(required, file);
    try {
      if (statSync(path).isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' });
      files[required.name] = new Uint8Array(readFileSync(path));
    } catch (error) {
      problems.push({
        code: `${required.kind}.unreadable`,
        message: `${displayPath(path)} cannot be read: ${systemReason(error)}.`,
        hint: `"${required.name}" is looked for relative to the file that names it.`,
        origin: required.origin,
      });
    }
  }
  return problems.length > 0 ? failure(...problems) : success(files);
}

/** Where a file of the design is; `file` is the architecture itself. */
export function pathOf({ name, origin }: Pick<RequiredFile, 'name' | 'origin'>, file: string): string {
  const text = origin?.file.startsWith('file:') ? fileURLToPath(origin.file) : resolve(file);
  return resolve(dirname(text), name);
}
