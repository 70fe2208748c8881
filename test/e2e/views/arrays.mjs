// The arrays of a result as heat maps.
import assert from 'node:assert/strict';
import { patience, viewFrame } from '../page.mjs';

export async function lookAtArrays(page, results, shoot) {
  await results.click('#section-arrays button');
  const view = await viewFrame(page, '#arrays .map canvas');
  await view.waitForSelector('select[aria-label="Quantity"]', patience);
  const quantities = await view.$$eval('select[aria-label="Quantity"] option', (found) =>
    found.map(({ textContent }) => textContent),
  );
  for (const quantity of ['conductance', 'programming error', 'IR loss', 'device current'])
    assert.ok(quantities.includes(quantity), `${quantities}`);
  const box = await (await view.waitForSelector('.map canvas', patience)).boundingBox();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
  await view.waitForFunction(
    () => /word line .+, bit line .+: conductance .*S/.test(document.querySelector('.readout').textContent),
    undefined,
    patience,
  );
  const before = await view.textContent('.readout');
  assert.match(before, /word line (x|h\[\d\]|bias) [+−], bit line [fizo]\[\d\]: conductance [\d.]+ µS/);
  await page.mouse.down();
  await page.mouse.up();
  // What is chosen leads to its text; the arrows move the mark.
  await page.waitForSelector('.tab.active:has-text("cells.loom")', patience);
  await page.waitForSelector('.statusbar-item:has-text("selected")', patience);
  await view.focus('.map canvas');
  await page.keyboard.press('ArrowDown');
  await view.waitForFunction(
    (old) => document.querySelector('.readout').textContent !== old,
    before,
    patience,
  );
  await shoot('arrays');
}
