/** `npm run check`: formatting and lint, types, dead code. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { phase, quietly, root, StepFailed, script } from './steps/phase.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
// TypeScript's native compiler checks the same code in a fraction of the time.
const compiler = join(root, 'node_modules/ts7/bin/tsc');
const projects = ['.', 'extension/web', 'extension/webview', 'cli/report/page'];
// Benchmarks have dependencies of their own, which `npm run bench` installs.
if (existsSync(join(root, 'bench/node_modules'))) projects.push('bench');

const checks = [
  ['Formatting and lint', 'lint', bin('biome'), ['check', '--error-on-warnings']],
  ...projects.map((folder) => [
    folder === '.' ? 'Types' : `Types of ${folder}`,
    `types-${folder.replaceAll('/', '-')}`,
    process.execPath,
    [compiler, '--noEmit', '-p', folder],
  ]),
  ['Dead code and dependencies', 'dead-code', bin('knip'), []],
];

script(async () => {
  await install();
  await build(['parser', 'kernels']);
  const failures = [];
  for (const [title, log, command, args] of checks) {
    await phase(title, () => quietly(log, command, args)).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw new StepFailed(failures.map((error) => error.message).join('\n\n'));
  return 0;
});
