import {
  type Design,
  failure,
  type Outcome,
  overrideParameter,
  type Problem,
  success,
} from '@memloom/sim-core';
import { DocumentState, EmptyFileSystem, type FileSystemProvider, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver-types';
import { URI, Utils } from 'vscode-uri';
import { isMissing, isOfContent } from './data-files.ts';
import { catalogue, isCode, messageOf } from './diagnostics/catalogue.ts';
import { formatDocument } from './format/format.ts';
import { importClosure } from './references/imports.ts';
import { createLoomServices, type LoomServices } from './services.ts';
import { readSetting, type Setting } from './settings.ts';
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
  /** How to mend it, in a sentence. */
  readonly mend: string;
  /** The other places that the finding is about, and what is to be seen there. */
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
}

/** A design with whatever was found on the way; without errors only there is a design. */
export type Elaborated = Outcome<Design> & { readonly diagnostics: readonly Diagnostic[] };

export interface ElaborateOptions {
  /** `OWNER.PARAMETER=VALUE`, the value as in a text: `HfO2.levels=16`, `HfO2.programming=5 %`. */
  readonly set?: readonly string[];
  /** URI of the folder that data files in `set` are relative to; left out, the folder of the text. */
  readonly folder?: string;
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
  /** Folder of the pages about diagnostics. */
  readonly pages?: URI;
  /** Whether a data file is there; left out where data files are out of reach. */
  readonly fileExists?: (uri: URI) => boolean;
  /** The bytes of a data file, the same array as long as it does not change. */
  readonly readData?: (uri: URI) => Uint8Array | undefined;
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
  const { files, libraryRoot, pages, fileExists, readData } = host;
  const { shared, Loom } = createLoomServices({
    ...EmptyFileSystem,
    fileSystemProvider: () => files,
    libraryRoot,
    pages,
    fileExists,
    readData,
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
    const all = document ? this.diagnosticsOf(document) : [unreadable(uri)];
    const found = all.filter(({ code }) => !isOfContent(code));
    const grave = found.some(({ severity, code }) => severity === 'error' && code !== 'data.fileMissing');
    if (!document || grave) return withDiagnostics(found);
    const folder = options.folder ?? Utils.dirname(document.uri).toString();
    const settings = await this.readSettings(document, options.set ?? [], folder);
    if (!settings.ok) return { ...settings, diagnostics: found };
    const replaced = settings.value.flatMap(({ replaces }) => replaces ?? []);
    const diagnostics = found.filter((each) => !replaced.some((file) => isMissing(file, each)));
    if (diagnostics.some(({ severity }) => severity === 'error')) return withDiagnostics(diagnostics);
    const design = elaborateWith(document, this.services, () => undefined);
    return { ...applySettings(design, settings.value), diagnostics };
  }

  format(text: string): Promise<Outcome<string>> {
    return formatDocument(text, this.shared, this.services);
  }

  private async readSettings(
    document: LangiumDocument,
    texts: readonly string[],
    folder: string,
  ): Promise<Outcome<readonly Setting[]>> {
    const settings: Setting[] = [];
    for (const text of texts) {
      const setting = await readSetting(text, document, folder, this.shared, this.services);
      if (!setting.ok) return setting;
      settings.push(setting.value);
    }
    return success(settings);
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

function applySettings(design: Design, settings: readonly Setting[]): Outcome<Design> {
  let outcome: Outcome<Design> = success(design);
  for (const { path, value } of settings)
    if (outcome.ok) outcome = overrideParameter(outcome.value, path, value);
  return outcome;
}

/** No design, because of the errors among the diagnostics. */
const withDiagnostics = (diagnostics: readonly Diagnostic[]): Elaborated => ({
  ...failure(...diagnostics.filter(({ severity }) => severity === 'error').map(problemOf)),
  diagnostics,
});

const severities: readonly Diagnostic['severity'][] = [
  'error',
  'error',
  'warning',
  'information',
  'information',
];

const asDiagnostic = (
  file: string,
  { range, severity, code, message, relatedInformation = [] }: LspDiagnostic,
): Diagnostic => ({
  file,
  range,
  severity: severities[severity ?? 1],
  code: `${code ?? ''}`,
  message: typeof message === 'string' ? message : message.value,
  mend: isCode(code) ? catalogue[code].mend : '',
  related: relatedInformation.map((other) => ({
    file: other.location.uri,
    range: other.location.range,
    message: other.message,
  })),
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
  mend: catalogue['file.unreadable'].mend,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  related: [],
});
