import { type FileSystemNode, type FileSystemProvider, type URI, UriUtils } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { type FolderEntry, ReadFileRequest, ReadFolderRequest } from './protocol.ts';

/** Files that the client reads for a server which cannot. */
export interface ClientFiles {
  readonly provider: FileSystemProvider;
  /**
   * The bytes of a data file as far as they have come; undefined, and asked for, where they have not. Checks are made
   * again when they come.
   */
  readData(uri: URI): Uint8Array | undefined;
  /** Whether a file is there; true as long as that is not known. */
  fileExists(uri: URI): boolean;
  /** Names what has come since it was first asked for. */
  onArrival(listener: (uri: URI) => void): void;
  /** What was read of a file is no longer true. */
  forget(uri: URI): void;
}

export function clientFiles(connection: Connection): ClientFiles {
  const listeners: ((uri: URI) => void)[] = [];
  const arrived = (uri: URI) => {
    for (const listener of listeners) listener(uri);
  };
  const ask = <Answer>(method: string) => {
    return (uri: URI) => connection.sendRequest<Answer | null>(method, { uri: uri.toString() });
  };
  const read = ask<Uint8Array>(ReadFileRequest.method);
  const list = ask<readonly FolderEntry[]>(ReadFolderRequest.method);
  const files = remembered(read, arrived);
  const folders = remembered(list, arrived);
  return {
    provider: providerOf(read, list),
    readData: (uri) => files.look(uri) ?? undefined,
    fileExists: (uri) => {
      const entries = folders.look(UriUtils.dirname(uri), uri);
      return entries === undefined || (entries?.some(({ name }) => name === UriUtils.basename(uri)) ?? false);
    },
    onArrival: (listener) => listeners.push(listener),
    forget: (uri) => {
      files.forget(uri.toString());
      folders.forget(UriUtils.dirname(uri).toString());
    },
  };
}

/** What was fetched, by URI: undefined until it comes, null where there is nothing. */
function remembered<Value>(fetch: (uri: URI) => Promise<Value | null>, arrived: (uri: URI) => void) {
  const known = new Map<string, Value | null>();
  const asked = new Map<string, URI[]>();
  /** What has changed since it was asked for. */
  const outdated = new Set<string>();
  const load = async (uri: URI, key: string): Promise<void> => {
    const value = await fetch(uri).catch(() => null);
    if (outdated.delete(key)) return load(uri, key);
    known.set(key, value);
    const waiting = asked.get(key) ?? [];
    asked.delete(key);
    waiting.forEach(arrived);
  };
  return {
    /** `wanted` is named when it comes. */
    look: (uri: URI, wanted = uri): Value | null | undefined => {
      const key = uri.toString();
      if (known.has(key)) return known.get(key);
      const waiting = asked.get(key);
      asked.set(key, [...(waiting ?? []), wanted]);
      if (waiting === undefined) void load(uri, key);
      return undefined;
    },
    forget: (key: string) => {
      known.delete(key);
      if (asked.has(key)) outdated.add(key);
    },
  };
}

function providerOf(
  read: (uri: URI) => Promise<Uint8Array | null>,
  list: (uri: URI) => Promise<readonly FolderEntry[] | null>,
): FileSystemProvider {
  const readBinary = async (uri: URI) => {
    const bytes = await read(uri);
    if (bytes === null) throw new Error(`There is no file ${uri.toString()}.`);
    return bytes;
  };
  const stat = async (uri: URI): Promise<FileSystemNode> => {
    const name = UriUtils.basename(uri);
    const entry = (await list(UriUtils.dirname(uri)))?.find((one) => one.name === name);
    if (entry === undefined) throw new Error(`There is nothing at ${uri.toString()}.`);
    return { uri, isFile: !entry.folder, isDirectory: entry.folder };
  };
  return {
    stat,
    readBinary,
    exists: async (uri) => {
      const name = UriUtils.basename(uri);
      return (await list(UriUtils.dirname(uri)))?.some((one) => one.name === name) ?? false;
    },
    readFile: async (uri) => new TextDecoder().decode(await readBinary(uri)),
    readDirectory: async (uri) =>
      ((await list(uri)) ?? []).map(({ name, folder }) => ({
        uri: UriUtils.joinPath(uri, name),
        isFile: !folder,
        isDirectory: folder,
      })),
    // A client answers in its own time; nothing of ours asks for these.
    statSync: atOnce,
    existsSync: atOnce,
    readBinarySync: atOnce,
    readFileSync: atOnce,
    readDirectorySync: atOnce,
  };
}

const atOnce = (): never => {
  throw new Error('A client cannot be asked for a file at once.');
};
