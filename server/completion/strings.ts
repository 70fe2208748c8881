import { ast, type LoomServices, resolvePath } from '@memloom/language';
import { parseCsv } from '@memloom/sim-core';
import { AstUtils, CstUtils, type LangiumDocument, type URI, UriUtils } from 'langium';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-protocol';

/** What is before an open string, and the string so far. */
const openString = /(?:(\w+)\s*=\s*(?:"[^"]*"\s*,\s*)*|(\w+)\s+)"([^"]*)$/;

/** Endings of the files that belong behind a word. */
const endings: Readonly<Record<string, readonly string[]>> = {
  import: ['.loom'],
  dataset: ['.csv', '.tsv', '.txt', '.data'],
  test: ['.csv', '.tsv', '.txt', '.data'],
  weights: ['.safetensors'],
};

const columnProperties: ReadonlySet<string> = new Set(['column', 'columns', 'target']);

/** File names and columns in the string at the cursor; undefined where there is no open string. */
export async function stringItems(
  line: string,
  position: Position,
  document: LangiumDocument,
  services: LoomServices,
): Promise<readonly CompletionItem[] | undefined> {
  if ((line.match(/"/g)?.length ?? 0) % 2 === 0) return undefined;
  const [, property, word, typed = ''] = openString.exec(line) ?? [];
  if (property !== undefined && columnProperties.has(property))
    return columnItems(typed, position, document, services);
  const kind = property === 'test' ? 'test' : word === 'from' ? fromKind(line) : word;
  const wanted = kind === undefined ? undefined : endings[kind];
  return wanted ? fileItems(typed, wanted, position, document, services) : [];
}

const fromKind = (line: string): string => (/\bweights\s+from\s+"[^"]*$/.test(line) ? 'weights' : 'dataset');

async function fileItems(
  typed: string,
  wanted: readonly string[],
  position: Position,
  document: LangiumDocument,
  services: LoomServices,
): Promise<readonly CompletionItem[]> {
  const name = typed.slice(typed.lastIndexOf('/') + 1);
  const folder = resolvePath(document.uri, `${typed.slice(0, typed.length - name.length)}.`);
  const entries = await read(() => services.shared.workspace.FileSystemProvider.readDirectory(folder));
  const start = { ...position, character: position.character - name.length };
  return (entries ?? [])
    .filter(({ isDirectory, uri }) => isDirectory || wanted.some((ending) => uri.path.endsWith(ending)))
    .filter(({ uri }) => !UriUtils.equals(uri, document.uri) && !UriUtils.basename(uri).startsWith('.'))
    .map(({ isDirectory, uri }) => {
      const label = `${UriUtils.basename(uri)}${isDirectory ? '/' : ''}`;
      const kind = isDirectory ? CompletionItemKind.Folder : CompletionItemKind.File;
      return { label, kind, textEdit: { range: { start, end: position }, newText: label } };
    });
}

async function columnItems(
  typed: string,
  position: Position,
  document: LangiumDocument,
  services: LoomServices,
): Promise<readonly CompletionItem[]> {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, document.textDocument.offsetAt(position));
  const dataset =
    datasetAround(leaf?.offset ?? 0, document) ?? AstUtils.getContainerOfType(leaf?.astNode, ast.isDataset);
  const file = dataset?.file ? resolvePath(document.uri, dataset.file) : undefined;
  const start = { ...position, character: position.character - typed.length };
  return ((file && (await columnsOf(file, services))) ?? []).map((label) => ({
    label,
    kind: CompletionItemKind.Field,
    textEdit: { range: { start, end: position }, newText: label },
  }));
}

/** The last data set that begins before an offset: an open string hides the rest of its declaration from the parser. */
function datasetAround(offset: number, document: LangiumDocument): ast.Dataset | undefined {
  const model = document.parseResult.value;
  const before = ast.isModel(model)
    ? model.declarations.filter(({ $cstNode }) => $cstNode && $cstNode.offset <= offset)
    : [];
  const last = before.at(-1);
  return ast.isDataset(last) ? last : undefined;
}

async function columnsOf(file: URI, services: LoomServices): Promise<readonly string[] | undefined> {
  const bytes = await read(() => services.shared.workspace.FileSystemProvider.readBinary(file));
  const table = bytes && parseCsv(bytes, file.toString());
  return table?.ok ? table.value.header : undefined;
}

/** What cannot be read offers nothing. */
async function read<T>(source: () => Promise<T>): Promise<T | undefined> {
  try {
    return await source();
  } catch {
    return undefined;
  }
}
