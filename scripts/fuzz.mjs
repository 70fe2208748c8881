/** `npm run fuzz -- [--count N] [--seed S]`: wounded texts against the checker and the server's features. */
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { openly, root, script } from './steps/phase.mjs';

script(async () => {
  await install();
  await build(['parser', 'kernels']);
  const { build: bundle } = await import('esbuild');
  const outdir = join(root, '.cache', 'fuzz');
  await bundle({
    entryPoints: { main: join(root, 'test/fuzz/main.ts'), worker: join(root, 'test/fuzz/worker.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    loader: { '.wasm': 'binary' },
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const { code } = await openly(process.execPath, [join(outdir, 'main.mjs'), ...process.argv.slice(2)]);
  return code;
});
