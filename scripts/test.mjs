/** `npm test`: everything that the project tests: lint, types, dead code, unit and terminal tests, a real VS Code. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { openly, root, script } from './steps/phase.mjs';

const report = join(root, '.cache', 'tests.json');

/** `count` reads how many tests passed and failed out of what a suite printed or wrote; without it a suite is one test. */
const suites = [
  { name: 'lint, types and dead code', script: 'scripts/check.mjs' },
  {
    name: 'unit and terminal tests',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: () => {
      if (!existsSync(report)) return undefined;
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
      return { passed: numPassedTests, failed: numFailedTests };
    },
  },
  {
    name: 'tests in VS Code',
    script: 'test/e2e/run.mjs',
    printed: true,
    // The suite marks what passed; mocha also counts what failed.
    count: (printed) => ({
      passed: [...printed.matchAll(/^\s*✔ /gm)].length,
      failed: Number(/(\d+) failing/.exec(printed)?.[1] ?? 0),
    }),
  },
];

script(async () => {
  await install();
  await build();
  rmSync(report, { force: true });
  const total = { passed: 0, failed: 0 };
  const broken = [];
  for (const suite of suites) {
    if (!existsSync(join(root, suite.script))) continue;
    console.log(`\n— ${suite.name}`);
    const { code, printed } = await openly(
      process.execPath,
      [join(root, suite.script), ...(suite.args ?? [])],
      {
        keep: suite.printed ?? false,
      },
    );
    if (code === 130) return code;
    const counted = suite.count?.(printed) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
    total.passed += counted.passed;
    // A suite that ends badly without a failed test has failed itself.
    total.failed += code === 0 ? counted.failed : Math.max(1, counted.failed);
    if (code !== 0) broken.push(suite.name);
  }
  if (broken.length > 0) console.log(`\nFailed: ${broken.join('; ')}.`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
