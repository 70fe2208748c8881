/**
 * The language server through the real protocol: the bundle that ships, in a process of its own, over IPC as VS Code
 * speaks to it. Every time runs from the request to its answer, or from an edit to the diagnostics that follow from
 * it, with all checks on.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLoomServices } from '@memloom/language';
import { EmptyFileSystem } from 'langium';
import {
  CompletionRequest,
  DiagnosticSeverity,
  HoverRequest,
  type Position,
  RenameRequest,
} from 'vscode-languageserver-protocol/node';
import { type Client, startClient } from './editor/client.ts';
import { editedText, textOfLines } from './editor/texts.ts';
import { misses, publish } from './report.ts';

interface Row {
  readonly case: string;
  readonly measure: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB';
  /** What the value may be at most, where there is a bar. */
  readonly atMost?: number;
}

// The bundle of this benchmark runs from `bench/dist`.
const server = fileURLToPath(new URL('../../server/dist/server.cjs', import.meta.url));
const uri = 'file:///bench/text.loom';
const megabyte = 1e6;
const editBars: Readonly<Record<number, number>> = { 200: 50, 2000: 250 };
const rows: Row[] = [];

await measureStart();
for (const lines of [200, 2000, 20_000]) await measureText(lines);
await measureWorkspace(200);
publish('editor', 'Language server over IPC, medians', rows, table());

/**
 * From the start of the process to the first diagnostics. Only the very first start of an installation compiles the
 * server; it is a row of its own.
 */
async function measureStart(): Promise<void> {
  const text = textOfLines(200);
  const start = async () => {
    const client = await startClient(server);
    await client.open(uri, text);
    return () => client.close();
  };
  const row = (measure: string, value: number, atMost?: number) =>
    rows.push({ case: '200 lines', measure, value, unit: 'ms', ...(atMost === undefined ? {} : { atMost }) });
  for (const name of readdirSync(dirname(server)))
    if (name.includes('.v8cache')) rmSync(join(dirname(server), name));
  row('first start of an installation to first diagnostics', await median(1, start));
  row('cold start to first diagnostics', await median(11, start), 400);
}

async function measureText(lines: number): Promise<void> {
  const text = textOfLines(lines);
  const count = lines > 2000 ? 5 : 21;
  const name = `${lines.toLocaleString('en')} lines`;
  const row = (measure: string, value: number, atMost?: number) =>
    rows.push({ case: name, measure, value, unit: 'ms', ...(atMost === undefined ? {} : { atMost }) });
  const client = await startClient(server);
  // The first text also warms the server up: it is not counted.
  await client.open('file:///bench/warm.loom', textOfLines(200, 'w'));
  row('open to diagnostics', await median(1, async () => void (await client.open(uri, text))));
  row('edit to diagnostics', await median(count, editing(client, text)), editBars[lines]);
  row('of which parsing', await median(count, parsing(text)));
  const bar = (value: number) => (lines === 2000 ? value : undefined);
  const requests = requestsOf(client, uri, text, '0');
  row('completion', await median(count, requests.completion), bar(30));
  row('hover', await median(count, requests.hover), bar(10));
  row('rename', await median(count, requests.rename));
  rows.push({ case: name, measure: 'memory', value: client.memory() / megabyte, unit: 'MB' });
  await client.close();
}

/** Requests in the architecture of this name, each of which has an answer. */
function requestsOf({ connection }: Client, asked: string, text: string, name: string) {
  const at = (mark: string, shift: number) => ({
    textDocument: { uri: asked },
    position: positionOf(text, mark, shift),
  });
  const ask = (request: () => Promise<unknown>) => async () => {
    if (!(await request())) throw new Error('The server has no answer.');
  };
  const rename = { ...at(`device HfO2_${name}`, 8), newName: 'Renamed' };
  return {
    completion: ask(() => connection.sendRequest(CompletionRequest.type, at('readout on Difference', 11))),
    hover: ask(() => connection.sendRequest(HoverRequest.type, at('readout on Difference', 12))),
    rename: ask(() => connection.sendRequest(RenameRequest.type, rename)),
  };
}

/** Edits the number of the first device, back and forth. */
function editing(client: Client, text: string, edited = uri): () => Promise<void> {
  let digit = 0;
  return async () => {
    const start = positionOf(text, editedText, editedText.indexOf('10') + 1);
    const end = { ...start, character: start.character + 1 };
    digit = (digit + 1) % 10;
    const diagnostics = await client.change(edited, { range: { start, end }, text: `${digit}` });
    const error = diagnostics.find(({ severity }) => severity === DiagnosticSeverity.Error);
    if (error) throw new Error(`The text has an error: ${JSON.stringify(error)}`);
  };
}

/** The parser alone, in this process: what an edit costs at least while a text is parsed as a whole. */
function parsing(text: string): () => Promise<void> {
  const { Loom } = createLoomServices(EmptyFileSystem);
  return async () => void Loom.parser.LangiumParser.parse(text);
}

/** A folder of files that import each other in a chain; the edit is in the last link, and in the first. */
async function measureWorkspace(files: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
  const nameOf = (index: number) => `part${index}.loom`;
  const texts = Array.from({ length: files }, (_, index) => {
    const imported = index % 10 === 0 ? '' : `import "${nameOf(index - 1)}"\n`;
    return `${imported}${textOfLines(100, `p${index}_`)}`;
  });
  for (const [index, text] of texts.entries()) writeFileSync(join(folder, nameOf(index)), text);
  const name = `${files} files`;
  const row = (measure: string, value: number) => rows.push({ case: name, measure, value, unit: 'ms' });
  try {
    const uriOf = (index: number) => pathToFileURL(join(folder, nameOf(index))).toString();
    let client: Client | undefined;
    row(
      'cold start to first diagnostics',
      await median(1, async () => {
        client = await startClient(server, pathToFileURL(folder).toString());
        await client.open(uriOf(9), texts[9]);
      }),
    );
    if (!client) return;
    const opened = client;
    row('edit to diagnostics', await median(11, editing(opened, texts[9], uriOf(9))));
    const requests = requestsOf(opened, uriOf(9), texts[9], 'p9_0');
    row('completion', await median(11, requests.completion));
    row('hover', await median(11, requests.hover));
    row('rename', await median(11, requests.rename));
    await opened.open(uriOf(0), texts[0]);
    row('edit of a file that nine others import', await median(11, editing(opened, texts[0], uriOf(0))));
    rows.push({ case: name, measure: 'memory', value: opened.memory() / megabyte, unit: 'MB' });
    await opened.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The median time of some calls; what a call gives is done after it, without being counted. */
async function median(count: number, call: () => Promise<void | (() => Promise<void>)>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    const after = await call();
    times.push(performance.now() - start);
    await after?.();
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)];
}

function positionOf(text: string, mark: string, shift: number): Position {
  const lines = text.slice(0, text.indexOf(mark) + shift).split('\n');
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}

function table(): string {
  const lines = rows.map((row) => {
    const { atMost, value, unit } = row;
    const bar = atMost === undefined ? '' : `at most ${atMost} ${unit}, ${misses(row) ? 'missed' : 'held'}`;
    return `| ${row.case} | ${row.measure} | ${value.toPrecision(3)} ${unit} | ${bar} |`;
  });
  return ['| text | measure | ours | bar |', '|---|---|---|---|', ...lines].join('\n');
}
