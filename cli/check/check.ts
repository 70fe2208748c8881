import { checkFiles, readArchitecture } from '../project.ts';
import { diagnosticText } from '../terminal/diagnostics.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import { styleOf } from '../terminal/style.ts';

/** `memloom check`: prints diagnostics with both sides and the way to mend them, as lines or as one JSON array. */
export async function check(files: readonly string[], json: boolean): Promise<number> {
  const unreadable = files.map(readArchitecture).flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (unreadable.length > 0) return refuse(unreadable);
  const diagnostics = await checkFiles(files);
  if (json) {
    const items = diagnostics.map(({ file, range, severity, code, message, mend, related }) => ({
      file: displayPath(file),
      range,
      severity,
      code,
      message,
      mend,
      related: related.map((other) => ({ ...other, file: displayPath(other.file) })),
    }));
    process.stdout.write(`${JSON.stringify(items)}\n`);
  } else {
    const style = styleOf(process.stdout);
    for (const diagnostic of diagnostics) process.stdout.write(`${diagnosticText(diagnostic, style)}\n`);
  }
  return diagnostics.some(({ severity }) => severity === 'error') ? exitCode.negative : exitCode.success;
}
