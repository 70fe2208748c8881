// Bundles the language server: `server.cjs` for Node (over IPC, or over standard input and output with `--stdio`), which
// starts `language-server.cjs`, and `server-worker.js` for a web worker. Run directly, or call {@link bundleServer} with
// another folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
  await Promise.all(hosts.map((host) => (host === 'node' ? bundleForNode(outdir) : bundleForWorker(outdir))));
}

async function bundleForNode(outdir) {
  const forNode = {
    ...common,
    outdir,
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  };
  await build({ ...forNode, entryPoints: { 'language-server': 'node.ts' } });
  const bundle = readFileSync(join(outdir, 'language-server.cjs'));
  const hash = createHash('sha256').update(bundle).digest('hex').slice(0, 16);
  await build({
    ...forNode,
    entryPoints: { server: 'start.ts' },
    define: { __SERVER_HASH__: JSON.stringify(hash) },
  });
  // Compiled code that servers of before have kept.
  for (const name of readdirSync(outdir)) if (name.includes('.v8cache')) rmSync(join(outdir, name));
}

const bundleForWorker = (outdir) =>
  build({
    ...common,
    outdir,
    entryPoints: { 'server-worker': 'browser.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleServer(`${folder}dist`);
