import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { errorsOf, eventually, fileUri, openText } from './workspace.ts';

const airline = () => fileUri('airline/airline.loom');

describe('Editing', () => {
  it('shows no error in the airline example', async () => {
    await vscode.window.showTextDocument(airline());
    await eventually('code lenses, hence a checked text', async () => (await lensesOf(airline())).at(0));
    assert.deepEqual(errorsOf(airline()), []);
  });

  it('shows an error as soon as it is typed, and none once it is mended', async () => {
    const editor = await openText(
      'typed.loom',
      'network N(x: [1]) -> y: [1] {\n  y = dense(x, units = 1)\n}\n',
    );
    const { document } = editor;
    const name = new vscode.Range(1, 12, 1, 13);
    await editor.edit((edit) => edit.replace(name, 'q'));
    const [error] = await eventually('an error', () => nonEmpty(errorsOf(document.uri)));
    assert.equal(error.range.start.line, 1);
    assert.match(error.message, /q/);
    await editor.edit((edit) => edit.replace(name, 'x'));
    await eventually('no error', () => errorsOf(document.uri).length === 0 || undefined);
  });

  it('offers keywords, and the names that may stand at a place', async () => {
    const editor = await openText('offers.loom', 'import std.cells\n\n');
    const keywords = await labelsAt(editor.document.uri, new vscode.Position(2, 0));
    for (const word of ['device', 'crossbar', 'cell', 'network', 'experiment'])
      assert.ok(keywords.includes(word), word);
    const text = 'import std.cells\nnetwork Net(signal: [2]) -> y: [1] {\n  y = \n}\n';
    const { document } = await openText('names.loom', text);
    const names = await labelsAt(document.uri, new vscode.Position(2, 6));
    for (const name of ['signal', 'Lstm', 'Gru', 'dense'])
      assert.ok(names.includes(name), `${name} in ${names}`);
  });

  it('puts a lens that runs it above each experiment', async () => {
    await vscode.window.showTextDocument(airline());
    const lens = await eventually('a code lens', async () =>
      (await lensesOf(airline())).find(({ command }) => command?.command === 'memloom.run'),
    );
    assert.equal(lens.command?.command, 'memloom.run');
    assert.deepEqual(lens.command?.arguments, [airline().toString(), 'forecast']);
    const text = (await vscode.workspace.openTextDocument(airline())).lineAt(lens.range.start.line).text;
    assert.match(text, /^experiment forecast/);
  });

  it('outlines, explains and colours', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      airline(),
    );
    assert.ok(symbols.some(({ name, detail }) => name === 'HfO2' && detail === 'device'));
    const document = await vscode.workspace.openTextDocument(airline());
    const at = document.positionAt(document.getText().indexOf('Np(x') + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      airline(),
      at,
    );
    assert.match(
      hovers
        .flatMap(({ contents }) => contents)
        .map(textOf)
        .join('\n'),
      /cell Np extends Lstm[\s\S]*no peepholes/,
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      airline(),
    );
    assert.ok(tokens.data.length > 0);
  });

  it('offers tasks that check and run each text by the terminal tool', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'memloom' });
    const names = tasks.map(({ name }) => name);
    for (const name of ['check airline/airline.loom', 'run airline/airline.loom'])
      assert.ok(names.includes(name), `${names}`);
    assert.ok(tasks.every(({ problemMatchers }) => problemMatchers.includes('$memloom')));
  });

  it('opens the standard library as a read-only text', async () => {
    const document = await vscode.workspace.openTextDocument(airline());
    const at = document.positionAt(document.getText().indexOf('Np(x') + 1);
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      airline(),
      at,
    );
    const [place] = places;
    assert.ok(place);
    const library = await vscode.workspace.openTextDocument(
      'targetUri' in place ? place.targetUri : place.uri,
    );
    assert.match(library.getText(), /cell Np extends Lstm/);
  });
});

const lensesOf = async (uri: vscode.Uri) =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10)) ?? [];

async function labelsAt(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

const nonEmpty = <T>(values: readonly T[]) => (values.length > 0 ? values : undefined);
const textOf = (content: vscode.MarkdownString | vscode.MarkedString) =>
  typeof content === 'string' ? content : content.value;
