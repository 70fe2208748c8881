import { checkFiles, readArchitecture } from '../project.ts';
import { diagnosticLine } from '../terminal/diagnostics.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import { styleOf } from '../terminal/style.ts';

/** `memloom check`: prints diagnostics, as lines or as one JSON array. */
export async function check(files: readonly string[], json: boolean): Promise<number> {
  const unreadable = files.map(readArchitecture).flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (unreadable.length > 0) return refuse(unreadable);
  const diagnostics = await checkFiles(files);
  if (json) {
    const items = diagnostics.map(({ file, range, severity, code, message }) => ({
      file: displayPath(file),
      range,
      severity,
      code,
      message,
    }));
    process.stdout.write(`${JSON.stringify(items)}\n`);
  } else {
    const style = styleOf(process.stdout);
    for (const diagnostic of diagnostics) process.stdout.write(`${diagnosticLine(diagnostic, style)}\n`);
  }
  return diagnostics.some(({ severity }) => severity === 'error') ? exitCode.negative : exitCode.success;
}
