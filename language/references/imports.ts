import type { LangiumDocument, LangiumDocuments } from 'langium';
import { type URI, Utils } from 'vscode-uri';
import { type Import, isModel, type Model } from '../generated/ast.ts';
import type { Library } from '../library/library.ts';

/** The document that an import names; undefined where the text names none (a path that does not end in .loom, an unknown library file). */
export function importedUri(statement: Import, from: URI, library: Library): URI | undefined {
  if (statement.library !== undefined) return library.resolve(statement.library);
  // Files of other names are of no language that could be read.
  return statement.path?.endsWith('.loom') ? resolvePath(from, statement.path) : undefined;
}

/** A path in a `.loom` text, relative to the folder of that text; with forward slashes on every system. */
export function resolvePath(from: URI, path: string): URI {
  // Half a surrogate pair is no character: no file bears it, and no URI can be written with it.
  const wellFormed = path.replaceAll('\\', '/').replace(/\p{Surrogate}/gu, '\ufffd');
  return Utils.resolvePath(Utils.dirname(from), wellFormed);
}

export const modelOf = (document: LangiumDocument): Model | undefined =>
  isModel(document.parseResult.value) ? document.parseResult.value : undefined;

/** What a document imports directly, in the order of the text. */
export function importsOf(document: LangiumDocument, library: Library): readonly URI[] {
  const imports = modelOf(document)?.imports ?? [];
  return imports.flatMap((statement) => importedUri(statement, document.uri, library) ?? []);
}

/** Every document that a document depends on through imports, itself left out, as URIs in text form. */
export function importClosure(
  document: LangiumDocument,
  documents: LangiumDocuments,
  library: Library,
): Set<string> {
  const seen = new Set<string>();
  const pending = [...importsOf(document, library)];
  for (let uri = pending.pop(); uri; uri = pending.pop()) {
    if (seen.has(uri.toString())) continue;
    seen.add(uri.toString());
    const next = documents.getDocument(uri);
    if (next) pending.push(...importsOf(next, library));
  }
  seen.delete(document.uri.toString());
  return seen;
}
