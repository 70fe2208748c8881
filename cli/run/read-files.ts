import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type Design,
  type ExperimentDesign,
  failure,
  type Outcome,
  type Problem,
  requiredFiles,
  success,
} from '@memloom/sim-core';
import { systemReason } from '../result/system-error.ts';
import { displayPath } from '../terminal/place.ts';

/** The files that an experiment reads, by the name that the design gives them. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Reads what an experiment of a portable design needs. */
export function readFiles(
  design: Design,
  experiment: ExperimentDesign,
  architecture: string,
): Outcome<Files> {
  const problems: Problem[] = [];
  const files: Record<string, Uint8Array> = {};
  for (const { name, kind, origin } of requiredFiles(design, experiment)) {
    const path = pathOf(name, architecture);
    try {
      files[name] = new Uint8Array(readFileSync(path));
    } catch (error) {
      const message = `${displayPath(path)} cannot be read: ${systemReason(error)}.`;
      problems.push({ code: `${kind}.unreadable`, message, origin });
    }
  }
  return problems.length > 0 ? failure(...problems) : success(files);
}

/** Problems with the paths of their data files in place of the names that the design has for them. */
export const withPaths = (problems: readonly Problem[], architecture: string): readonly Problem[] =>
  problems.map((problem) =>
    problem.data
      ? { ...problem, data: { ...problem.data, file: pathOf(problem.data.file, architecture) } }
      : problem,
  );

const pathOf = (name: string, architecture: string): string => resolve(dirname(architecture), name);
