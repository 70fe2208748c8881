import type { DatasetDesign } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';

/** Bytes of each data file by its name in the design. */
export type DataFiles = Readonly<Record<string, Uint8Array>>;

/** The bytes of `name`, or a problem: the host could not read the file. */
export function fileOf(files: DataFiles, name: string, dataset: DatasetDesign): Outcome<Uint8Array> {
  if (Object.hasOwn(files, name)) return success(files[name]);
  return failure({
    code: 'data.missing-file',
    message: `The data file "${name}" of dataset "${dataset.name}" was not found.`,
    hint: 'Data files are looked for beside the architecture file.',
    data: { file: name },
  });
}
