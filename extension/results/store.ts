import * as vscode from 'vscode';

/** Results kept on disk, so that a view finds its result again after a restart. */
export interface ResultStore {
  /** Keeps a result and gives the id under which it is found. */
  save(experiment: string, bytes: Uint8Array): Promise<string>;
  load(id: string): Promise<Uint8Array | undefined>;
}

/** Results that are kept; older ones are deleted. */
const kept = 20;

export function resultStore(folder: vscode.Uri): ResultStore {
  const { fs } = vscode.workspace;
  const fileOf = (id: string) => vscode.Uri.joinPath(folder, `${id}.result`);
  return {
    save: async (experiment, bytes) => {
      const id = `${Date.now()}-${experiment}`;
      await fs.createDirectory(folder);
      // Written aside and renamed, so that an interrupted write leaves no half result.
      const temporary = vscode.Uri.joinPath(folder, `${id}.part`);
      await fs.writeFile(temporary, bytes);
      await fs.rename(temporary, fileOf(id), { overwrite: true });
      await forgetOldest(folder);
      return id;
    },
    load: async (id) => {
      try {
        return await fs.readFile(fileOf(id));
      } catch {
        // Deleted by hand or by age: the view says so.
        return undefined;
      }
    },
  };
}

async function forgetOldest(folder: vscode.Uri): Promise<void> {
  const names = (await vscode.workspace.fs.readDirectory(folder))
    .map(([name]) => name)
    .filter((name) => name.endsWith('.result'));
  // Names begin with the time, in digits of equal length.
  const old = names.sort().slice(0, Math.max(0, names.length - kept));
  await Promise.all(old.map((name) => vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, name))));
}
