// What every test of the workbench does with its page.
import assert from 'node:assert/strict';

export const patience = { timeout: 60_000 };

/** Runs a command from the palette. */
export async function command(page, title) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input:focus', patience);
  await page.keyboard.type(title);
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${title}"]`, patience);
  await page.keyboard.press('Enter');
}

/** The document of the visible webview that has an element. */
export async function viewFrame(page, selector) {
  const deadline = Date.now() + patience.timeout;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      // A frame may go while it is asked.
      const found = await frame
        .evaluate((wanted) => document.querySelector(wanted)?.checkVisibility() ?? false, selector)
        .catch(() => false);
      if (found) return frame;
    }
    await page.waitForTimeout(100);
  }
  return assert.fail(`No webview shows ${selector}`);
}

export async function toggleTheme(page) {
  const dark = (await page.$('.monaco-workbench.vs-dark')) !== null;
  await command(page, 'Preferences: Toggle between Light/Dark Themes');
  await page.waitForSelector(dark ? '.monaco-workbench.vs' : '.monaco-workbench.vs-dark', patience);
}

/** Reloads the window as its user does, so that the workbench first saves what is open. */
export async function reloadWindow(page) {
  const loaded = page.waitForEvent('load', patience);
  await command(page, 'Developer: Reload Window');
  await loaded;
  await page.waitForSelector('.monaco-workbench .part.statusbar', patience);
}

/** Names a file in a dialog of the workbench, which takes its time to be ready for it. */
export async function nameFile(page, file) {
  const input = '.quick-input-widget .quick-input-filter input';
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.waitForSelector(input, patience);
    await page.waitForTimeout(1000);
    // Filling anew would begin the dialog's own look at the folder anew.
    if ((await page.inputValue(input)) !== file) await page.fill(input, file);
    await page.waitForTimeout(1000);
    await page.keyboard.press('Enter');
    const closed = page.waitForSelector(input, { state: 'hidden', timeout: 10_000 });
    if (await closed.then(() => true).catch(() => false)) return;
  }
  assert.fail(`The dialog does not take ${file}`);
}
