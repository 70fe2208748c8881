import { ast, elaborateDocument, isOfContent, type LoomServices } from '@memloom/language';
import { requiredFiles } from '@memloom/sim-core';
import { DocumentState, type LangiumDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import {
  type ElaborateError,
  type ElaborateParams,
  ElaborateRequest,
  type ElaborateResult,
} from '../protocol.ts';

const nothing: ElaborateResult = { experiments: [], errors: [], files: [] };

/** Answers `memloom/elaborate`. */
export function answerElaborate(
  connection: Connection,
  shared: LangiumSharedServices,
  services: LoomServices,
): void {
  connection.onRequest(
    ElaborateRequest.method,
    async ({ uri, experiment }: ElaborateParams, token: CancellationToken): Promise<ElaborateResult> => {
      const document = await checkedDocument(URI.parse(uri), shared, token);
      return document === undefined ? nothing : elaborate(document, experiment, shared, services);
    },
  );
}

async function checkedDocument(uri: URI, shared: LangiumSharedServices, token: CancellationToken) {
  const { DocumentBuilder, LangiumDocuments } = shared.workspace;
  await DocumentBuilder.waitUntil(DocumentState.Validated, token);
  return LangiumDocuments.getDocument(uri);
}

function elaborate(
  document: LangiumDocument,
  experiment: string | undefined,
  shared: LangiumSharedServices,
  services: LoomServices,
): ElaborateResult {
  const model = document.parseResult.value;
  if (!ast.isModel(model)) return nothing;
  const experiments = model.declarations.filter(ast.isExperiment).flatMap(({ name }) => name || []);
  const errors = dependencies(document, shared).flatMap(errorsOf);
  if (errors.length > 0) return { experiments, errors, files: [] };
  const design = elaborateDocument(document, services);
  const wanted = design.experiments.find(({ name }) => name === experiment);
  return { design, experiments, errors, files: wanted ? requiredFiles(design, wanted) : [] };
}

/** The document and all that it imports. */
function dependencies(
  document: LangiumDocument,
  { workspace }: LangiumSharedServices,
): readonly LangiumDocument[] {
  const imported = workspace.LangiumDocuments.all.filter((other) =>
    workspace.IndexManager.isAffected(document, new Set([other.uri.toString()])),
  );
  return [document, ...imported.filter((other) => other !== document)];
}

const errorsOf = ({ uri, diagnostics = [] }: LangiumDocument): readonly ElaborateError[] =>
  diagnostics
    .filter(({ severity, code }) => severity === DiagnosticSeverity.Error && !isOfContent(`${code}`))
    .map(({ range, message, code }) => ({
      uri: uri.toString(),
      range,
      code: String(code ?? 'text.error'),
      message: typeof message === 'string' ? message : message.value,
    }));
