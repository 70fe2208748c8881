// The schematic, as a user would use it: by pointer, by keys, from text to box and back.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { command, nameFile, patience, viewFrame } from '../page.mjs';

export async function lookAtSchematic(page, workspace, shoot) {
  await page.click('.tab:has-text("airline.loom")');
  await page.waitForSelector('.tab.active:has-text("airline.loom")', patience);
  await command(page, 'Memloom: Show Schematic');
  const view = await viewFrame(page, '#schematic g.box');
  assert.deepEqual(
    await titles(view),
    ['Forecast', 'rnn', 'c', 'h', 'i', 'f', 'z', "c'", 'o', "h'", 'y'].sort(),
  );
  await view.selectOption('select[aria-label="Realisation"]', { label: 'CurrentMode' });
  await view.waitForSelector('.status:has-text("As CurrentMode realises it.")', patience);
  await openByKeys(page, view);
  await textFromBox(page, view);
  await view.click('button:has-text("Fit")');
  await shoot('schematic');
  await exportDrawing(page, view, workspace);
}

const titles = (view) =>
  view.$$eval('g.box > .name', (all) => all.map(({ textContent }) => textContent).sort());

/** Arrows lead to the gate, Space opens it: its crossbar gives currents, its activation voltages. */
async function openByKeys(page, view) {
  await view.click('g.box[data-id="rnn/f"] > .name');
  await view.waitForSelector('g.box[data-id="rnn/f"]:focus', patience);
  const from = await view.evaluate(() => document.activeElement.dataset.id);
  await page.keyboard.press('ArrowDown');
  const to = await view.evaluate(() => document.activeElement.dataset.id);
  assert.notEqual(to, from);
  assert.match(to, /^rnn\/[iozf]$/);
  await page.keyboard.press(' ');
  await view.waitForSelector(`g.box[data-id="${to}"][aria-expanded="true"]`, patience);
  const inside = await view.$$eval(`g.box[data-id^="${to}/"]`, (all) =>
    all.map((box) => box.getAttribute('aria-label')),
  );
  assert.ok(
    inside.some((label) => /^crossbar CurrentArray, 6 × 4, with bias.*output 4 × current/.test(label)),
    `${inside}`,
  );
  assert.ok(
    inside.some((label) => /^block (Sigmoid|Tanh), .*inputs 4 × voltage, output 4 × voltage/.test(label)),
    `${inside}`,
  );
}

/** A click on an equation leads to where it is written, in the library that has it. */
async function textFromBox(page, view) {
  await view.click(`g.box[data-id="rnn/c'"] > .name`);
  await page.waitForSelector('.tab.active:has-text("cells.loom")', patience);
  await page.waitForSelector('.active-line-number:has-text("17")', patience);
  await page.click('.tab:has-text("airline.loom")');
}

async function exportDrawing(page, view, workspace) {
  await view.click('button[aria-label="Export as SVG"]');
  const file = path.join(workspace, 'schematic.svg');
  await nameFile(page, file);
  for (let waited = 0; !existsSync(file) && waited < 100; waited++) await page.waitForTimeout(100);
  const text = readFileSync(file, 'utf8');
  assert.match(text, /^<\?xml.*\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.match(text, />CurrentArray</);
  assert.doesNotMatch(text, /var\(|class=/);
}
