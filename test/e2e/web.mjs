// The extension in a browser: code-server's workbench takes it from an HTTP server, as a web page would, so that it runs
// in the web worker extension host, with its language server and its simulation in web workers.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChromium, startCodeServer } from './code-server.mjs';
import { command, patience, viewFrame } from './page.mjs';
import { root } from './provision.mjs';
import { step } from './step.mjs';

const types = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Throws when anything is not as it should be. */
export async function driveWeb(workspace) {
  const state = mkdtempSync(path.join(tmpdir(), 'memloom-web-'));
  const running = [];
  try {
    const files = await serveExtension();
    running.push(files);
    const settings = { 'memloom.run.trials': 2, 'editor.minimap.enabled': false };
    const places = { userData: path.join(state, 'user'), extensions: path.join(state, 'extensions') };
    const server = await startCodeServer({ state, ...places, settings });
    running.push(server);
    const browser = await startChromium(state);
    running.push(browser);
    try {
      await drive(browser.page, server.port, files, workspace);
    } catch (error) {
      await browser.page.screenshot({ path: path.join(root, '.cache', 'e2e', 'failure-web.png') });
      throw error;
    }
  } finally {
    for (const part of running.reverse()) await part.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

/** The folder of the extension over HTTP, and what was asked of it. */
async function serveExtension() {
  const asked = new Set();
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    asked.add(pathname);
    const bytes = await readFile(path.join(root, 'extension', decodeURIComponent(pathname))).catch(
      () => undefined,
    );
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', types[path.extname(pathname)] ?? 'application/octet-stream');
    response.statusCode = bytes === undefined ? 404 : 200;
    response.end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => server.close(resolve));
  return { port: server.address().port, asked, stop };
}

async function drive(page, port, files, workspace) {
  await step('opens a workbench that has the extension from the web alone', async () => {
    await page.addInitScript(addExtension, { authority: `127.0.0.1:${port}`, path: `/proxy/${files.port}/` });
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
    await page.waitForSelector('.monaco-workbench .part.statusbar', patience);
  });
  await step('checks a text with its imports and its data in the browser', () => check(page));
  await step('runs an experiment in the browser and shows its results', () => run(page));
  await step('shows its waveforms, which follow an edit', () => followEdit(page));
  await step('has loaded no part of the extension for a computer', () => {
    for (const part of ['extension.js', 'server-worker.js', 'simulation-worker.js'])
      assert.ok(files.asked.has(`/dist/web/${part}`), `${part} was not loaded: ${[...files.asked]}`);
    assert.deepEqual(
      [...files.asked].filter((name) => name.endsWith('.cjs')),
      [],
    );
  });
}

/** Within the page: tells the workbench of the extension. */
function addExtension(location) {
  const { getAttribute } = Element.prototype;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
    const extensions = [{ scheme: 'http', ...location }];
    return JSON.stringify({ ...JSON.parse(value), developmentOptions: { extensions } });
  };
}

async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget input', patience);
  await page.keyboard.type(name);
  await page.waitForSelector(
    `.quick-input-list .monaco-list-row[aria-label*="${name.split('/').at(-1)}"]`,
    patience,
  );
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.tab.active[aria-label*="${name.split('/').at(-1)}"]`, patience);
}

async function check(page) {
  await openFile(page, 'web/imports.loom');
  // A name from another file of the workspace is known; a column that the data has not is an error, with its mend.
  await page.waitForSelector('.monaco-editor .squiggly-error', patience);
  await command(page, 'View: Toggle Problems');
  await page.waitForSelector('.markers-panel .monaco-list-row:has-text("passenger")', patience);
  const rows = await page.$$eval('.markers-panel .monaco-list-row', (found) =>
    found.map((row) => row.textContent),
  );
  // It is the only one of this text: what it imports was found.
  assert.ok(rows.includes('imports.loomweb1'), `${rows}`);
  await command(page, 'View: Toggle Problems');
}

async function run(page) {
  await openFile(page, 'airline/airline.loom');
  await page.keyboard.press('Control+End');
  await page.waitForSelector('.codelens-decoration a:has-text("Run forecast")', patience);
  await page.click('.codelens-decoration a:has-text("Run forecast")');
  const view = await viewFrame(page, '#section-metrics table');
  const text = await view.textContent('#section-metrics table');
  assert.match(text, /VoltageMode/);
  await view.click('#section-traces button');
}

async function followEdit(page) {
  const view = await viewFrame(page, '#waveforms .chart');
  await view.waitForSelector('.signal', patience);
  await page.click('.tab[aria-label*="airline.loom"]');
  await command(page, 'Go to Line/Column...');
  await page.keyboard.type('11');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(' ');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Home');
  await page.keyboard.type('flicker = 0.5 %\n');
  await view.waitForSelector('.mark.live', patience);
  assert.match(await view.textContent('.mark'), /^Live: .* simulated in \d+ ms/);
}
