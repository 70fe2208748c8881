// Bundles the language server: `server.cjs` for Node (over IPC, or over standard input and output with `--stdio`) and
// `server-worker.js` for a web worker. Run directly, or call {@link bundleServer} with another folder.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

const common = {
  absWorkingDir: folder,
  bundle: true,
  // Identifiers stay as they are: stack traces of bugs reach the user, and keeping names beside short ones
  // (`keepNames`) costs a call for each function that is created, a tenth of the time of an edit.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.loom': 'text', '.wasm': 'binary' },
};

/**
 * @param {string} outdir
 * @param {readonly ('node' | 'worker')[]} hosts
 */
export async function bundleServer(outdir, hosts = ['node', 'worker']) {
  const forNode = {
    ...common,
    outdir,
    entryPoints: { server: 'node.ts' },
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  };
  const forWorker = {
    ...common,
    outdir,
    entryPoints: { 'server-worker': 'browser.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  };
  await Promise.all(hosts.map((host) => build(host === 'node' ? forNode : forWorker)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleServer(`${folder}dist`);
