import { createLoomServices, type LoomServices } from '@memloom/language';
import { EmptyFileSystem, type FileSystemProvider, type LangiumDocument, URI } from 'langium';
import { expect } from 'vitest';
import type { Position, TextEdit } from 'vscode-languageserver-protocol';
import { features } from '../../server/create-server.ts';
import { SettingsStore } from '../../server/settings.ts';

/** Texts open in an editor, without a protocol between. */
export interface Editor {
  readonly services: LoomServices;
  /** The text that holds the cursor `<|>`, and where it is. */
  readonly document: LangiumDocument;
  readonly position: Position;
  readonly at: { readonly textDocument: { readonly uri: string }; readonly position: Position };
  textOf(uri: string): string;
  /** The texts that edits touch, as they are afterwards, by the name of their file. */
  applied(changes: Readonly<Record<string, readonly TextEdit[]>> | undefined): Record<string, string>;
}

const cursor = '<|>';
export const uriOf = (name: string) => `file:///folder/${name}`;

/** Opens files by name; one of them holds the cursor. `folder` is what else lies beside them. */
export async function openEditor(
  files: Readonly<Record<string, string>>,
  folder?: FileSystemProvider,
): Promise<Editor> {
  const system = folder ? { ...EmptyFileSystem, fileSystemProvider: () => folder } : EmptyFileSystem;
  const { shared, Loom } = createLoomServices({ ...system }, features(new SettingsStore()));
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  const documents = Object.entries(files).map(([name, text]) =>
    shared.workspace.LangiumDocumentFactory.fromString(text.replace(cursor, ''), URI.parse(uriOf(name))),
  );
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: true });
  const index = Math.max(
    0,
    Object.values(files).findIndex((text) => text.includes(cursor)),
  );
  const document = documents[index];
  const position = document.textDocument.positionAt(Math.max(0, Object.values(files)[index].indexOf(cursor)));
  const textOf = (uri: string) => {
    const found = shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
    expect(found, uri).toBeDefined();
    return found?.textDocument.getText() ?? '';
  };
  const applied: Editor['applied'] = (changes = {}) =>
    Object.fromEntries(
      Object.entries(changes).map(([uri, edits]) => [uri.replace(uriOf(''), ''), apply(textOf(uri), edits)]),
    );
  return {
    services: Loom,
    document,
    position,
    at: { textDocument: { uri: document.uri.toString() }, position },
    textOf,
    applied,
  };
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (result, { range, newText }) =>
        result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}
