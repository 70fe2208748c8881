/** `npm run bench -- NAME [--json]`: one benchmark of `bench/`, with the dependencies that benchmarks alone have. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { install, isInstalled } from './steps/install.mjs';
import { openly, quietly, root, StepFailed, script } from './steps/phase.mjs';

const folder = join(root, 'bench');
const benchmarks = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));

script(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || !benchmarks.includes(name)) {
    throw new StepFailed(`npm run bench -- NAME [--json], where NAME is one of: ${benchmarks.join(', ')}.`);
  }
  // Standard output is the benchmark's alone, so that `--json` gives one object and nothing else.
  const silently = (_title, work) => work();
  await install(silently);
  await build(['parser', 'kernels', ...(name === 'editor' ? ['server'] : [])], { say: silently });
  if (existsSync(join(folder, 'package.json')) && !isInstalled(folder)) {
    await quietly(
      'install-bench',
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: folder,
      },
    );
  }
  const { build: bundle } = await import('esbuild');
  const outfile = join(folder, 'dist', `${name}.mjs`);
  await bundle({
    entryPoints: [join(folder, `${name}.bench.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: {
      '@memloom/sim-core': join(root, 'sim-core/index.ts'),
      '@memloom/language': join(root, 'language/index.ts'),
    },
    logLevel: 'silent',
  });
  const { code } = await openly(process.execPath, [outfile, ...args]);
  return code;
});
