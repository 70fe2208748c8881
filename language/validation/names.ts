import type { AstNode, LangiumDocument, LangiumDocuments } from 'langium';
import { Utils } from 'vscode-uri';
import type { Related, Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import type { Library } from '../library/library.ts';
import { importedUri, importsOf, modelOf } from '../references/imports.ts';
import { nearest } from '../references/nearest.ts';

/** Checks of a document that are about names alone: imports, and what is declared twice. */
export function checkNames(
  document: LangiumDocument,
  documents: LangiumDocuments,
  library: Library,
  report: Report,
): void {
  const model = modelOf(document);
  if (!model) return;
  for (const statement of model.imports) checkImport(statement, document, documents, library, report);
  checkDuplicates(model.declarations, report);
  for (const declaration of model.declarations) {
    if (!library.prelude.has(document.uri.toString())) checkReserved(declaration, report);
    for (const group of memberGroups(declaration)) checkDuplicates(group, report);
  }
}

function checkImport(
  statement: ast.Import,
  document: LangiumDocument,
  documents: LangiumDocuments,
  library: Library,
  report: Report,
): void {
  const uri = importedUri(statement, document.uri, library);
  const place = { node: statement, property: statement.library === undefined ? 'path' : 'library' };
  const imported = uri && documents.getDocument(uri);
  if (!uri || !imported) {
    const path = statement.library ?? `"${statement.path ?? ''}"`;
    report('import.notFound', place, { path, suggestion: importMeant(statement, library) });
    return;
  }
  const cycle = cycleThrough(document, imported, documents, library);
  if (cycle)
    report(
      'import.cycle',
      place,
      { files: cycle.map((file) => Utils.basename(file.uri)).join(' → ') },
      relatedImports(cycle, library),
    );
}

/** The import that was probably meant: a file of the library has no quotes, any other file has. */
function importMeant(statement: ast.Import, library: Library): string | undefined {
  if (statement.library?.endsWith('.loom')) return `"${statement.library}"`;
  if (statement.library !== undefined) return nearest(statement.library, library.names);
  const name = (statement.path ?? '').replace(/\.loom$/, '').replaceAll('/', '.');
  if (name.startsWith('std.')) return nearest(name, library.names);
  return library.names.find((known) => known === `std.${name}`);
}

/** A chain of imports from `document` over `first` back to `document`. */
function cycleThrough(
  document: LangiumDocument,
  first: LangiumDocument,
  documents: LangiumDocuments,
  library: Library,
): readonly LangiumDocument[] | undefined {
  const seen = new Set<LangiumDocument>();
  const pending: (readonly LangiumDocument[])[] = [[document, first]];
  for (let path = pending.pop(); path; path = pending.pop()) {
    const last = path[path.length - 1];
    if (last === document) return path;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const uri of importsOf(last, library)) {
      const next = documents.getDocument(uri);
      if (next) pending.push([...path, next]);
    }
  }
  return undefined;
}

/** The imports of the other files of a cycle. */
const relatedImports = (cycle: readonly LangiumDocument[], library: Library): readonly Related[] =>
  cycle.slice(1, -1).flatMap((file, index) => {
    const next = cycle[index + 2];
    const statement = modelOf(file)?.imports.find(
      (one) => importedUri(one, file.uri, library)?.toString() === next.uri.toString(),
    );
    return statement
      ? [
          {
            place: { node: statement },
            message: `${Utils.basename(file.uri)} imports ${Utils.basename(next.uri)}.`,
          },
        ]
      : [];
  });

function checkReserved(declaration: ast.Declaration, report: Report): void {
  if (ast.isModelDeclaration(declaration))
    report('name.reserved', { node: declaration, property: 'name' }, { keyword: 'model' });
  if (ast.isPropertySchema(declaration))
    report('name.reserved', { node: declaration, property: 'name' }, { keyword: 'properties' });
}

function checkDuplicates(nodes: readonly (AstNode & { readonly name?: string })[], report: Report): void {
  const first = new Map<string, AstNode>();
  for (const node of nodes) {
    if (node.name === undefined) continue;
    const earlier = first.get(node.name);
    if (!earlier) first.set(node.name, node);
    else
      report(
        'name.duplicate',
        { node, property: 'name' },
        { name: node.name, first: `in line ${(earlier.$cstNode?.range.start.line ?? 0) + 1}` },
        [{ place: { node: earlier, property: 'name' }, message: `"${node.name}" is declared here first.` }],
      );
  }
}

type Named = AstNode & { readonly name?: string };

/** Members of a declaration in groups within which names must differ. */
function memberGroups(declaration: ast.Declaration): readonly (readonly Named[])[] {
  switch (declaration.$type) {
    case 'FunctionDeclaration':
      return [declaration.parameters];
    case 'ModelDeclaration':
      return [declaration.parameters, declaration.sets];
    case 'PropertySchema':
      return [declaration.parameters];
    case 'Block':
      return [[...declaration.inputs, ...declaration.parameters, ...declaration.equations]];
    case 'EquationDevice':
      return [
        [
          ...declaration.parameters,
          ...stateVariables(declaration.states),
          ...[declaration.voltage, declaration.current].flatMap((port) => port ?? []),
        ],
        declaration.equations,
      ];
    case 'Cell':
      return [
        [...declaration.inputs, ...stateVariables(declaration.states)],
        [...declaration.inputs, ...declaration.equations],
        declaration.outputs,
      ];
    case 'Network':
      return [[...declaration.inputs, ...declaration.layers], declaration.outputs];
    default:
      return [];
  }
}

const stateVariables = (states: readonly ast.State[]): readonly ast.StateVariable[] =>
  states.flatMap((state) => state.variables);
