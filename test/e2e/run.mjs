// The end-to-end tests: the mocha suite inside a real extension host, then the packaged extension in a real workbench.
//   node test/e2e/run.mjs [--screenshots]      writes docs/images/ anew
//                         [--only PART]        suite, workbench, web, report or core
//   MEMLOOM_E2E=desktop                        uses the desktop VS Code that @vscode/test-electron downloads
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { driveCore } from './core.mjs';
import { obstacle, provision, root } from './provision.mjs';
import { driveReport } from './report.mjs';
import { driveWeb } from './web.mjs';
import { driveWorkbench } from './workbench.mjs';

/** A text that needs another one and data; the data have no such column. */
const importing = `import "parts.loom"

crossbar Array {
  device = Own
}

dataset load from "../airline/airline-passengers.csv" {
  column = "passenger"
  window = 3 steps
}
`;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const { values: options } = parseArgs({
  options: { screenshots: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const desktop = process.env.MEMLOOM_E2E === 'desktop';
const reason = desktop ? undefined : obstacle();
if (reason !== undefined) {
  console.warn(
    `\n*** END-TO-END TESTS SKIPPED: ${reason}. ***\n*** Set MEMLOOM_E2E=desktop to run them in a downloaded VS Code. ***\n`,
  );
} else {
  process.exitCode = await runAll();
}

async function runAll() {
  if (!desktop) provision();
  const workspaces = [makeWorkspace(), makeWorkspace(), makeWorkspace()];
  try {
    if (wants('suite')) await runSuite(workspaces[0]);
    if (!desktop && wants('workbench')) await driveWorkbench(workspaces[1], options);
    if (!desktop && wants('web')) await driveWeb(workspaces[2]);
    if (!desktop && wants('report')) await driveReport();
    if (!desktop && wants('core')) await driveCore();
    return 0;
  } catch (error) {
    console.error(error);
    return 1;
  } finally {
    for (const workspace of workspaces) rmSync(path.dirname(workspace), { recursive: true, force: true });
  }
}

function wants(part) {
  return options.only === undefined || options.only === part;
}

async function runSuite(workspace) {
  await runTests({
    vscodeExecutablePath: desktop ? undefined : path.join(root, 'test', 'e2e', 'code-shim.mjs'),
    extensionDevelopmentPath: path.join(root, 'extension'),
    extensionTestsPath: await bundleSuite(),
    launchArgs: [workspace],
  });
}

/** A folder with the airline example, once as it is, once with expectations that fail, once with a
 * malformed and once without a data file. */
function makeWorkspace() {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'memloom-')), 'examples');
  mkdirSync(folder);
  const airline = path.join(root, 'examples', 'airline');
  const data = 'airline-passengers.csv';
  cpSync(airline, path.join(folder, 'airline'), { recursive: true });
  for (const copy of ['malformed', 'missing']) {
    mkdirSync(path.join(folder, copy));
    cpSync(path.join(airline, 'airline.loom'), path.join(folder, copy, 'airline.loom'));
  }
  mkdirSync(path.join(folder, 'strict'));
  cpSync(path.join(airline, data), path.join(folder, 'strict', data));
  const strict = readFileSync(path.join(airline, 'airline.loom'), 'utf8')
    .replace(/\d+ epochs/, '3 epochs')
    .replace(/expect .*/, 'expect rmse.test < 1\n  expect rmse.test < 1000');
  writeFileSync(path.join(folder, 'strict', 'airline.loom'), strict);
  mkdirSync(path.join(folder, 'web'));
  writeFileSync(
    path.join(folder, 'web', 'parts.loom'),
    'device Own = resistive(rOn = 10 kOhm, rOff = 1 MOhm)\n',
  );
  writeFileSync(path.join(folder, 'web', 'imports.loom'), importing);
  const malformed = '"month","passengers"\n"1949-01",112\n"1949-02",118\n"1949-03",many\n"1949-04",129\n';
  writeFileSync(path.join(folder, 'malformed', data), malformed);
  writeFileSync(path.join(folder, 'bench.csv'), 'time step (step),probe (V)\n0,0.01\n40,0.05\n80,0.02\n');
  return folder;
}

/** The suite as one CommonJS file, at a place from which it finds mocha. */
async function bundleSuite() {
  const outfile = path.join(root, '.cache', 'e2e', 'suite.cjs');
  await build({
    entryPoints: [path.join(root, 'test', 'e2e', 'suite', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
