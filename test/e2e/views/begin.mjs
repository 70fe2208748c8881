// The first quarter of an hour: a template, its run, the figures of a device.
import assert from 'node:assert/strict';
import { command, patience, viewFrame } from '../page.mjs';

export async function beginWithTemplate(page, shoot) {
  await command(page, 'Memloom: New Architecture');
  await page.waitForSelector('.quick-input-list .monaco-list-row[aria-label*="Device"]', patience);
  await page.keyboard.type('Device');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tab.active[aria-label*="device.loom"]', patience);
  await page.waitForSelector('.codelens-decoration a:has-text("Run bench")', patience);
  await page.click('.codelens-decoration a:has-text("Run bench")');
  const view = await viewFrame(page, '[id="table-HfO2.triangle"] canvas');
  await view.waitForSelector('[id="table-HfO2.pulses"] canvas', patience);
  const figures = await view.$$eval('#section-metrics tbody tr', (rows) =>
    rows.map((row) => row.textContent),
  );
  assert.ok(
    figures.some((text) => /^HfO2\.pulses\.onOff[\d.]+$/.test(text)),
    `${figures}`,
  );
  await view.waitForSelector('.expectations .holds:has-text("HfO2.pulses.onOff > 10")', patience);
  await view.evaluate(() => document.querySelector('[id="table-HfO2.triangle"]').scrollIntoView());
  await shoot('device');
}
