// A debug session as a user sees it: the equation in the editor, its values in the side bar, a step back.
import { command, patience } from '../page.mjs';

export async function debug(page, shoot) {
  await page.click('.tab:has-text("airline.loom")');
  await page.waitForSelector('.tab.active:has-text("airline.loom")', patience);
  await command(page, 'Memloom: Debug Experiment');
  await page.waitForSelector('.debug-toolbar', patience);
  await page.waitForSelector('.debug-top-stack-frame-column, .debug-top-stack-frame-line', patience);
  await page.waitForSelector('.tab.active:has-text("cells.loom")', patience);
  await command(page, 'View: Show Run and Debug');
  await standsOn(page, 'rnn.i');
  for (const name of ['rnn.f', 'rnn.z', 'rnn.o']) {
    await page.keyboard.press('F10');
    await standsOn(page, name);
  }
  await page.click('.debug-toolbar .action-label[aria-label^="Step Back"]');
  await standsOn(page, 'rnn.z');
  const values = page.locator('.debug-variables .monaco-list-row');
  await values
    .filter({ hasText: /^z\b.*\[.* mV/ })
    .first()
    .waitFor(patience);
  await shoot('debugging');
  await page.keyboard.press('Shift+F5');
  await page.waitForSelector('.debug-toolbar', { ...patience, state: 'hidden' });
}

/** The innermost frame is that of the equation; names of phases below it have the names of other signals. */
const standsOn = (page, equation) =>
  page.locator('.debug-call-stack .stack-frame').first().filter({ hasText: equation }).waitFor(patience);
