import type { Design } from '@memloom/sim-core';
import type { AstNode, LangiumDocument, ValidationAcceptor, ValidationChecks } from 'langium';
import { AstUtils } from 'langium';
import { DiagnosticTag } from 'vscode-languageserver-types';
import { analyseDesign } from '../analysis/analyse.ts';
import { catalogue, messageOf } from '../diagnostics/catalogue.ts';
import type { Report } from '../diagnostics/report.ts';
import { elaborateDesign, elaborateTraced, type Surroundings } from '../elaborate/design.ts';
import type { LoomAstType, Model } from '../generated/ast.ts';
import * as ast from '../generated/ast.ts';
import type { LoomCoreServices } from '../services.ts';
import { brokenDeclarations, unlinkedDeclarations } from './broken.ts';
import { codeDescription } from './code-description.ts';
import { declarationsByName } from './declarations.ts';
import { checkNames } from './names.ts';
import { checkOverrides } from './overrides.ts';
import { asRelated, rangeOf } from './related.ts';
import { checkUse } from './unused.ts';

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
  const wrong = new Set<ast.Declaration>();
  const unlinked = unlinkedDeclarations();
  const isBroken = brokenDeclarations(document);
  const report: Report = (code, place, details, related = []) => {
    if (catalogue[code].severity === 'error') {
      const declaration = AstUtils.getContainerOfType(place.node, ast.isDeclaration);
      if (declaration) wrong.add(declaration);
    }
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
      ...(code.endsWith('.unused') ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      data: { code, details },
    });
  };
  try {
    const { LangiumDocuments: documents } = services.shared.workspace;
    checkNames(document, documents, services.library, report);
    checkUse(document, documents, services.library, report);
    for (const declaration of model.declarations) checkOverrides(declaration, report);
    const { design, declarations } = elaborateTraced(document, surroundingsOf(services, report));
    designs.set(model, design);
    const named = declarationsByName(declarations);
    const isBrokenDeclaration = (node: AstNode) => {
      const declaration = AstUtils.getContainerOfType(node, ast.isDeclaration);
      return declaration !== undefined && (isBroken(node) || wrong.has(declaration) || unlinked(declaration));
    };
    const said = new Set<string>();
    const isFirst = (subject: string) => !said.has(subject) && Boolean(said.add(subject));
    const { readData } = services;
    analyseDesign({
      design,
      document,
      declarations: named,
      report,
      isFirst,
      isBroken: isBrokenDeclaration,
      ...(readData ? { readData } : {}),
    });
  } catch (error) {
    report(
      'check.failed',
      { node: model.declarations[0] ?? model },
      { message: error instanceof Error ? error.message : String(error) },
    );
  }
}

/** What the last check of each text elaborated. */
const designs = new WeakMap<AstNode, Design>();

/** The design of a document as its last check found it; of a text with errors, what could be made of it. */
export function checkedDesign(document: LangiumDocument, services: LoomCoreServices): Design {
  const model = document.parseResult.value;
  const design = designs.get(model) ?? elaborateDocument(document, services);
  designs.set(model, design);
  return design;
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
  readData: services.readData,
});
