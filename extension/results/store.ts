import * as vscode from 'vscode';
import type { ExperimentPlace } from '../run/choose.ts';
import { type KeptRun, parseKeptRun } from './kept-run.ts';

/** Results kept on disk, so that views and the history find them again after a restart. */
export interface ResultStore {
  /** Keeps a result and gives the id under which it is found. */
  save(run: Omit<KeptRun, 'id'>, bytes: Uint8Array): Promise<string>;
  load(id: string): Promise<Uint8Array | undefined>;
  /** What is kept, the latest first; reads no result. */
  list(): Promise<readonly KeptRun[]>;
  remove(id: string): Promise<void>;
}

/** Results that are kept of each experiment; older ones are deleted. */
const keptOfEach = 20;

export function resultStore(folder: vscode.Uri): ResultStore {
  const { fs } = vscode.workspace;
  const fileOf = (id: string, kind: 'result' | 'json') => vscode.Uri.joinPath(folder, `${id}.${kind}`);
  const write = async (id: string, kind: 'result' | 'json', bytes: Uint8Array) => {
    // Written aside and renamed, so that an interrupted write leaves no half file.
    const temporary = vscode.Uri.joinPath(folder, `${id}.part`);
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, fileOf(id, kind), { overwrite: true });
  };
  const remove = async (id: string) => {
    for (const kind of ['json', 'result'] as const) await deleteIfThere(fileOf(id, kind));
  };
  const list = async () => {
    const names = await namesIn(folder);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const present = ids.filter((id) => names.includes(`${id}.result`));
    const runs = await Promise.all(present.map((id) => readRun(fileOf(id, 'json'))));
    return runs.filter((run) => run !== undefined).sort((a, b) => b.time - a.time);
  };
  return {
    save: async (run, bytes) => {
      await fs.createDirectory(folder);
      const id = await freeId(folder, run);
      await write(id, 'result', bytes);
      await write(id, 'json', new TextEncoder().encode(JSON.stringify({ ...run, id } satisfies KeptRun)));
      const old = (await list()).filter((other) => samePlace(other, run)).slice(keptOfEach);
      for (const other of old) await remove(other.id);
      return id;
    },
    load: async (id) => {
      try {
        return await fs.readFile(fileOf(id, 'result'));
      } catch {
        // Deleted by hand or by age: the view says so.
        return undefined;
      }
    },
    list,
    remove,
  };
}

export const samePlace = (a: ExperimentPlace, b: ExperimentPlace): boolean =>
  a.uri === b.uri && a.experiment === b.experiment;

/** The time and the experiment; a number behind them where two runs end within a millisecond. */
async function freeId(folder: vscode.Uri, { time, experiment }: Omit<KeptRun, 'id'>): Promise<string> {
  const taken = new Set(await namesIn(folder));
  const base = `${time}-${experiment}`;
  let id = base;
  for (let next = 2; taken.has(`${id}.result`); next++) id = `${base}-${next}`;
  return id;
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    // Before the first result, and where the folder was deleted, nothing is kept.
    return [];
  }
}

async function readRun(file: vscode.Uri): Promise<KeptRun | undefined> {
  try {
    return parseKeptRun(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch {
    // Deleted meanwhile.
    return undefined;
  }
}

async function deleteIfThere(file: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(file);
  } catch {
    // What is gone already needs no deletion.
  }
}
