// Opens the report of a real run in a browser, as a reader would, by pointer and by keyboard.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './code-server.mjs';
import { root } from './provision.mjs';
import { step } from './step.mjs';

/** Throws when anything is not as it should be. */
export async function driveReport() {
  const state = mkdtempSync(path.join(tmpdir(), 'memloom-report-'));
  try {
    const report = runAirline(state);
    const browser = await startChromium(state);
    try {
      await read(browser.page, report);
    } finally {
      await browser.stop();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function runAirline(state) {
  const airline = path.join(root, 'examples', 'airline', 'airline.loom');
  const args = [
    path.join(root, 'cli', 'bin', 'memloom.mjs'),
    'run',
    airline,
    '--trials',
    '3',
    '--out',
    state,
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const report = path.join(state, 'report.html');
  assert.ok(statSync(report).size < 1_000_000);
  return report;
}

async function read(page, report) {
  const wrong = [];
  const requests = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => wrong.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  await step('opens a report', () => page.goto(pathToFileURL(report).href));
  await step('reads out all series under the pointer', () => pointAtForecast(page));
  await step('moves the cursor of a figure by arrow keys', () => moveByKeys(page));
  await step('shows the waveforms that the reader chooses, each unit on its own axis', () => choose(page));
  await step('is dark where the reader wants it dark', () => darken(page));
  await step('asks for nothing but itself, without an error', () => {
    assert.deepEqual(wrong, []);
    assert.deepEqual(requests, [pathToFileURL(report).href]);
  });
}

async function pointAtForecast(page) {
  const figure = page.locator('figure#predictions-test-y');
  await figure.locator('svg[data-x]').hover();
  const text = await figure.locator('output').textContent();
  for (const series of ['target', 'ideal', 'VoltageMode', 'CurrentMode'])
    assert.match(text, new RegExp(`${series} [\\d.]+.*passengers`));
}

async function moveByKeys(page) {
  const figure = page.locator('figure#training');
  await figure.locator('svg[data-x]').focus();
  assert.match(await figure.locator('output').textContent(), /^Epoch 1: {2}training [\d.e-]+$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  assert.match(await figure.locator('output').textContent(), /^Epoch 12: /);
}

async function choose(page) {
  const figures = page.locator('#waveform-figures figure');
  assert.equal(await figures.count(), 2);
  await page.selectOption('#waveform-signal', 'rnn.c');
  await page.selectOption('#waveform-index', 'all');
  await page.selectOption('#waveform-run', 'VoltageMode');
  await page.selectOption('#waveform-sample', '5');
  assert.equal(await figures.count(), 1);
  assert.deepEqual(await figures.locator('.legend li').allTextContents(), [
    'VoltageMode [0]',
    'VoltageMode [1]',
    'VoltageMode [2]',
    'VoltageMode [3]',
  ]);
  assert.deepEqual(await figures.locator('svg .label').allTextContents(), ['Time step', 'rnn.c (V)']);
}

async function darken(page) {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.notEqual(await background(), light);
}
