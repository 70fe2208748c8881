import { URI } from 'vscode-uri';
import { libraryTexts } from './generated/library.ts';
import { libraryTrees } from './generated/trees.ts';

/** Where the documents of the standard library are when the host has no folder for them. */
export const virtualLibraryRoot = URI.parse('memloom:/std/');

/** Files whose declarations every file knows without an import. */
const preludeFiles = ['prelude.loom', 'models.loom'] as const;

/** One file of the standard library, as a document. */
export interface LibraryFile {
  readonly uri: URI;
  readonly text: string;
  /** Its syntax tree as JSON, see `tree.ts`. */
  readonly tree: string;
}

/** The standard library under a root folder: real, so that any editor can open it, or virtual. */
export class Library {
  readonly files: readonly LibraryFile[];
  readonly prelude: ReadonlySet<string>;
  private readonly byName: ReadonlyMap<string, URI>;

  constructor(readonly root: URI) {
    this.files = Object.entries(libraryTexts).map(([name, text]) => ({
      uri: this.uriOf(name),
      text,
      tree: libraryTrees[name],
    }));
    this.prelude = new Set(preludeFiles.map((name) => this.uriOf(name).toString()));
    this.byName = new Map(
      Object.keys(libraryTexts).map((name) => [`std.${name.replace(/\.loom$/, '')}`, this.uriOf(name)]),
    );
  }

  /** The file that `import std.cells` names. */
  resolve(name: string): URI | undefined {
    return this.byName.get(name);
  }

  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  has(uri: URI): boolean {
    return uri.toString().startsWith(this.root.toString());
  }

  private uriOf(name: string): URI {
    return this.root.with({ path: `${this.root.path.replace(/\/$/, '')}/${name}` });
  }
}
