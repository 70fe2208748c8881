// The side bar with experiments and kept runs, and the Test Explorer.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { command, patience } from '../page.mjs';

const row = (text) => `.pane-body .monaco-list-row:has-text("${text}")`;

/** Every experiment with its state and figures; under it the runs that are kept; a mark where the text has changed. */
export async function lookAtExperiments(page, workspace, shoot) {
  await command(page, 'View: Show Memloom');
  const own = `${row('airline/airline.loom')}[aria-label*="all expectations hold"]`;
  await page.waitForSelector(own, patience);
  assert.match(await page.textContent(own), /rmse\.test [\d.]+, VoltageMode \d+.* passengers/);
  for (const other of ['malformed', 'missing', 'strict'])
    await page.waitForSelector(`${row(`${other}/airline.loom`)}[aria-label*="not run yet"]`, patience);
  await page.click(`${own} .monaco-tl-twistie`);
  await page.waitForSelector(row('seed 7'), patience);
  await shoot('experiments');
  await noticeChange(page, workspace);
}

async function noticeChange(page, workspace) {
  const file = path.join(workspace, 'airline', 'airline.loom');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('seed 7', 'seed 8'));
  await page.waitForSelector(`${row('airline/airline.loom')}[aria-label*="stale"]`, patience);
  await page.waitForSelector('.tab:has-text("Results: forecast (stale)")', patience);
  writeFileSync(file, text);
  await page.waitForSelector(`${row('airline/airline.loom')}[aria-label*="all expectations hold"]`, patience);
}

/** Expectations as tests: one fails with what was expected and what it is, one passes; a link leads to the results. */
export async function runExpectations(page) {
  await command(page, 'Testing: Focus on Test Explorer View');
  const strict = '.monaco-list-row:has-text("strict/airline.loom")';
  await page.waitForSelector(strict, patience);
  await page.click(strict);
  await page.keyboard.press('ArrowRight');
  const expectation = (text) =>
    `.monaco-list-row:has-text("expect ${text}"), .monaco-list-row:has-text("${text}")`;
  await page.waitForSelector(expectation('rmse.test < 1000'), patience);
  await page.hover(strict);
  await page.click(`${strict} .action-label[aria-label*="Run Test"]`);
  await page.waitForSelector('.monaco-list-row:has-text("rmse.test < 1000")[aria-label*="Passed"]', patience);
  const failed = '.monaco-list-row:has-text("rmse.test < 1")[aria-label*="Failed"]';
  await page.waitForSelector(failed, patience);
  await page.click(failed);
  // The peek beside the text says what was expected and what it is.
  const peek = await page.waitForSelector('.test-output-peek, .test-output-peek-message-container', patience);
  assert.ok(peek);
}
