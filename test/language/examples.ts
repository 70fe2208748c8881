import { readdirSync } from 'node:fs';

const folder = new URL('./corpus/examples/', import.meta.url);

/** Codes of the catalogue that have an example: a text that brings the finding about, and the same text mended. */
export const exampleCodes: readonly string[] = readdirSync(folder)
  .map((name) => name.replace(/\.loom$/, ''))
  .sort();

export const examplePath = (code: string): URL => new URL(`${code}.loom`, folder);

const separator = /^\/\/ ---- mended\n/m;

export const wrongPart = (text: string): string => text.split(separator)[0];
export const mendedPart = (text: string): string => text.split(separator)[1] ?? '';

/** The files of one corpus text: `// ==== NAME` begins another, the first is `main.loom`. */
export function filesOf(text: string): Record<string, string> {
  const [main, ...others] = text.split(/^\/\/ ==== /m);
  const rest = others.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]);
  return { 'main.loom': main, ...Object.fromEntries(rest) };
}
