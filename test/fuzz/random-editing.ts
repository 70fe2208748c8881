import { readFileSync } from 'node:fs';
import { randomStream } from '@memloom/sim-core';
import type { Diagnostic, Position } from 'vscode-languageserver-protocol';
import type { Session } from '../server/session.ts';
import { below, mutated } from './mutate.ts';
import { sources } from './sources.ts';

export interface EditingReport {
  readonly edits: number;
  readonly comparisons: number;
  /** Texts whose diagnostics after the edits are others than after opening them. */
  readonly differences: readonly string[];
  /** The least memory of the server in the last quarter over that in the second: garbage collection makes it jump. */
  readonly growth: number;
}

/** Edits of one comparison: a text is wounded so often, then opened afresh beside itself. */
const run = 20;

/**
 * Edits a text at random through incremental changes, as a typist does: what changes between one text and the next is
 * replaced, the rest stays. Each run begins with a whole text.
 */
export async function randomEditing(
  server: Session,
  { edits, seed }: { readonly edits: number; readonly seed: number },
): Promise<EditingReport> {
  const uri = 'file:///editing/edited.loom';
  const differences: string[] = [];
  let text = '';
  const memory: number[] = [];
  let comparisons = 0;
  await server.open(uri, text);
  for (let edit = 0; edit < edits; edit++) {
    const random = randomStream(seed, 'edit', edit);
    const isWhole = edit % run === 0;
    const next = isWhole
      ? sources[below(sources.length, random)]
      : mutated([text, text, text, sources[below(sources.length, random)]], seed, edit).slice(0, 20_000);
    const found = await server.edit(uri, [difference(text, next)]);
    text = next;
    if (edit % run === run - 1) {
      comparisons++;
      const fresh = `file:///editing/fresh${edit}.loom`;
      const expected = await server.open(fresh, text);
      if (shown(found) !== shown(expected)) differences.push(text);
      await server.closeText(fresh);
    }
    memory.push(residentMemory(server.pid));
  }
  const quarter = Math.floor(edits / 4);
  const least = (from: number) => Math.min(...memory.slice(from, from + quarter));
  return { edits, comparisons, differences, growth: least(3 * quarter) / least(quarter) };
}

/** The one change that makes `next` of `text`: what is between their common beginning and end. */
function difference(text: string, next: string) {
  let from = 0;
  while (from < text.length && from < next.length && text[from] === next[from]) from++;
  let [end, nextEnd] = [text.length, next.length];
  while (end > from && nextEnd > from && text[end - 1] === next[nextEnd - 1]) {
    end--;
    nextEnd--;
  }
  return {
    range: { start: positionAt(text, from), end: positionAt(text, end) },
    text: next.slice(from, nextEnd),
  };
}

/** Lines end as the protocol has it: with LF, CR or both. */
function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}

const shown = (diagnostics: readonly Diagnostic[]): string =>
  JSON.stringify(
    diagnostics
      .map(({ code, message, range }) => [code, message, range])
      .map((each) => JSON.stringify(each))
      .sort(),
  );

/** From Linux's own account of the process, in bytes. */
function residentMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s*([0-9]+) kB/m.exec(status)?.[1]) * 1024;
}
