import type { Design } from '@memloom/sim-core';
import type { LangiumDocument, ValidationAcceptor, ValidationChecks } from 'langium';
import { AstUtils, GrammarUtils } from 'langium';
import type { DiagnosticRelatedInformation, Range } from 'vscode-languageserver-types';
import { catalogue, messageOf } from '../diagnostics/catalogue.ts';
import type { Place, Related, Report } from '../diagnostics/report.ts';
import { elaborateDesign, type Surroundings } from '../elaborate/design.ts';
import type { LoomAstType, Model } from '../generated/ast.ts';
import type { LoomCoreServices } from '../services.ts';
import { brokenDeclarations } from './broken.ts';
import { codeDescription } from './code-description.ts';
import { checkNames } from './names.ts';

/** Registers everything that is checked of a text beyond syntax and links: to check is to elaborate and listen. */
export function registerChecks(services: LoomCoreServices): void {
  const checks: ValidationChecks<LoomAstType> = {
    Model: (model, accept) => checkModel(model, accept, services),
  };
  services.validation.ValidationRegistry.register(checks);
}

function checkModel(model: Model, accept: ValidationAcceptor, services: LoomCoreServices): void {
  const document = AstUtils.getDocument(model);
  const seen = new Set<string>();
  const isBroken = brokenDeclarations(document);
  const report: Report = (code, place, details, related = []) => {
    if (AstUtils.getDocument(place.node) !== document || isBroken(place.node)) return;
    const message = messageOf(code, details);
    const range = rangeOf(place);
    const { severity } = catalogue[code];
    // Elaboration meets some nodes more than once, such as the parameters of a device that another derives from.
    const key = JSON.stringify([code, message, range, place.node.$cstNode?.offset]);
    if (seen.has(key)) return;
    seen.add(key);
    const where = range
      ? { node: place.node, range }
      : { node: place.node, property: place.property, index: place.index };
    accept(severity === 'information' ? 'info' : severity, message, {
      ...where,
      code,
      ...codeDescription(code, services),
      relatedInformation: related.flatMap(asRelated),
      data: { code, details },
    });
  };
  try {
    checkNames(document, services.shared.workspace.LangiumDocuments, services.library, report);
    elaborateWith(document, services, report);
  } catch (error) {
    report(
      'check.failed',
      { node: model.declarations[0] ?? model },
      { message: error instanceof Error ? error.message : String(error) },
    );
  }
}

/** The design of a document that is parsed and linked, and whatever there is to report about it. */
export const elaborateWith = (
  document: LangiumDocument,
  services: LoomCoreServices,
  report: Report,
): Design => elaborateDesign(document, surroundingsOf(services, report));

/** The design of a document that is parsed, linked and free of errors. */
export const elaborateDocument = (document: LangiumDocument, services: LoomCoreServices): Design =>
  elaborateWith(document, services, () => undefined);

/** What elaboration needs, out of the services. */
export const surroundingsOf = (services: LoomCoreServices, report: Report): Surroundings => ({
  report,
  schemas: services.references.ScopeProvider.schemas,
  fileExists: services.fileExists,
});

function asRelated({ place, message }: Related): readonly DiagnosticRelatedInformation[] {
  const { node, property, index } = place;
  const range =
    rangeOf(place) ??
    GrammarUtils.findNodeForProperty(node.$cstNode, property, index)?.range ??
    node.$cstNode?.range;
  return range ? [{ location: { uri: AstUtils.getDocument(node).uri.toString(), range }, message }] : [];
}

/** The characters that a place names, where it names some. */
function rangeOf({ node, from, to }: Place): Range | undefined {
  if (from === undefined || to === undefined || !node.$cstNode) return undefined;
  const { textDocument } = AstUtils.getDocument(node);
  const { offset } = node.$cstNode;
  return { start: textDocument.positionAt(offset + from), end: textDocument.positionAt(offset + to) };
}
