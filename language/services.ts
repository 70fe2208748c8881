import { inject, type LangiumCoreServices, type LangiumSharedCoreServices, type Module } from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  type DefaultSharedModuleContext,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumServices,
  type PartialLangiumSharedServices,
} from 'langium/lsp';
import type { URI } from 'vscode-uri';
import { LoomFormatter } from './format/formatter.ts';
import { LoomGeneratedModule, LoomGeneratedSharedModule } from './generated/module.ts';
import { Library, virtualLibraryRoot } from './library/library.ts';
import { parserModule } from './parser/module.ts';
import { LoomLinker } from './references/linker.ts';
import { LoomReferenceDescriptionProvider } from './references/reference-descriptions.ts';
import { LocalSymbolsComputation } from './references/scope-computation.ts';
import { LoomScopeProvider } from './references/scope-provider.ts';
import { registerChecks } from './validation/checks.ts';
import { LoomDocumentValidator } from './validation/document-validator.ts';
import { LoomDocumentBuilder } from './workspace/document-builder.ts';
import { LoomIndexManager } from './workspace/index-manager.ts';
import { LoomWorkspaceManager } from './workspace/workspace-manager.ts';

/** What the language has beside Langium's services. */
export interface LoomAddedServices {
  readonly library: Library;
  /** Whether a data file is there; undefined where the host cannot tell. */
  readonly fileExists?: (uri: URI) => boolean;
  /** The bytes of a data file, the same array as long as it does not change; undefined where it cannot or shall not be read. */
  readonly readData?: (uri: URI) => Uint8Array | undefined;
  /** Folder of the pages about diagnostics, one for each code; undefined where the host has no files. */
  readonly pages?: URI;
  readonly references: { readonly ScopeProvider: LoomScopeProvider };
  readonly workspace: { readonly ReferenceDescriptionProvider: LoomReferenceDescriptionProvider };
}
export type LoomServices = LangiumServices & LoomAddedServices;
export type LoomCoreServices = LangiumCoreServices & LoomAddedServices;

export interface LoomContext extends DefaultSharedModuleContext {
  /** Folder of the standard library's files, where the host has one that editors can open. */
  readonly libraryRoot?: URI;
  readonly fileExists?: (uri: URI) => boolean;
  /** The bytes of a data file, the same array as long as it does not change. */
  readonly readData?: (uri: URI) => Uint8Array | undefined;
  /** Folder of the pages about diagnostics. */
  readonly pages?: URI;
}

/** What a language server adds to the services: its features. */
export interface LoomFeatures {
  readonly shared?: Module<LangiumSharedServices, PartialLangiumSharedServices>;
  readonly language?: Module<LoomServices, PartialLangiumServices>;
}

/** The services of the language, for a server (with a connection) or for a program (without one). */
export function createLoomServices(
  context: LoomContext,
  features: LoomFeatures = {},
): { shared: LangiumSharedServices; Loom: LoomServices } {
  const library = new Library(context.libraryRoot ?? virtualLibraryRoot);
  const shared = inject(
    createDefaultSharedModule(context),
    LoomGeneratedSharedModule,
    sharedModule(library),
    features.shared,
  );
  const Loom = inject(
    createDefaultModule({ shared }),
    LoomGeneratedModule,
    parserModule,
    loomModule(library, context),
    features.language,
  );
  shared.ServiceRegistry.register(Loom);
  registerChecks(Loom);
  // Without a client nobody else would ever say that the configuration is complete.
  if (!context.connection) void shared.workspace.ConfigurationProvider.initialized({});
  return { shared, Loom };
}

function sharedModule(library: Library): Module<LangiumSharedServices, PartialLangiumSharedServices> {
  return {
    workspace: {
      WorkspaceManager: (services: LangiumSharedCoreServices) => new LoomWorkspaceManager(services, library),
      DocumentBuilder: (services: LangiumSharedCoreServices) => new LoomDocumentBuilder(services, library),
      IndexManager: (services: LangiumSharedCoreServices) => new LoomIndexManager(services, library),
    },
  };
}

function loomModule(
  library: Library,
  context: LoomContext,
): Module<LoomServices, PartialLangiumServices & LoomAddedServices> {
  return {
    library: () => library,
    fileExists: () => context.fileExists as (uri: URI) => boolean,
    readData: () => context.readData as (uri: URI) => Uint8Array | undefined,
    pages: () => context.pages as URI,
    references: {
      ScopeProvider: (services) => new LoomScopeProvider(services, library),
      ScopeComputation: (services) => new LocalSymbolsComputation(services),
      Linker: (services) => new LoomLinker(services),
    },
    workspace: {
      ReferenceDescriptionProvider: (services) => new LoomReferenceDescriptionProvider(services),
    },
    validation: {
      DocumentValidator: (services) => new LoomDocumentValidator(services),
    },
    lsp: {
      Formatter: () => new LoomFormatter(),
    },
  };
}
