import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from '@memloom/sim-core';

/** A path or file URI as a user would type it from where they are; other URIs as they stand. */
export function displayPath(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(file) && !file.startsWith('file:')) return file;
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}

/** `file:line:column`, one-based. */
export const placeText = (file: string, { line, character }: Position): string =>
  `${displayPath(file)}:${line + 1}:${character + 1}`;
