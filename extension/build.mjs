// Bundles the extension: the part in the extension host, the language server, the simulation worker, the webviews.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleServer } from '../server/build.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const development = process.argv.includes('--development');

const common = {
  absWorkingDir: folder,
  bundle: true,
  minify: !development,
  sourcemap: development ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  outdir: 'dist',
  loader: { '.loom': 'text', '.csv': 'text', '.wasm': 'binary' },
  define: { __MEMLOOM_VERSION__: JSON.stringify(version) },
};

/** Leaves what is imported at a later time in a bundle of its own. */
const ownBundle = (imported, file) => ({
  name: 'own-bundle',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' && path === imported ? { path: file, external: true } : undefined,
    ),
});

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
await Promise.all([
  bundleServer(`${folder}dist`, ['node']),
  bundleServer(`${folder}dist/web`, ['worker']),
  build({
    ...common,
    entryPoints: {
      extension: 'node/main.ts',
      'language-client': 'node/client.ts',
      'simulation-worker': 'node/simulation-worker.ts',
    },
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    // Names reach the user in the stack traces of bugs.
    keepNames: true,
    plugins: [ownBundle('./client.ts', './language-client.cjs')],
  }),
  build({
    ...common,
    entryPoints: { 'web/extension': 'web/main.ts' },
    platform: 'browser',
    target: 'es2022',
    // The form that VS Code loads into its web worker.
    format: 'cjs',
    external: ['vscode'],
    keepNames: true,
  }),
  build({
    ...common,
    entryPoints: { 'web/simulation-worker': 'web/simulation-worker.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    keepNames: true,
  }),
  build({
    ...common,
    entryPoints: {
      'webview/results': 'webview/results/main.ts',
      'webview/results-style': 'webview/results/results.css',
      'webview/arrays': 'webview/arrays/main.ts',
      'webview/arrays-style': 'webview/arrays/arrays.css',
      'webview/schematic': 'webview/schematic/main.ts',
      'webview/schematic-style': 'webview/schematic/schematic.css',
      'webview/waveforms': 'webview/waveforms/main.ts',
      'webview/waveforms-style': 'webview/waveforms/waveforms.css',
    },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  }),
]);
// Findings link to their pages as files beside the server, and these to the gallery.
for (const name of ['diagnostics', 'gallery.md'])
  cpSync(fileURLToPath(new URL(`../docs/${name}`, import.meta.url)), `${folder}dist/docs/${name}`, {
    recursive: true,
  });
