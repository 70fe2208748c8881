export { type Code, catalogue, isCode } from './diagnostics/catalogue.ts';
export type { Entry } from './diagnostics/entry.ts';
export * as ast from './generated/ast.ts';
export {
  type Diagnostic,
  type Elaborated,
  type ElaborateOptions,
  openProject,
  openTexts,
  type Project,
  type ProjectHost,
} from './project.ts';
export { cellDimensions } from './references/arguments.ts';
export { documentation } from './references/documentation.ts';
export { importedUri, importsOf, resolvePath } from './references/imports.ts';
export { cellChain, deviceParameters } from './references/members.ts';
export { createLoomServices, type LoomContext, type LoomFeatures, type LoomServices } from './services.ts';
export { type UnitDefinition, units, unitWords } from './types/units/table.ts';
export { elaborateDocument } from './validation/checks.ts';
