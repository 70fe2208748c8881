// Drives a whole workbench with the packaged extension as a user would, and looks inside the results view.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startChromium, startCodeServer } from './code-server.mjs';
import { command, patience, reloadWindow, toggleTheme, viewFrame } from './page.mjs';
import { root, workbench } from './provision.mjs';
import { step } from './step.mjs';
import { readAloud } from './views/accessibility.mjs';
import { lookAtArrays } from './views/arrays.mjs';
import { beginWithTemplate } from './views/begin.mjs';
import { debug } from './views/debugging.mjs';
import { lookAtExperiments, runExpectations } from './views/experiments.mjs';
import { lookAtSchematic } from './views/schematic.mjs';
import { lookAtFamilies, lookAtWaveforms, waveformsKept } from './views/waveforms.mjs';

/** Throws when anything is not as it should be; with `screenshots`, writes `docs/images/`. */
export async function driveWorkbench(workspace, { screenshots }) {
  const state = mkdtempSync(path.join(tmpdir(), 'memloom-workbench-'));
  const extensions = path.join(state, 'extensions');
  const userData = path.join(state, 'user');
  const running = [];
  try {
    installPackaged(state, extensions, userData);
    const settings = {
      'memloom.run.trials': screenshots ? 100 : 3,
      'workbench.colorTheme': 'Default Dark Modern',
      'workbench.preferredDarkColorTheme': 'Default Dark Modern',
      'workbench.preferredLightColorTheme': 'Default Light Modern',
      'editor.minimap.enabled': false,
    };
    const server = await startCodeServer({ state, userData, extensions, settings });
    running.push(server);
    const browser = await startChromium(state);
    running.push(browser);
    try {
      await drive(browser.page, server.port, workspace, screenshots);
    } catch (error) {
      const picture = path.join(root, '.cache', 'e2e', 'failure.png');
      await browser.page.screenshot({ path: picture });
      console.error(`What the window showed is in ${path.relative(root, picture)}`);
      throw error;
    }
  } finally {
    for (const part of running.reverse()) await part.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

function installPackaged(state, extensions, userData) {
  const vsix = path.join(state, 'memloom.vsix');
  quietly(process.execPath, [path.join(root, 'extension', 'package.mjs'), '--out', vsix]);
  const entry = path.join(workbench.codeServer, 'out', 'node', 'entry.js');
  const places = ['--extensions-dir', extensions, '--user-data-dir', userData];
  quietly(workbench.node, [entry, ...places, '--install-extension', vsix], {
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    XDG_CONFIG_HOME: state,
    XDG_DATA_HOME: state,
    XDG_CACHE_HOME: state,
  });
}

/** Runs a program, and shows what it says where it fails. */
function quietly(program, args, environment = {}) {
  const options = { encoding: 'utf8', env: { ...process.env, ...environment } };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  assert.equal(status, 0, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`);
}

async function drive(page, port, workspace, screenshots) {
  const foreign = watchForeignRequests(page);
  await step('opens the workbench', () => openWorkbench(page, port, workspace));
  await step('colours a .loom file and puts a lens above its experiment', () => openAirline(page));
  await step('runs the experiment and shows its progress as it goes', () => runFromLens(page));
  const view = await step('shows metrics and plots', () => lookAtResults(page));
  if (screenshots) await page.keyboard.press('Control+B');
  const shoot = screenshots ? (name) => takeScreenshots(page, name) : async () => {};
  const shootThis = screenshots ? (name) => takeScreenshot(page, name) : async () => {};
  await shoot('editor-and-results');
  await step('redraws in the colours of another theme', () => changeTheme(page, view));
  await step('shows waveforms with cursors, measurements and a spectrum, and exports them', () =>
    lookAtWaveforms(page, view, workspace, shoot),
  );
  await step('shows the same results after a reload of the window', async () => {
    await reloadWindow(page);
    await waveformsKept(page);
    await page.click('.tab:has-text("Results: forecast")');
    await lookAtResults(page);
  });
  await step('shows all trials as curves in a band, and which one was clicked', async () => {
    await lookAtFamilies(page, await lookAtResults(page), shoot);
    await page.click('.tab:has-text("Results: forecast")');
  });
  await step('shows the arrays crossing by crossing', async () => {
    await lookAtArrays(page, await lookAtResults(page), shoot);
  });
  await step('draws the schematic, opens its boxes by keys, leads to the text and exports it', () =>
    lookAtSchematic(page, workspace, shoot),
  );
  await step('debugs an inference equation by equation, and back', () => debug(page, shoot));
  await step('lists experiments with their state and figures, and marks what is stale', () =>
    lookAtExperiments(page, workspace, shoot),
  );
  await step('runs expectations as tests, with what was expected and what it is', () =>
    runExpectations(page),
  );
  await step('begins with a template and shows the figures of a device', () =>
    beginWithTemplate(page, shoot),
  );
  await step('can be read by a screen reader, and by eyes in any theme', () =>
    readAloud(page, workspace, shootThis),
  );
  await step('says in a message what is wrong with a data file, and shows the place', () =>
    showBadData(page),
  );
  await step('asks nothing of any network', () => assert.deepEqual([...foreign], []));
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

async function openFile(page, folder) {
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget input', patience);
  await page.keyboard.type(`${folder}/airline.loom`);
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${folder}"]`, patience);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.tab.active[aria-label*="airline.loom"]`, patience);
}

async function openAirline(page) {
  await openFile(page, 'airline');
  await page.waitForSelector('.editor-instance .monaco-editor.focused .view-line', patience);
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
  const view = await viewFrame(page, '#section-metrics table');
  await view.waitForFunction(
    () => document.querySelectorAll('.plot canvas').length >= 3,
    undefined,
    patience,
  );
  return view;
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

async function showBadData(page) {
  await page.click('.tab:has-text("airline.loom")');
  await openFile(page, 'malformed');
  await page.waitForSelector('.breadcrumbs-control :text("malformed")', patience);
  await command(page, 'Memloom: Run Experiment');
  const toast = '.notification-list-item:has-text("airline-passengers.csv")';
  await page.waitForSelector(toast, patience);
  assert.match(await page.textContent(toast), /forecast: .*"many".*line 4/);
  await page.hover(toast);
  await page.click(`${toast} .monaco-button:has-text("Show in File")`);
  await page.waitForSelector('.tab.active:has-text("airline-passengers.csv")', patience);
  await page.waitForSelector('.statusbar-item:has-text("Ln 4, Col 11")', patience);
}

/** Toggles the theme, and waits until the plots have other pixels. */
async function changeTheme(page, view) {
  const before = await view.evaluate(() => document.querySelector('.plot canvas').toDataURL());
  const was = await view.evaluate(() => document.body.classList.contains('vscode-dark'));
  await toggleTheme(page);
  await view.waitForSelector(was ? 'body.vscode-light' : 'body.vscode-dark', patience);
  await view.waitForFunction(
    (old) => {
      const canvas = document.querySelector('.plot canvas');
      return canvas !== null && canvas.toDataURL() !== old;
    },
    before,
    patience,
  );
}

/** A picture in the theme that is on and in its opposite. */
async function takeScreenshots(page, name) {
  for (let theme = 0; theme < 2; theme++) {
    await takeScreenshot(page, name);
    await toggleTheme(page);
    await page.waitForTimeout(1000);
  }
}

/** A picture of the window for the documents, named after what it shows and the theme. */
async function takeScreenshot(page, name) {
  const folder = path.join(root, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  const theme = await page.evaluate(() => {
    const { classList } = document.querySelector('.monaco-workbench');
    return classList.contains('hc-black') ? 'contrast' : classList.contains('vs-dark') ? 'dark' : 'light';
  });
  // Toasts and hovers go, and the plots settle.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`) });
}
