import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './phase.mjs';

/** Bundles the terminal's entry, the worker that simulates, the script that reports carry, and the standard library. */
export async function bundleCli() {
  // esbuild is imported here because this file is loaded before dependencies are installed.
  const { build } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'));
  const common = {
    absWorkingDir: root,
    bundle: true,
    // Identifiers stay as they are: they reach the user in stack traces of bugs.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'external',
    legalComments: 'none',
    logLevel: 'silent',
    outdir: 'cli/dist',
    define: { __MEMLOOM_VERSION__: JSON.stringify(version) },
    loader: { '.loom': 'text', '.wasm': 'binary' },
  };
  await build({
    ...common,
    entryPoints: { memloom: 'cli/main.ts', 'simulation-worker': 'cli/run/simulation-worker.ts' },
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    // Twenty megabytes of ngspice that most commands never load.
    external: ['eecircuit-engine'],
    target: 'node20',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    // Some dependencies are CommonJS and ask for Node's modules by `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  await build({
    ...common,
    entryPoints: { 'report-page': 'cli/report/page/page.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    sourcemap: false,
  });
  // Editors open the standard library and the pages about diagnostics as files.
  cpSync(join(root, 'language/std'), join(root, 'cli/dist/std'), { recursive: true });
  for (const name of ['diagnostics', 'gallery.md'])
    cpSync(join(root, 'docs', name), join(root, 'cli/dist/docs', name), { recursive: true });
}
