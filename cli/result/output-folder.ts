import { mkdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failure, type Outcome, success } from '@memloom/sim-core';
import { onInterrupt } from '../terminal/interrupt.ts';
import { displayPath } from '../terminal/place.ts';
import type { OutputFile } from './files.ts';
import { systemReason } from './system-error.ts';

/**
 * Writes all files below `folder`, or none: first into a folder of its own within it, then each is renamed to its
 * place. On failure or interruption nothing is left that was not there before.
 */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<Outcome<undefined>> {
  const made = new MadeFolders();
  const forget = onInterrupt(() => made.remove());
  try {
    const staging = made.staging(folder);
    for (const { name, content } of files) await writeFile(join(staging, name), content);
    // All that could still refuse comes before the first renaming.
    for (const { name } of files) {
      made.make(dirname(join(folder, name)));
      refuseFolder(join(folder, name));
    }
    for (const { name } of files) renameSync(join(staging, name), join(folder, name));
    rmSync(staging, { recursive: true });
    return success(undefined);
  } catch (error) {
    made.remove();
    return unwritable(folder, error);
  } finally {
    forget();
  }
}

/** Whether results can be written below `folder`, found out by trying; leaves no trace. Asked before a long run. */
export function probe(folder: string): Outcome<undefined> {
  const made = new MadeFolders();
  try {
    made.staging(folder);
    return success(undefined);
  } catch (error) {
    return unwritable(folder, error);
  } finally {
    made.remove();
  }
}

/** The folders made on the way to a result, so that all of them can be removed again. */
class MadeFolders {
  private readonly paths: { readonly path: string; readonly top: string }[] = [];
  private stagingPath: string | undefined;

  make(path: string): void {
    const top = mkdirSync(path, { recursive: true });
    if (top !== undefined) this.paths.push({ path: resolve(path), top: resolve(top) });
  }

  /** Makes `folder` and, within it, a folder for unfinished files. */
  staging(folder: string): string {
    this.make(folder);
    const path = join(folder, `.memloom-${process.pid}`);
    mkdirSync(path);
    this.stagingPath = path;
    return path;
  }

  remove(): void {
    if (this.stagingPath) rmSync(this.stagingPath, { recursive: true, force: true });
    for (const { path, top } of [...this.paths].reverse()) removeEmpty(path, top);
  }
}

/** Removes `folder` and its parents up to `top`, as far as they are empty. */
function removeEmpty(folder: string, top: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== top) removeEmpty(dirname(folder), top);
}

async function writeFile(path: string, content: OutputFile['content']): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx');
  try {
    for (const piece of content) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

/** A folder in a file's place would make the last step fail half-way. */
function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(path), { code: 'EISDIR', path });
  }
}

const unwritable = (folder: string, error: unknown) =>
  failure({
    code: 'output.unwritable',
    message: `Results cannot be written to ${displayPath(resolve(folder))}: ${systemReason(error)}.`,
    hint: 'Name another folder with --out.',
  });
