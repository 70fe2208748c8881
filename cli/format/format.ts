import { basename, dirname } from 'node:path';
import { failure, type Outcome, type Problem } from '@memloom/sim-core';
import { checkFiles, formatText, readArchitecture } from '../project.ts';
import { writeFiles } from '../result/output-folder.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';

/** A file that is not in the common form, and what it should say. */
interface Untidy {
  readonly file: string;
  readonly tidy: string;
}

/** `memloom fmt`: rewrites files in the common form, or lists those that are not. Nothing is written if one cannot be. */
export async function format(files: readonly string[], checkOnly: boolean): Promise<number> {
  const untidy: Untidy[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = readLossless(file);
    const tidy = text.ok ? await formatText(text.value) : text;
    if (!tidy.ok) problems.push(...(text.ok ? await syntaxErrors(file) : tidy.problems));
    else if (text.ok && tidy.value !== text.value) untidy.push({ file, tidy: tidy.value });
  }
  if (problems.length > 0) return refuse(problems);
  if (checkOnly) {
    for (const { file } of untidy) process.stdout.write(`${displayPath(file)}\n`);
    return untidy.length > 0 ? exitCode.negative : exitCode.success;
  }
  for (const { file, tidy } of untidy) {
    const written = await writeFiles(dirname(file), [{ name: basename(file), content: [tidy] }]);
    if (!written.ok) return refuse(written.problems);
  }
  return exitCode.success;
}

/** A text that can be written back: characters that were not in UTF-8 would be lost. */
function readLossless(file: string): Outcome<string> {
  const text = readArchitecture(file);
  const undecoded = text.ok ? text.value.indexOf('\uFFFD') : -1;
  if (!text.ok || undecoded < 0) return text;
  const line = text.value.slice(0, undecoded).split('\n').length;
  return failure({
    code: 'file.encoding',
    message: `${displayPath(file)} is no text in UTF-8 and is left as it is.`,
    hint: 'Save it as plain text in UTF-8.',
    data: { file, line },
  });
}

/** The places of what a text that does not parse has wrong. */
async function syntaxErrors(file: string): Promise<readonly Problem[]> {
  const diagnostics = await checkFiles([file]);
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, range, file: uri }) => ({ code, message, origin: { file: uri, ...range } }));
}
