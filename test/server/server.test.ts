import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CodeLensRequest,
  CompletionItemKind,
  CompletionRequest,
  DefinitionRequest,
  DiagnosticSeverity,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  type Location,
  type LocationLink,
  RenameRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node';
import { ElaborateRequest, type ElaborateResult, StandardSourceRequest } from '../../server/protocol.ts';
import { bundleServer, type Session, startSession } from './session.ts';

const airlineFile = fileURLToPath(new URL('../../examples/airline/airline.loom', import.meta.url));
const airlineUri = pathToFileURL(airlineFile).toString();
const airline = readFileSync(airlineFile, 'utf8');
const netUri = 'file:///virtual/net.loom';
const net = `import std.cells

/// Two units, one output.
network Net(x: [1]) -> y: [1] {
  rnn = Np(x, units = 2)
  y = dense(rnn, units = 1)
}
`;

describe('The language server', () => {
  let server: Session;

  beforeAll(async () => {
    server = await startSession(await bundleServer());
  }, 30_000);
  afterAll(() => server.close());

  it('announces what it can do', () => {
    expect(server.initialized.capabilities).toMatchObject({
      codeLensProvider: {},
      declarationProvider: true,
      documentHighlightProvider: true,
      documentLinkProvider: {},
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      signatureHelpProvider: { triggerCharacters: ['('] },
      completionProvider: { triggerCharacters: ['.', '"', '/'] },
      callHierarchyProvider: {},
      codeActionProvider: { codeActionKinds: expect.arrayContaining(['quickfix', 'source.fixAll.memloom']) },
      inlayHintProvider: { resolveProvider: false },
      selectionRangeProvider: true,
      typeHierarchyProvider: {},
      workspace: { fileOperations: { willRename: { filters: [{ pattern: { glob: '**/*' } }] } } },
      definitionProvider: true,
      documentFormattingProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      hoverProvider: true,
      semanticTokensProvider: { full: { delta: false }, range: true },
    });
  });

  it('finds no error in the airline example', async () => {
    const diagnostics = await server.open(airlineUri, airline);
    expect(diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error)).toEqual([]);
  });

  it('reports an error where it is, and nothing once it is mended', async () => {
    const [error] = await server.open(netUri, net.replace('dense(rnn', 'dense(rrn'));
    expect(error).toMatchObject({
      severity: DiagnosticSeverity.Error,
      range: { start: { line: 5, character: 12 }, end: { line: 5, character: 15 } },
    });
    expect(error.message).toContain('rrn');
    expect(error.code).toBeTypeOf('string');
    expect(await server.change(netUri, net)).toEqual([]);
  });

  it('survives any text', async () => {
    const uri = 'file:///virtual/noise.loom';
    const noise = String.fromCharCode(...Array.from({ length: 3000 }, (_, at) => (at * 7919) % 65_521));
    expect((await server.open(uri, noise)).length).toBeGreaterThan(0);
    expect((await server.change(uri, airline.slice(0, 1500))).length).toBeGreaterThan(0);
  });

  it('puts a lens that runs it and one that debugs it above each experiment', async () => {
    const all = await server.connection.sendRequest(CodeLensRequest.type, {
      textDocument: { uri: airlineUri },
    });
    const lenses = (all ?? []).filter(({ command }) => command?.command === 'memloom.run');
    expect(lenses).toHaveLength(1);
    const line = airline.split('\n').findIndex((text) => text.startsWith('experiment forecast'));
    expect(lenses[0]).toMatchObject({
      range: { start: { line, character: 0 } },
      command: { title: '$(play) Run forecast', command: 'memloom.run', arguments: [airlineUri, 'forecast'] },
    });
    const debug = (all ?? []).find(({ command }) => command?.command === 'memloom.debug');
    expect(debug).toMatchObject({
      range: { start: { line, character: 0 } },
      command: { title: '$(debug-alt) Debug', arguments: [airlineUri, 'forecast'] },
    });
  });

  it('completes keywords at the start of a declaration', async () => {
    const uri = 'file:///virtual/keywords.loom';
    await server.open(uri, '\n');
    const items = await completions(uri, 0, 0);
    for (const label of [
      'device',
      'crossbar',
      'block',
      'cell',
      'hardware',
      'network',
      'dataset',
      'experiment',
      'import',
    ])
      expect(items).toContainEqual(expect.objectContaining({ label, kind: CompletionItemKind.Keyword }));
  });

  it('completes cells, functions and signals in a layer, each with its declaration', async () => {
    const uri = 'file:///virtual/layers.loom';
    await server.open(uri, net.replace('dense(rnn, units = 1)', ''));
    const items = await completions(uri, 5, 6);
    expect(items).toContainEqual(
      expect.objectContaining({
        label: 'Np',
        kind: CompletionItemKind.Class,
        detail: 'cell Np extends Lstm',
      }),
    );
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['Gru', 'dense', 'x', 'rnn']));
  });

  it('completes the properties of a crossbar with what they mean', async () => {
    const uri = 'file:///virtual/properties.loom';
    await server.open(uri, 'crossbar A {\n  \n}\n');
    const items = await completions(uri, 1, 2);
    const vRead = items.find(({ label }) => label === 'vRead');
    expect(vRead).toMatchObject({ kind: CompletionItemKind.Property, textEdit: { newText: 'vRead = ' } });
    expect(JSON.stringify(vRead?.documentation)).toMatch(/word-line voltage/i);
    expect(items.map(({ label }) => label)).not.toContain('capacitance');
  });

  it('explains a name by its declaration and its comment', async () => {
    const hover = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: netUri },
      position: { line: 4, character: 9 },
    });
    expect(hover?.contents).toEqual({
      kind: 'markdown',
      value: '```loom\ncell Np extends Lstm\n```\n\nNP: no peepholes. The LSTM of Keras, PyTorch and ONNX.',
    });
  });

  it('leads from a name of the standard library to a text that it can show', async () => {
    const found = await server.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri: netUri },
      position: { line: 4, character: 9 },
    });
    const [place] = [found ?? []].flat() as (Location | LocationLink)[];
    const uri = 'targetUri' in place ? place.targetUri : place.uri;
    const range = 'targetUri' in place ? place.targetSelectionRange : place.range;
    const text = await server.connection.sendRequest<string | null>(StandardSourceRequest.method, { uri });
    expect(text?.split('\n')[range.start.line]).toBe('cell Np extends Lstm {');
    expect(
      await server.connection.sendRequest<string | null>(StandardSourceRequest.method, {
        uri: 'memloom:/std/none.loom',
      }),
    ).toBeNull();
  });

  it('says why it does not rename', async () => {
    const params = { textDocument: { uri: netUri }, position: { line: 4, character: 9 }, newName: 'Mine' };
    await expect(server.connection.sendRequest(RenameRequest.type, params)).rejects.toThrow(
      '"Np" belongs to the standard library, which cannot be changed.',
    );
  });

  it('outlines declarations with what is in them', async () => {
    const symbols = await server.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri: netUri },
    });
    expect(symbols).toHaveLength(1);
    expect(symbols?.[0]).toMatchObject({
      name: 'Net',
      detail: 'network',
      children: [{ name: 'x' }, { name: 'y' }, { name: 'rnn' }, { name: 'y' }],
    });
  });

  it('colours names by what they refer to', async () => {
    const { legend } = server.initialized.capabilities.semanticTokensProvider ?? {
      legend: { tokenTypes: [] },
    };
    const tokens = await server.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: { uri: netUri },
    });
    expect(decode(tokens?.data ?? [], legend.tokenTypes, net)).toEqual(
      expect.arrayContaining(['parameter x', 'class Np', 'function dense', 'variable rnn', 'property units']),
    );
  });

  it('colours every name of a list of references', async () => {
    const uri = 'file:///virtual/references.loom';
    await server.open(uri, airline);
    const { legend } = server.initialized.capabilities.semanticTokensProvider ?? {
      legend: { tokenTypes: [] },
    };
    const tokens = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    const texts = decode(tokens?.data ?? [], legend.tokenTypes, airline);
    expect(texts.filter((text) => text === 'class CurrentMode')).toHaveLength(2);
    expect(texts).toContain('enumMember voltage');
    expect(texts).toContain('property levels');
    expect(texts).toContain('type kOhm');
    expect(texts.filter((text) => text.startsWith('struct ')).length).toBeGreaterThan(1);
  });

  it('folds bodies', async () => {
    const folds = await server.connection.sendRequest(FoldingRangeRequest.type, {
      textDocument: { uri: netUri },
    });
    expect(folds).toContainEqual(expect.objectContaining({ startLine: 3, endLine: 5 }));
  });

  it('formats a text', async () => {
    const uri = 'file:///virtual/format.loom';
    const untidy = net.replace('  rnn = Np(x, units = 2)', '       rnn=Np(x,units=2)');
    await server.open(uri, untidy);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options,
    });
    expect(applied(untidy, edits ?? [])).toBe(net);
  });

  it('elaborates a text as it stands in the editor, with the files that the experiment reads', async () => {
    await server.change(airlineUri, airline.replace('trials 100', 'trials 12'));
    const params = { uri: airlineUri, experiment: 'forecast' };
    const { design, experiments, errors, files } = await server.connection.sendRequest<ElaborateResult>(
      ElaborateRequest.method,
      params,
    );
    expect(errors).toEqual([]);
    expect(experiments).toEqual(['forecast']);
    expect(design?.experiments[0].infer?.trials).toBe(12);
    expect(files).toEqual([
      expect.objectContaining({
        name: airlineUri.replace('airline.loom', 'airline-passengers.csv'),
        kind: 'data',
      }),
    ]);
    expect(JSON.parse(JSON.stringify(design))).toEqual(design);
  });

  it('gives no design of a text with errors, but the errors with their places', async () => {
    await server.change(airlineUri, airline.replace('network Forecast\n', 'network Nowhere\n'));
    const params = { uri: airlineUri, experiment: 'forecast' };
    const { design, experiments, errors } = await server.connection.sendRequest<ElaborateResult>(
      ElaborateRequest.method,
      params,
    );
    expect(design).toBeUndefined();
    expect(experiments).toEqual(['forecast']);
    const line = airline.split('\n').findIndex((text) => text.trim() === 'network Forecast');
    expect(errors[0]).toMatchObject({ uri: airlineUri, range: { start: { line } } });
    expect(errors[0].message).toContain('Nowhere');
  });

  it('answers for a text that it does not know with nothing', async () => {
    const answer = await server.connection.sendRequest<ElaborateResult>(ElaborateRequest.method, {
      uri: 'file:///virtual/unknown.loom',
    });
    expect(answer).toEqual({ experiments: [], errors: [], files: [] });
  });

  async function completions(uri: string, line: number, character: number) {
    const params = { textDocument: { uri }, position: { line, character } };
    const list = await server.connection.sendRequest(CompletionRequest.type, params);
    return Array.isArray(list) ? list : (list?.items ?? []);
  }
});

describe('A session', () => {
  it('ends with exit code 0 when its client says so', async () => {
    const session = await startSession(await bundleServer());
    expect(await session.close()).toBe(0);
  }, 30_000);
});

/** `TYPE TEXT` of each token. */
function decode(data: readonly number[], types: readonly string[], text: string): readonly string[] {
  const lines = text.split('\n');
  const tokens: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lineStep, characterStep, length, type] = data.slice(at, at + 4);
    line += lineStep;
    character = lineStep > 0 ? characterStep : character + characterStep;
    tokens.push(`${types[type]} ${lines[line].slice(character, character + length)}`);
  }
  return tokens;
}

interface Edit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}
interface Place {
  readonly line: number;
  readonly character: number;
}

function applied(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: Place) =>
    lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
  const lastFirst = [...edits].sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start));
  return lastFirst.reduce(
    (result, { range, newText }) =>
      result.slice(0, offsetOf(range.start)) + newText + result.slice(offsetOf(range.end)),
    text,
  );
}
