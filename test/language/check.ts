import type { Diagnostic } from '@memloom/language';
import { workspace } from './workspace.ts';

/**
 * A text with what is expected of it written into it. A comment line of the form `//   ^^^ error CODE: MESSAGE`
 * expects a finding in the line above, at the columns of the carets; `// error CODE: MESSAGE` expects one anywhere in
 * the line above, `// ^^^ error CODE` leaves the message open.
 */
export interface Checked {
  /** The text with the annotations that the findings ask for in place of its own. */
  readonly actual: string;
  readonly diagnostics: readonly Diagnostic[];
}

const annotation = /^\s*\/\/[ \t]*\^+ (error|warning|information) [a-z]\S*?(:.*)?$/i;

export const isAnnotation = (line: string): boolean => annotation.test(line);

/** Files of one folder; the first is the one that is checked. */
export async function check(
  files: Readonly<Record<string, string>>,
  data?: readonly string[],
): Promise<Checked> {
  const [first] = Object.keys(files);
  const text = withoutAnnotations(files[first]);
  const { project, uriOf } = await workspace({ ...files, [first]: text }, data);
  const diagnostics = await project.checkFile(uriOf(first));
  const own = diagnostics.filter(({ file }) => file === uriOf(first));
  return { actual: annotate(text, own), diagnostics };
}

const withoutAnnotations = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !isAnnotation(line))
    .join('\n');

function annotate(text: string, diagnostics: readonly Diagnostic[]): string {
  return text
    .split('\n')
    .flatMap((line, index) => [
      line,
      ...diagnostics
        .filter(({ range }) => range.start.line === index)
        .sort((a, b) => a.range.start.character - b.range.start.character || (a.message < b.message ? -1 : 1))
        .map((diagnostic) => annotationOf(diagnostic, line)),
    ])
    .join('\n');
}

/** Carets below the characters concerned, up to the line's end where more than one line is. */
function annotationOf({ range, severity, code, message }: Diagnostic, line: string): string {
  const { start, end } = range;
  const length = Math.max(1, (end.line === start.line ? end.character : line.length) - start.character);
  const carets = '^'.repeat(length);
  const lead = start.character >= 2 ? `//${' '.repeat(start.character - 2)}` : `//${' '}`;
  return `${lead}${carets} ${severity} ${code}: ${message.replaceAll('\n', ' ')}`;
}
