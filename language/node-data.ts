import { readFileSync, statSync } from 'node:fs';
import type { URI } from 'vscode-uri';

/** Files beyond this are not read while a text is being checked; a run reads them. */
const largestFile = 4 * 2 ** 20;
const mostFiles = 16;

/** Reads data files for checks, each again only when it has changed. */
export function dataReader(): (uri: URI) => Uint8Array | undefined {
  const kept = new Map<string, { readonly stamp: string; readonly bytes: Uint8Array }>();
  return (uri) => {
    if (uri.scheme !== 'file') return undefined;
    const path = uri.fsPath;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > largestFile) return undefined;
    const stamp = `${stats.mtimeMs} ${stats.size}`;
    const known = kept.get(path);
    if (known?.stamp === stamp) return known.bytes;
    const bytes = bytesOf(path);
    kept.delete(path);
    if (bytes) kept.set(path, { stamp, bytes });
    for (const oldest of kept.keys()) if (kept.size > mostFiles) kept.delete(oldest);
    return bytes;
  };
}

/** A file that is not readable is one that the run will report. */
function bytesOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
