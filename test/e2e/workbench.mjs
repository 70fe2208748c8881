// Drives a whole workbench with the packaged extension as a user would, and looks inside the results view.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChromium, startCodeServer } from './code-server.mjs';
import { root, workbench } from './provision.mjs';

const patience = { timeout: 60_000 };
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

/** Throws when anything is not as it should be; with `screenshots`, writes `docs/images/`. */
export async function driveWorkbench(workspace, { screenshots }) {
  const state = mkdtempSync(path.join(tmpdir(), 'memloom-workbench-'));
  const extensions = path.join(state, 'extensions');
  const userData = path.join(state, 'user');
  const running = [];
  try {
    installPackaged(state, extensions, userData);
    const settings = { 'memloom.run.trials': screenshots ? 100 : 3, 'workbench.colorTheme': themes.dark };
    const server = await startCodeServer({ state, userData, extensions, settings });
    running.push(server);
    const browser = await startChromium(state);
    running.push(browser);
    await drive(browser.page, server.port, workspace, { userData, screenshots });
  } finally {
    for (const part of running.reverse()) await part.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

function installPackaged(state, extensions, userData) {
  const vsix = path.join(state, 'memloom.vsix');
  execFileSync(process.execPath, [path.join(root, 'extension', 'package.mjs'), '--out', vsix], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const entry = path.join(workbench.codeServer, 'out', 'node', 'entry.js');
  const places = ['--extensions-dir', extensions, '--user-data-dir', userData];
  execFileSync(workbench.node, [entry, ...places, '--install-extension', vsix], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      XDG_CONFIG_HOME: state,
      XDG_DATA_HOME: state,
      XDG_CACHE_HOME: state,
    },
  });
}

async function drive(page, port, workspace, { userData, screenshots }) {
  const foreign = watchForeignRequests(page);
  await step('opens the workbench', () => openWorkbench(page, port, workspace));
  await step('colours a .loom file and puts a lens above its experiment', () => openAirline(page));
  await step('runs the experiment and shows its progress as it goes', () => runFromLens(page));
  const view = await step('shows metrics and plots', () => lookAtResults(page));
  if (screenshots) await takeScreenshots(page, view, userData);
  await step('shows the same results after a reload of the window', async () => {
    await page.reload();
    await page.waitForSelector('.monaco-workbench .part.statusbar', patience);
    await lookAtResults(page);
  });
  await step('asks nothing of any network', () => assert.deepEqual([...foreign], []));
}

async function step(name, work) {
  const started = Date.now();
  const value = await work();
  console.log(`    ✔ ${name} (${Date.now() - started}ms)`);
  return value;
}

/**
 * Origins of the requests that leave this machine. Files of an extension have an address of their own, which the
 * workbench's service worker answers.
 */
function watchForeignRequests(page) {
  const origins = new Set();
  page.on('request', (request) => {
    const { protocol, hostname, origin } = new URL(request.url());
    if (
      protocol.startsWith('http') &&
      hostname !== '127.0.0.1' &&
      !hostname.endsWith('.vscode-resource.vscode-cdn.net')
    )
      origins.add(origin);
  });
  return origins;
}

async function openWorkbench(page, port, workspace) {
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
  await page.waitForSelector('.monaco-workbench .part.statusbar', patience);
}

async function openAirline(page) {
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget input', patience);
  await page.keyboard.type('airline/airline.loom');
  await page.waitForSelector('.quick-input-list .monaco-list-row[aria-label*="airline.loom"]', patience);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.monaco-editor .view-line', patience);
  await page.keyboard.press('Control+End');
  await page.waitForSelector('.codelens-decoration a:has-text("Run forecast")', patience);
  const colours = await page.$$eval(
    '.monaco-editor .view-line span span',
    (spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size,
  );
  assert.ok(colours >= 5, `${colours} colours in the text`);
}

async function runFromLens(page) {
  await page.click('.codelens-decoration a:has-text("Run forecast")');
  await page.waitForSelector('.notification-list-item:has-text("Running forecast")', patience);
}

/** The document inside the results view, once its plots are drawn. */
async function resultsDocument(page) {
  const outer = await (await page.waitForSelector('iframe.webview', patience)).contentFrame();
  const inner = await (await outer.waitForSelector('iframe#active-frame', patience)).contentFrame();
  await inner.waitForSelector('#section-metrics table', patience);
  await inner.waitForFunction(
    () => document.querySelectorAll('.plot canvas').length >= 4,
    undefined,
    patience,
  );
  return inner;
}

async function lookAtResults(page) {
  const view = await resultsDocument(page);
  const cells = await view.$$eval('#section-metrics tr', (rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  const [heading, ...rows] = cells;
  for (const name of ['ideal', 'VoltageMode', 'CurrentMode', 'persistence'])
    assert.ok(heading.includes(name), `${name} in ${heading}`);
  const rmse = rows.find(([name]) => name.startsWith('rmse.test'));
  assert.ok(rmse, `no row rmse.test in ${JSON.stringify(cells)}`);
  assert.match(rmse[heading.indexOf('ideal')], /^\d/);
  assert.match(rmse[heading.indexOf('VoltageMode')], /^[\d.]+ ± [\d.]+$/);
  const drawn = await view.$$eval('.plot canvas', (canvases) =>
    canvases.map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value !== 0);
    }),
  );
  assert.ok(drawn.every(Boolean), 'a plot is blank');
  return view;
}

async function takeScreenshots(page, view, userData) {
  const folder = path.join(root, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  for (const [name, theme] of Object.entries(themes)) {
    changeSettings(userData, { 'workbench.colorTheme': theme });
    const colour = name === 'dark' ? 'vscode-dark' : 'vscode-light';
    await view.waitForSelector(`body.${colour}`, patience);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: path.join(folder, `editor-and-results-${name}.png`) });
    await view.evaluate(() => document.querySelector('#section-traces')?.scrollIntoView());
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(folder, `traces-${name}.png`) });
    await view.evaluate(() => window.scrollTo(0, 0));
  }
}

function changeSettings(userData, change) {
  const file = path.join(userData, 'User', 'settings.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }, undefined, 2));
}
