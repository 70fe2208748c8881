import { type FileSystemNode, type FileSystemProvider, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { type CompletionItem, CompletionItemKind, type TextEdit } from 'vscode-languageserver-protocol';
import { MemoryFileSystem } from '../../language/workspace/memory-file-system.ts';
import { declarationSnippets, withDefaults } from '../../server/completion/snippets.ts';
import { architecture } from './architecture-text.ts';
import { openEditor, uriOf } from './editor.ts';

/** A folder of files that are named, with their texts. */
class Folder extends MemoryFileSystem {
  constructor(private readonly names: Readonly<Record<string, string>>) {
    super(Object.fromEntries(Object.entries(names).map(([name, text]) => [uriOf(name), text])));
  }

  override async readDirectory(folder = URI.parse(uriOf(''))): Promise<FileSystemNode[]> {
    const prefix = `${folder.toString().replace(/\/$/, '')}/`;
    const inside = Object.keys(this.names)
      .map(uriOf)
      .filter((uri) => uri.startsWith(prefix))
      .map((uri) => uri.slice(prefix.length).split('/'));
    return inside.map(([name, ...below]) => ({
      isFile: below.length === 0,
      isDirectory: below.length > 0,
      uri: URI.parse(`${prefix}${name}`),
    }));
  }
}

async function complete(text: string, folder?: FileSystemProvider): Promise<readonly CompletionItem[]> {
  const { services, document, at } = await openEditor({ 'main.loom': text }, folder);
  const list = await services.lsp.CompletionProvider?.getCompletion(document, at);
  return list?.items ?? [];
}

const labels = async (text: string, folder?: FileSystemProvider) =>
  (await complete(text, folder)).map(({ label }) => label);

const imports = 'import std.cells\nimport std.cmos180\n';
const device = 'device D = resistive()\n';
const current = `${imports}${device}crossbar C {\n  device = D\n  readout = current\n}\n`;

describe('Completion', () => {
  it.each([
    ['\n<|>', ['device', 'crossbar', 'cell', 'import'], ['train', 'vmm']],
    ['experiment e {\n  <|>\n}', ['train', 'infer', 'expect', 'data', 'network'], ['device', 'cell']],
    ['hardware H {\n  <|>\n}', ['vmm', 'sigmoid', 'scale', 'share'], ['device', 'train']],
    ['crossbar C {\n  <|>\n}', ['device', 'vRead', 'readout'], ['levels', 'train']],
  ])('offers what may stand there: %j', async (text, wanted, unwanted) => {
    const found = await labels(text);
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
  });

  it.each([
    ['crossbar C {\n  vRead = 100 <|>\n}', ['V', 'mV', 'uV'], ['Ohm', 'A']],
    ['crossbar C {\n  vRead = 100 m<|>\n}', ['mV'], ['mOhm']],
    ['crossbar C {\n  wire = 2<|>k\n}', [], ['V']],
    ['device D = resistive(rOn = 10 <|>)', ['Ohm', 'kOhm', 'MOhm'], ['V']],
    ['device D = resistive() {\n  programming = gaussian(2 <|>)\n}', ['%', 'S', 'uS'], ['Ohm']],
    [`${imports}hardware H {\n  state on SampleHold(capacitance = 2 <|>)\n}`, ['F', 'pF'], ['V']],
    ['dataset d from "a.csv" {\n  window = 3 <|>\n}', ['steps'], ['V']],
    ['block B(in: V) -> out: V {\n  param offset = 1 mV in 0 V .. 2 <|>\n}', ['V', 'mV'], ['Ohm']],
  ])('offers units that fit: %j', async (text, wanted, unwanted) => {
    const found = await labels(text);
    expect(found).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(found).not.toContain(label);
  });

  it('sets a unit apart from its number, and the likely ones first', async () => {
    const items = await complete('crossbar C {\n  vRead = 100 <|>\n}');
    expect(items.slice(0, 2).map(({ label }) => label)).toEqual(['V', 'kV']);
    const [item] = await complete('crossbar C {\n  vRead = 100m<|>\n}');
    expect((item.textEdit as TextEdit).newText).toBe(' V');
  });

  it('offers no parameter, property or role twice', async () => {
    expect(await labels('device D = resistive(rOn = 1 kOhm, <|>)')).toContain('rOff');
    expect(await labels('device D = resistive(rOn = 1 kOhm, <|>)')).not.toContain('rOn');
    const properties = await labels('crossbar C {\n  vRead = 0.1 V\n  <|>\n}');
    expect(properties).toContain('readout');
    expect(properties).not.toContain('vRead');
    expect(await labels(`${imports}hardware H {\n  tanh on Tanh\n  <|>\n}`)).not.toContain('tanh');
  });

  it('offers the words of a choice', async () => {
    expect(await labels('crossbar C {\n  readout = <|>\n}')).toEqual(
      expect.arrayContaining(['voltage', 'current']),
    );
  });

  it('offers what realises a role', async () => {
    const vmm = await labels(`${current}hardware H {\n  vmm on <|>\n}`);
    expect(vmm).toContain('C');
    expect(vmm).not.toContain('Tanh');
    const readout = await labels(`${current}hardware H {\n  vmm on C\n  readout on <|>\n}`);
    expect(readout).toContain('Tia');
    for (const label of ['DifferenceAmp', 'C', 'Multiplier']) expect(readout).not.toContain(label);
    expect(await labels(`${current}hardware H {\n  product on <|>\n}`)).toContain('Multiplier');
  });

  it('offers functions where they have their place', async () => {
    const layer = await labels(`${imports}network N(x: [1]) -> y: [1] {\n  y = <|>\n}`);
    expect(layer).toEqual(expect.arrayContaining(['Lstm', 'dense', 'last', 'x']));
    for (const label of ['adam', 'vmm', 'gaussian', 'wafer']) expect(layer).not.toContain(label);
    const cell = await labels('cell A(x: [n]) -> h: [m] {\n  h = <|>\n}');
    expect(cell).toEqual(expect.arrayContaining(['vmm', 'peephole', 'tanh', 'x']));
    expect(cell).not.toContain('dense');
    expect(await labels('experiment e {\n  train <|>\n}')).toEqual(expect.arrayContaining(['adam', 'sgd']));
    expect(await labels('experiment e {\n  train <|>\n}')).not.toContain('tanh');
    expect(await labels('dataset d generate <|>')).toContain('wafer');
  });

  it('offers probes: layers, and the signals of their cells', async () => {
    const before = architecture.slice(0, architecture.indexOf('  expect Analog'));
    const signals = await labels(`${before}  infer on Analog { probe rnn.<|> }\n}\n`);
    expect(signals).toEqual(expect.arrayContaining(['i', 'f', 'c', 'h']));
    expect(await labels(`${before}  infer on Analog { probe <|> }\n}\n`)).toEqual(
      expect.arrayContaining(['rnn', 'y', 'x']),
    );
  });

  it('offers the nodes behind a signal to a transient, and what else may be recorded', async () => {
    const before = architecture.slice(0, architecture.indexOf('  expect Analog'));
    const at = async (probe: string) => labels(`${before}  transient 2 steps on Analog { ${probe} }\n}\n`);
    expect(await at('probe <|>')).toEqual(expect.arrayContaining(['rnn', 'x', 'current', 'power']));
    expect(await at('probe rnn.<|>')).toEqual(expect.arrayContaining(['i', 'c', 'product', 'sum']));
    expect(await at('probe rnn.i.<|>')).toEqual(
      expect.arrayContaining(['pair', 'readout', 'capacitor', 'x', 'h', 'bias']),
    );
  });

  it('offers the metrics that the experiment gives', async () => {
    const forecast = await labels(architecture.replace('expect Analog.rmse.test.std < 3', 'expect <|>'));
    expect(forecast).toEqual(
      expect.arrayContaining([
        'rmse.test',
        'Analog.rmse.test',
        'Analog.mae.train.std',
        'persistence.rmse.test',
      ]),
    );
    for (const label of ['accuracy.test', 'Coarse.rmse.test', 'majority.rmse.test'])
      expect(forecast).not.toContain(label);
    const classes = await labels(`dataset g generate wafer()\nexperiment e {\n  data g\n  expect acc<|>\n}`);
    expect(classes).toContain('accuracy.test');
    expect(classes).not.toContain('rmse.test');
  });

  it('offers the files that an import, data or weights may name, and the columns of a table', async () => {
    const folder = new Folder({
      'main.loom': '',
      'cells.loom': '',
      'w.safetensors': '',
      'data/a.csv': 'month,"passengers, all"\n1,2\n',
      'notes.md': '',
    });
    expect(await labels('import "<|>"', folder)).toEqual(['cells.loom', 'data/']);
    expect(await labels('dataset d from "data/<|>"', folder)).toEqual(['a.csv']);
    expect(await labels('experiment e { weights from "<|>" }', folder)).toEqual(['w.safetensors', 'data/']);
    const columns = ['month', 'passengers, all'];
    expect(await labels('dataset d from "data/a.csv" {\n  column = "<|>"\n}', folder)).toEqual(columns);
    expect(await labels('dataset d from "data/a.csv" {\n  columns = "month", "<|>"\n}', folder)).toEqual(
      columns,
    );
    expect(await labels('dataset d from "data/a.csv" {\n  column = "<|>\n}', folder)).toEqual(columns);
    expect(await labels('dataset d from "data/none.csv" {\n  column = "<|>"\n}', folder)).toEqual([]);
    expect(await labels('import "<|>"')).toEqual([]);
  });

  it('offers the files of the standard library', async () => {
    expect(await labels('import std.<|>')).toEqual(['std.cells', 'std.cmos180', 'std.gf180']);
    expect(await labels('import <|>')).toEqual(['std.cells', 'std.cmos180', 'std.gf180']);
  });

  it('is silent in comments', async () => {
    expect(await labels('// dev<|>')).toEqual([]);
    expect(await labels('device D = resistive()  // <|>')).toEqual([]);
  });

  it('says what each keyword begins', async () => {
    const item = (await complete('\n<|>')).find(({ label }) => label === 'crossbar');
    expect(item).toMatchObject({ kind: CompletionItemKind.Keyword });
    expect(item?.detail).toContain('array of devices');
  });
});

describe('Snippets', () => {
  it.each([
    ['an empty text', ''],
    ['a text that has everything', architecture],
  ])('with their defaults are in order in %s', async (_, text) => {
    const { document } = await openEditor({ 'main.loom': text });
    const snippets = declarationSnippets(document);
    expect(new Set(snippets.map(({ keyword }) => keyword)).size).toBeGreaterThanOrEqual(8);
    for (const { label, text: body, imports: needed } of snippets) {
      const own = needed.filter((name) => !text.includes(`import ${name}`));
      const head = own.map((name) => `import ${name}\n`).join('');
      const filled = await openEditor({ 'main.loom': `${head}${text}\n${withDefaults(body)}\n` });
      expect(
        filled.document.diagnostics?.filter(({ severity }) => severity === 1).map(({ message }) => message),
        `${label}\n${body}`,
      ).toEqual([]);
    }
  });
});
