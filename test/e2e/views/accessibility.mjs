// What a screen reader is told, and whether one can read it: axe's rules for WCAG 2.1, A and AA, within the webviews.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { patience, viewFrame } from '../page.mjs';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const themes = { dark: 'vscode-dark', light: 'vscode-light', 'high-contrast': 'vscode-high-contrast' };
const names = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
};

/** The pages behind the tabs, each with what it has when it is drawn. */
const pages = {
  'Results: forecast': '#section-metrics table',
  'Waveforms: forecast': '#waveforms .chart',
  'Arrays: forecast': '#arrays .map canvas',
};

export async function readAloud(page, workspace, shoot) {
  const found = [];
  for (const [theme, name] of Object.entries(names)) {
    setTheme(workspace, name);
    for (const [tab, part] of Object.entries(pages)) {
      await page.click(`.tab[aria-label*="${tab}"]`);
      const view = await viewFrame(page, part);
      await view.waitForSelector(`body.${themes[theme]}`, patience);
      found.push(...(await violations(view)).map((text) => `${tab}, ${theme}: ${text}`));
      if (theme === 'high-contrast') await shoot(tab.replace(/:.*/, '').toLowerCase());
    }
  }
  assert.deepEqual(found, []);
}

/** The workbench follows its settings as they are written. */
function setTheme(workspace, name) {
  const folder = path.join(workspace, '.vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ 'workbench.colorTheme': name }));
}

async function violations(view) {
  await view.evaluate(axe.source);
  return view.evaluate(
    async (tags) =>
      (await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations.map(
        ({ id, help, nodes }) =>
          `${id}, ${nodes.length} times: ${help}. ${nodes[0].html}: ${nodes[0].failureSummary}`,
      ),
    rules,
  );
}
