// The views of the extension in Chromium: 50 million samples on the screen, a map of a million crossings under the
// pointer, and the time that the extension takes to be there.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { startChromium } from '../test/e2e/code-server.mjs';
import { provision } from '../test/e2e/provision.mjs';
import { editorFigures } from './views/editor-figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const samples = 50_000_000;
const side = 1024;

interface Figure {
  readonly what: string;
  readonly milliseconds: number;
  readonly bar: number;
}

provision();
if (!existsSync(join(root, 'extension/dist/webview/waveforms.js')))
  throw new Error('Build the extension first: npm run build -- extension.');
const inWorkbench = await editor();
const files = await bundle();
const server = http
  .createServer((request, response) => serve(files, request, response))
  .listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const state = mkdtempSync(join(tmpdir(), 'memloom-views-'));
const browser = await startChromium(state);
try {
  const figures = [
    ...(await waveforms(browser.page, 1)),
    ...(await waveforms(browser.page, 8)),
    ...(await map(browser.page)),
    ...inWorkbench,
  ];
  report(figures);
} finally {
  await browser.stop();
  server.close();
  rmSync(state, { recursive: true, force: true });
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: join(root, 'bench'),
    entryPoints: ['views/page.ts', 'views/worker.ts'],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    platform: 'browser',
  });
  const bundled = outputFiles.map(({ path, text }) => [path.replace(/^.*out/, ''), text] as const);
  const own = ['waveforms.js', 'waveforms-style.css', 'arrays.js', 'arrays-style.css'].map(
    (name) => [`/${name}`, readFileSync(join(root, 'extension/dist/webview', name), 'utf8')] as const,
  );
  return new Map([...bundled, ...own]);
}

function page(name: string): string {
  return `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/${name}-style.css"><body><main id="${name}"></main><script src="/page.js"></script><script src="/${name}.js"></script>`;
}

function serve(
  files: ReadonlyMap<string, string>,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const text = files.get(url) ?? page(url.slice(1));
  const type = url.endsWith('.js') ? 'text/javascript' : url.endsWith('.css') ? 'text/css' : 'text/html';
  response.setHeader('content-type', type).end(text);
}

/** From curves in the worker to the first drawing, then redraws while the view moves. */
async function waveforms(view: Page, columns: number): Promise<readonly Figure[]> {
  await view.goto(`${address}/waveforms`);
  const first = await view.evaluate(
    async ({ samples, columns }) => {
      const scope = globalThis as never as {
        bench: {
          load(url: string, samples: number, columns: number): Promise<{ columns: { name: string }[] }>;
          tell(data: unknown): void;
        };
        drawings: { at: number }[];
      };
      const series = await scope.bench.load('/worker.js', samples, columns);
      const started = performance.now();
      const ref = { kind: 'result', id: '1', uri: 'file:///a.loom', experiment: 'e' };
      const sources = [{ place: 0, ref, title: 'run', series }];
      scope.bench.tell({ kind: 'sources', revision: 1, sources, plots: [], missing: [] });
      // The first drawing is empty; the second has what the worker answered.
      while (scope.drawings.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      return scope.drawings[1].at - started;
    },
    { samples, columns },
  );
  await view.focus('canvas.surface');
  for (let press = 0; press < 6; press++) await view.keyboard.press('+');
  for (let press = 0; press < 40; press++)
    await view.keyboard.press(press % 2 ? 'Shift+ArrowLeft' : 'Shift+ArrowRight');
  await view.waitForTimeout(500);
  const scripts = await view.evaluate(() =>
    (globalThis as never as { drawings: { script: number }[] }).drawings.slice(2).map(({ script }) => script),
  );
  const what = `${samples / 1e6} M samples in ${columns} trace${columns > 1 ? 's' : ''}`;
  return [
    { what: `${what}: from data to first paint`, milliseconds: first, bar: 100 },
    {
      what: `${what}: script of a redraw, median of ${scripts.length}`,
      milliseconds: median(scripts),
      bar: 1,
    },
  ];
}

/** A map is moved under the pointer. */
async function map(view: Page): Promise<readonly Figure[]> {
  await view.goto(`${address}/arrays`);
  await view.evaluate(async (side) => {
    const scope = globalThis as never as {
      bench: { tell(data: unknown): void };
      asked: { kind: string; id: number }[];
    };
    const axes = ['word line', 'bit line'].map((name) => ({ name, length: side }));
    const columns = [{ name: 'conductance', unit: 'S' }];
    const table = { id: 'm', title: 'map', kind: 'map', axes, columns, length: side * side };
    scope.bench.tell({ kind: 'maps', shown: { id: '1', uri: '', experiment: 'e' }, maps: [table] });
    let question: { id: number } | undefined;
    while (question === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      question = scope.asked.find(({ kind }) => kind === 'values');
    }
    const values = Float64Array.from({ length: side * side }, (_, at) => 1e-6 * ((at * 7919) % 997));
    scope.bench.tell({ kind: 'values', id: question.id, values: [values] });
  }, side);
  const box = await (await view.waitForSelector('.map canvas')).boundingBox();
  if (box === null) throw new Error('The map is not visible.');
  await view.focus('.map canvas');
  await view.keyboard.press('+');
  await view.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await view.mouse.down();
  for (let at = 0; at < 60; at++)
    await view.mouse.move(box.x + box.width / 2 + 4 * (at % 20), box.y + box.height / 2 + at);
  await view.mouse.up();
  await view.waitForTimeout(300);
  const scripts = await view.evaluate(() =>
    (globalThis as never as { drawings: { script: number }[] }).drawings.slice(1).map(({ script }) => script),
  );
  return [
    {
      what: `map of ${side} × ${side}: a pan frame, median of ${scripts.length}`,
      milliseconds: median(scripts),
      bar: 5,
    },
  ];
}

/** The extension in a real workbench. */
async function editor(): Promise<readonly Figure[]> {
  const { activation, edits } = await editorFigures(root);
  return [
    {
      what: `activation, server started on the way, processor time of the extension host, median of ${activation.length} workbenches`,
      milliseconds: median(activation),
      bar: 50,
    },
    {
      what: `from an edit to the plot, four-unit airline cell, median of ${edits.length}`,
      milliseconds: median(edits),
      bar: 150,
    },
    {
      what: 'from an edit to the plot, 90th percentile',
      milliseconds: quantile(edits, 0.9),
      bar: 150,
    },
  ];
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];
}

function report(figures: readonly Figure[]): void {
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  const lines = figures.map(
    ({ what, milliseconds, bar }) => `${what}: ${milliseconds.toPrecision(3)} ms (at most ${bar} ms)`,
  );
  const text = [`Views of the extension in Chromium; ${machine}`, '', ...lines].join('\n');
  console.log(
    process.argv.includes('--json') ? JSON.stringify({ benchmark: 'views', machine, figures }) : text,
  );
}
