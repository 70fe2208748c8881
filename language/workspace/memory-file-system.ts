import type { FileSystemNode, FileSystemProvider } from 'langium';
import type { URI } from 'vscode-uri';

/** Texts by URI as a file system that can only be read. */
export class MemoryFileSystem implements FileSystemProvider {
  constructor(private readonly texts: Readonly<Record<string, string>>) {}

  existsSync(uri: URI): boolean {
    return Object.hasOwn(this.texts, uri.toString());
  }

  async exists(uri: URI): Promise<boolean> {
    return this.existsSync(uri);
  }

  statSync(uri: URI): FileSystemNode {
    return { isFile: this.existsSync(uri), isDirectory: false, uri };
  }

  async stat(uri: URI): Promise<FileSystemNode> {
    return this.statSync(uri);
  }

  readFileSync(uri: URI): string {
    if (this.existsSync(uri)) return this.texts[uri.toString()];
    throw new Error(`There is no text ${uri.toString()}.`);
  }

  async readFile(uri: URI): Promise<string> {
    return this.readFileSync(uri);
  }

  readBinarySync(uri: URI): Uint8Array {
    return new TextEncoder().encode(this.readFileSync(uri));
  }

  async readBinary(uri: URI): Promise<Uint8Array> {
    return this.readBinarySync(uri);
  }

  readDirectorySync(): FileSystemNode[] {
    return [];
  }

  async readDirectory(): Promise<FileSystemNode[]> {
    return [];
  }
}
