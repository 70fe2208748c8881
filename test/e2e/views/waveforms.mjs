// The waveforms view, as a user would use it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nameFile, patience, toggleTheme, viewFrame } from '../page.mjs';

export async function lookAtWaveforms(page, results, workspace, shoot) {
  await results.click('#section-traces button');
  const view = await viewFrame(page, '#waveforms .chart');
  await drawnCurves(view);
  await view.click('summary:has-text("VoltageMode.rnn")');
  assert.ok((await view.$$('.signal')).length > 20, 'the signals of both networks');
  await chooseSignals(view);
  await placeCursors(page, view);
  await measure(view);
  await seeValues(page);
  await shoot('waveforms');
  await toggleTheme(page);
  await view.waitForSelector('body.vscode-dark, body.vscode-light', patience);
  await zoomAndFit(page, view);
  await exportCsv(page, view, workspace);
  await exportPictures(page, view, workspace);
  await importCsv(page, view, workspace);
}

/** Every trial of a hardware as a curve in a band: a click on one tells which it is. */
export async function lookAtFamilies(page, results, shoot) {
  await results.click('#section-traces button');
  const view = await viewFrame(page, '#waveforms .chart');
  await view.waitForSelector('select[aria-label="Series"]', patience);
  const titles = await view.$$eval('select[aria-label="Series"] option', (all) =>
    all.map((one) => one.label),
  );
  const trials = titles.find((title) => /^\d+ trials on VoltageMode: median, 5–95 %$/.test(title));
  assert.ok(trials, `${titles}`);
  await view.selectOption('select[aria-label="Series"]', { label: trials });
  await drawnCurves(view);
  await view.click('button:has-text("Members")');
  await zoomAcross(page, view, 0.4, 0.5);
  const member = await clickMember(page, view);
  assert.match(member, /^trial \d+.*rmse\.test\s*[\d.]+/);
  // By keyboard the same is a choice in a list.
  await view.selectOption('select[aria-label="Member"]', { label: 'trial 2' });
  await view.waitForSelector('#member strong:has-text("trial 2")', patience);
  await shoot('families');
  await view.selectOption('select[aria-label="Series"]', { label: 'Traces' });
  await view.waitForSelector('#member', { ...patience, state: 'detached' });
}

/** Clicks down a line of the drawing until a curve is hit. */
async function clickMember(page, view) {
  const { x, y, width, height } = await boxOf(view, 'canvas.surface');
  for (let part = 0.1; part < 0.95; part += 0.04) {
    await page.mouse.click(x + 0.55 * width, y + part * height);
    const found = await view.waitForSelector('#member', { timeout: 500 }).catch(() => undefined);
    if (found) return found.textContent();
  }
  return assert.fail('No click has hit a member.');
}

/** The view after a reload of the window: the same lanes, cursors and panels. */
export async function waveformsKept(page) {
  const view = await viewFrame(page, '#cursors table');
  await drawnCurves(view);
  assert.deepEqual(await headings(view, '#cursors'), ['trace', 'A', 'B', 'ΔB−A']);
  await view.waitForSelector('#measures table', patience);
  await view.waitForSelector('.sources li:has-text("bench.csv")', patience);
}

async function drawnCurves(view) {
  await view.waitForFunction(
    () => {
      const canvas = document.querySelector('canvas.curves');
      if (canvas === null || canvas.width === 0) return false;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size > 5;
    },
    undefined,
    patience,
  );
}

async function chooseSignals(view) {
  await view.fill('input[type="search"]', 'VoltageMode.rnn.c');
  const rows = await view.$$eval('.signal:not([hidden])', (found) => found.map((row) => row.textContent));
  assert.equal(rows.length, 4, `${rows}`);
  await view.fill('input[type="search"]', '');
}

/** A click places the first cursor, with Shift the second; the table has values, differences and frequencies. */
async function placeCursors(page, view) {
  const { x, y, width, height } = await boxOf(view, 'canvas.surface');
  await page.mouse.click(x + 0.3 * width, y + 0.6 * height);
  await view.waitForSelector('#cursors table', patience);
  await page.keyboard.down('Shift');
  await page.mouse.click(x + 0.7 * width, y + 0.6 * height);
  await page.keyboard.up('Shift');
  await view.waitForSelector('#cursors th:has-text("ΔB−A")', patience);
  const [first] = await rowsOf(view, '#cursors');
  assert.equal(first.length, 4);
  const [a, b, delta] = first.slice(1).map((text) => Number.parseFloat(text));
  assert.ok(Math.abs(b - a - delta) < 2e-3 * Math.max(1, Math.abs(delta)), `${b} − ${a} = ${delta}`);
  // Snapped: time steps are whole.
  const heading = await view.textContent('#cursors thead th:nth-child(2)');
  assert.match(heading, /^A \d+ step$/);
  // The arrow key moves the last cursor to the next time step.
  const before = await view.textContent('#cursors thead th:nth-child(3)');
  await page.keyboard.press('ArrowRight');
  await view.waitForFunction(
    (old) => document.querySelector('#cursors thead th:nth-child(3)')?.textContent !== old,
    before,
    patience,
  );
  const after = await view.textContent('#cursors thead th:nth-child(3)');
  assert.equal(Number.parseFloat(after.slice(2)), Number.parseFloat(before.slice(2)) + 1);
}

/** What the cursor reads stands behind the layer in the text. */
async function seeValues(page) {
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('.monaco-editor .view-line span')].some((span) =>
        / ideal -?[\d.]+ … -?[\d.]+ · VoltageMode /.test(
          ` ${getComputedStyle(span, '::after').content.replace(/^"|"$/g, '').replaceAll('\u00a0', ' ')}`,
        ),
      ),
    undefined,
    patience,
  );
}

async function measure(view) {
  await view.click('button:has-text("Measures")');
  await view.waitForSelector('#measures table', patience);
  const rows = await rowsOf(view, '#measures');
  for (const [name, low, high, mean] of rows) {
    const [l, h, m] = [low, high, mean].map((text) => Number.parseFloat(text));
    assert.ok(
      Number.isFinite(l) && Number.isFinite(h) && Number.isFinite(m),
      `${name}: ${low} ${high} ${mean}`,
    );
  }
  await view.click('button:has-text("Spectrum")');
  await view.waitForSelector('#spectrum canvas', patience);
  await view.click('button:has-text("Spectrum")');
  await view.waitForSelector('#spectrum', { ...patience, state: 'detached' });
}

/** A drawn box shows less, Home all again. */
async function zoomAndFit(page, view) {
  const picture = () => view.evaluate(() => document.querySelector('canvas.curves').toDataURL());
  const changed = (before) =>
    view.waitForFunction(
      (old) => document.querySelector('canvas.curves').toDataURL() !== old,
      before,
      patience,
    );
  const whole = await picture();
  await zoomAcross(page, view, 0.4, 0.6);
  await changed(whole);
  const part = await picture();
  await page.keyboard.press('Home');
  await changed(part);
}

/** Draws a box over the whole height, between two parts of the width. */
async function zoomAcross(page, view, from, to) {
  const { x, y, width, height } = await boxOf(view, 'canvas.surface');
  await page.mouse.move(x + from * width, y + 0.5 * height);
  await page.mouse.down();
  await page.mouse.move(x + to * width, y + 0.5 * height, { steps: 4 });
  await page.mouse.up();
}

async function exportCsv(page, view, workspace) {
  await view.selectOption('select[aria-label="Export"]', 'csv');
  const file = path.join(workspace, 'waveforms.csv');
  await nameFile(page, file);
  for (let attempt = 0; attempt < 100 && !existsSync(file); attempt++) await page.waitForTimeout(100);
  const [head, row] = readFileSync(file, 'utf8').split('\n');
  assert.match(head, /^time step \(step\),sample,.*VoltageMode\.rnn\.c\[0\] \(V\)/);
  assert.equal(row.split(',').length, head.split(',').length);
}

/** What is seen as a picture, and as files of other tools. */
async function exportPictures(page, view, workspace) {
  const begins = {
    png: /^\x89PNG\r\n/,
    svg: /^<svg [^>]*>[\s\S]*<path d="M[\s\S]*VoltageMode/,
    vcd: /^\$version Memloom \$end[\s\S]*\$var real 64 ! \S*rnn\.c\[0\] \$end/,
    raw: /^Title: Memloom waveforms\n[\s\S]*Binary:\n/,
  };
  for (const [format, begin] of Object.entries(begins)) {
    await view.selectOption('select[aria-label="Export"]', format);
    const file = path.join(workspace, `waveforms.${format}`);
    await nameFile(page, file);
    for (let attempt = 0; attempt < 100 && !existsSync(file); attempt++) await page.waitForTimeout(100);
    assert.match(readFileSync(file, 'latin1'), begin);
  }
}

/** Measured data lie over the run, as a source of their own. */
async function importCsv(page, view, workspace) {
  await view.click('button:has-text("Import CSV")');
  await nameFile(page, path.join(workspace, 'bench.csv'));
  await view.waitForSelector('.sources li:has-text("bench.csv")', patience);
  await view.click('summary:has-text("bench")');
}

const rowsOf = (view, section) =>
  view.$$eval(`${section} tbody tr`, (rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );

/** The first words of a table's headings. */
const headings = async (view, section) =>
  (await view.$$eval(`${section} thead th`, (cells) => cells.map((cell) => cell.textContent))).map(
    (text) => text.split(' ')[0],
  );

async function boxOf(view, selector) {
  const box = await (await view.waitForSelector(selector, patience)).boundingBox();
  assert.ok(box);
  return box;
}
