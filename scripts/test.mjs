/** `npm test`: everything that the project tests: lint, types, dead code, unit and terminal tests, a real VS Code. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { openly, root, script } from './steps/phase.mjs';

const suites = [
  { name: 'check', script: 'scripts/check.mjs' },
  { name: 'tests', script: 'node_modules/vitest/vitest.mjs', args: ['run'] },
  { name: 'VS Code tests', script: 'test/e2e/run.mjs' },
];

script(async () => {
  await install();
  await build();
  const failed = [];
  for (const suite of suites) {
    if (!existsSync(join(root, suite.script))) continue;
    const code = await openly(process.execPath, [join(root, suite.script), ...(suite.args ?? [])]);
    if (code === 130) return code;
    if (code !== 0) failed.push(suite.name);
  }
  console.log(failed.length === 0 ? '\nAll suites passed.' : `\nFailed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
});
