import { existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
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
    const staging = made.staging(resolve(folder));
    for (const { name, content } of files) await writeFile(join(staging, name), content);
    // All that could still refuse comes before the first renaming.
    for (const { name } of files) {
      made.make(dirname(resolve(folder, name)));
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
    made.staging(resolve(folder));
    return success(undefined);
  } catch (error) {
    return unwritable(folder, error);
  } finally {
    made.remove();
  }
}

/** The folders made on the way to a result, so that all of them can be removed again. */
class MadeFolders {
  /** In the order of their making: outer ones first. */
  private readonly paths: string[] = [];
  private stagingPath: string | undefined;

  /** One folder at a time: asked for all at once, Node tries for ever where the system lets none be made, as in /proc. */
  make(path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    if (!existsSync(dirname(path))) this.make(dirname(path));
    mkdirSync(path);
    this.paths.push(path);
  }

  /** Makes `folder` and, within it, a folder for unfinished files. */
  staging(folder: string): string {
    this.make(folder);
    this.stagingPath = mkdtempSync(join(folder, '.memloom-'));
    return this.stagingPath;
  }

  /** Removes the unfinished files, and of the folders made those that are empty. */
  remove(): void {
    if (this.stagingPath) rmSync(this.stagingPath, { recursive: true, force: true, maxRetries: 3 });
    for (const path of this.paths.reverse()) {
      try {
        rmdirSync(path);
      } catch {
        return;
      }
    }
  }
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
