import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../scripts/steps/build.mjs';
import { root } from '../cli/terminal.ts';
import { provisionBrowser, workbench } from '../e2e/provision.mjs';

let browser: Browser;
beforeAll(async () => {
  provisionBrowser();
  await build(['server']);
  browser = await chromium.launch({ executablePath: workbench.chromium, args: ['--no-sandbox'] });
}, 240_000);
afterAll(() => browser?.close());

const uri = 'file:///page/net.loom';
const text = `import std.cells
network N(x: [1]) -> y: [1] {
  rnn = Np(x, units = 2)
  y = dense(rrn, units = 1)
}
`;

it('the worker build serves a page in Chromium: diagnostics, hover and completion', {
  timeout: 120_000,
}, async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const code = readFileSync(join(root, 'server/dist/server-worker.js'), 'utf8');
  const answers = await page.evaluate(speak, { code, uri, text });
  expect(errors).toEqual([]);
  expect(answers.capabilities).toMatchObject({ hoverProvider: true, completionProvider: {} });
  expect(answers.diagnostics).toContainEqual(
    expect.objectContaining({
      code: 'name.unknown',
      range: { start: { line: 3, character: 12 }, end: { line: 3, character: 15 } },
    }),
  );
  expect(JSON.stringify(answers.hover)).toContain('cell Np extends Lstm');
  expect(answers.labels).toEqual(expect.arrayContaining(['rnn', 'dense', 'Gru']));
});

interface Spoken {
  readonly capabilities: unknown;
  readonly diagnostics: readonly unknown[];
  readonly hover: unknown;
  readonly labels: readonly string[];
}

/** What is used of a page's worker; the DOM's types are not among those of the tests. */
interface PageWorker {
  onmessage: (event: { readonly data: Message }) => void;
  postMessage(message: unknown): void;
  terminate(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string };
  readonly result?: unknown;
}

/** Runs in the page: starts the worker and speaks the protocol with it. */
async function speak(given: { code: string; uri: string; text: string }): Promise<Spoken> {
  const page = globalThis as unknown as { readonly Worker: new (url: string) => PageWorker };
  const worker = new page.Worker(URL.createObjectURL(new Blob([given.code], { type: 'text/javascript' })));
  const waiting = new Map<unknown, (value: unknown) => void>();
  worker.onmessage = ({ data }) => {
    const key = data.method === 'textDocument/publishDiagnostics' ? data.params?.uri : data.id;
    waiting.get(key)?.(data.method ? data.params : data.result);
  };
  const answer = (key: unknown) => new Promise<unknown>((resolve) => waiting.set(key, resolve));
  let id = 0;
  const request = (method: string, params: unknown) => {
    const result = answer(++id);
    worker.postMessage({ jsonrpc: '2.0', id, method, params });
    return result;
  };
  const notify = (method: string, params: unknown) => worker.postMessage({ jsonrpc: '2.0', method, params });
  const initialized = (await request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [],
  })) as { capabilities: unknown };
  notify('initialized', {});
  const published = answer(given.uri);
  notify('textDocument/didOpen', {
    textDocument: { uri: given.uri, languageId: 'loom', version: 1, text: given.text },
  });
  const { diagnostics } = (await published) as { diagnostics: unknown[] };
  const textDocument = { uri: given.uri };
  const hover = await request('textDocument/hover', { textDocument, position: { line: 2, character: 9 } });
  const list = (await request('textDocument/completion', {
    textDocument,
    position: { line: 3, character: 12 },
  })) as { items: { label: string }[] };
  worker.terminate();
  return {
    capabilities: initialized.capabilities,
    diagnostics,
    hover,
    labels: list.items.map(({ label }) => label),
  };
}
