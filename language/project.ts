import { type Design, failure, type Outcome, overrideParameter, type Problem } from '@memloom/sim-core';
import { DocumentState, EmptyFileSystem, type FileSystemProvider, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import { messageOf } from './diagnostics/catalogue.ts';
import { formatDocument } from './format/format.ts';
import { importClosure } from './references/imports.ts';
import { createLoomServices, type LoomServices } from './services.ts';
import { readSetting } from './settings.ts';
import { elaborateWith } from './validation/checks.ts';
import { MemoryFileSystem } from './workspace/memory-file-system.ts';

/** Something wrong with a text. */
export interface Diagnostic {
  /** URI of the file. */
  readonly file: string;
  /** Zero-based, as in the Language Server Protocol. */
  readonly range: Range;
  readonly severity: 'error' | 'warning' | 'information';
  /** An entry of the catalogue. */
  readonly code: string;
  readonly message: string;
}

/** A design with whatever was found on the way; without errors only there is a design. */
export type Elaborated = Outcome<Design> & { readonly diagnostics: readonly Diagnostic[] };

export interface ElaborateOptions {
  /** `OWNER.PARAMETER=VALUE`, the value as in a text: `HfO2.levels=16`, `HfO2.programming=5 %`. */
  readonly set?: readonly string[];
}

/** Texts and what can be asked of them; for programs without an editor. */
export interface Project {
  /** What is wrong with a file and with what it imports. A file that cannot be read gives one diagnostic. */
  checkFile(uri: string): Promise<readonly Diagnostic[]>;
  /** The design of a file. Data and weight files are named in it by their URIs, resolved against the folder of the text. */
  elaborateFile(uri: string, options?: ElaborateOptions): Promise<Elaborated>;
  /** A text in its standard form; fails on a text with syntax errors. */
  format(text: string): Promise<Outcome<string>>;
}

export interface ProjectHost {
  readonly files: FileSystemProvider;
  readonly libraryRoot?: URI;
  /** Whether a data file is there; left out where data files are out of reach. */
  readonly fileExists?: (uri: URI) => boolean;
}

/** A project over texts in memory, by URI. `data`: URIs of data files that count as present; left out, all do. */
export function openTexts(
  texts: Readonly<Record<string, string>>,
  data?: readonly string[],
): Promise<Project> {
  const files = new MemoryFileSystem(texts);
  return openProject({ files, ...(data ? { fileExists: (uri) => data.includes(uri.toString()) } : {}) });
}

export async function openProject(host: ProjectHost): Promise<Project> {
  const { files, libraryRoot, fileExists } = host;
  const { shared, Loom } = createLoomServices({
    ...EmptyFileSystem,
    fileSystemProvider: () => files,
    libraryRoot,
    fileExists,
  });
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  return new LoadedProject(shared, Loom, files);
}

class LoadedProject implements Project {
  constructor(
    private readonly shared: LangiumSharedServices,
    private readonly services: LoomServices,
    private readonly files: FileSystemProvider,
  ) {}

  async checkFile(uri: string): Promise<readonly Diagnostic[]> {
    const document = await this.load(URI.parse(uri));
    return document ? this.diagnosticsOf(document) : [unreadable(uri)];
  }

  async elaborateFile(uri: string, options: ElaborateOptions = {}): Promise<Elaborated> {
    const document = await this.load(URI.parse(uri));
    const diagnostics = document ? this.diagnosticsOf(document) : [unreadable(uri)];
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (!document || errors.length > 0) return { ...failure(...errors.map(problemOf)), diagnostics };
    const design = elaborateWith(document, this.services, () => undefined);
    return { ...(await this.applySettings(design, document, options.set ?? [])), diagnostics };
  }

  format(text: string): Promise<Outcome<string>> {
    return formatDocument(text, this.shared, this.services);
  }

  private async applySettings(
    design: Design,
    document: LangiumDocument,
    settings: readonly string[],
  ): Promise<Outcome<Design>> {
    let outcome: Outcome<Design> = { ok: true, value: design };
    for (const text of settings) {
      if (!outcome.ok) return outcome;
      const setting = await readSetting(text, document, this.shared, this.services);
      outcome = setting.ok
        ? overrideParameter(outcome.value, setting.value.path, setting.value.value)
        : setting;
    }
    return outcome;
  }

  /** The document, checked together with what it imports; undefined where there is no file to read. */
  private async load(uri: URI): Promise<LangiumDocument | undefined> {
    const { LangiumDocuments, DocumentBuilder } = this.shared.workspace;
    if (!LangiumDocuments.hasDocument(uri) && !(await this.isReadable(uri))) return undefined;
    const document = await LangiumDocuments.getOrCreateDocument(uri);
    await DocumentBuilder.build([document], { validation: true });
    const imported = this.importsOf(document).filter((other) => other.state < DocumentState.Validated);
    if (imported.length > 0) await DocumentBuilder.build(imported, { validation: true });
    return document;
  }

  private async isReadable(uri: URI): Promise<boolean> {
    try {
      await this.files.readFile(uri);
      return true;
    } catch {
      return false;
    }
  }

  private importsOf(document: LangiumDocument): readonly LangiumDocument[] {
    const { LangiumDocuments } = this.shared.workspace;
    const closure = importClosure(document, LangiumDocuments, this.services.library);
    return [...closure].flatMap((uri) => LangiumDocuments.getDocument(URI.parse(uri)) ?? []);
  }

  private diagnosticsOf(document: LangiumDocument): readonly Diagnostic[] {
    return [document, ...this.importsOf(document)].flatMap((each) =>
      (each.diagnostics ?? []).map((diagnostic) => asDiagnostic(each.uri.toString(), diagnostic)),
    );
  }
}

const severities: readonly Diagnostic['severity'][] = [
  'error',
  'error',
  'warning',
  'information',
  'information',
];

const asDiagnostic = (file: string, { range, severity, code, message }: LspDiagnostic): Diagnostic => ({
  file,
  range,
  severity: severities[severity ?? 1],
  code: `${code ?? ''}`,
  message: typeof message === 'string' ? message : message.value,
});

const problemOf = ({ file, range, code, message }: Diagnostic): Problem => ({
  code,
  message,
  origin: { file, ...range },
});

const unreadable = (file: string): Diagnostic => ({
  file,
  severity: 'error',
  code: 'file.unreadable',
  message: messageOf('file.unreadable', { file }),
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
});
