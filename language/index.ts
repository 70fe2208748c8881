export { isOfContent } from './data-files.ts';
export { type Arguments, type Code, catalogue, isCode } from './diagnostics/catalogue.ts';
export type { Entry } from './diagnostics/entry.ts';
export { diagnosticPage, virtualPage } from './diagnostics/page.ts';
export { baselineMeanings, metricMeanings } from './elaborate/metrics.ts';
export { equationUnits, parameterFacts } from './facts.ts';
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
export { cellChain, chain, deviceParameters } from './references/members.ts';
export { createLoomServices, type LoomContext, type LoomFeatures, type LoomServices } from './services.ts';
export { formatSize } from './types/dimensions/linear-form.ts';
export { sameDimension } from './types/units/dimension.ts';
export { formatDimension } from './types/units/format.ts';
export { prefixes, type UnitDefinition, units, unitWord, unitWords } from './types/units/table.ts';
export { parseUnit, scaleToSi, splitQuantity } from './types/units/unit.ts';
export { checkedDesign, elaborateDocument } from './validation/checks.ts';
export {
  type Comparison,
  type Condition,
  readCondition,
  readWatched,
  type Watched,
  type WatchSignal,
} from './watch.ts';
