/** What is built, from what, into what. Later targets use earlier ones. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCli } from './bundle-cli.mjs';
import { quietly, root } from './phase.mjs';

const node = (name, script, ...args) => quietly(name, process.execPath, [join(root, script), ...args]);

/**
 * `inputs` are files or folders; generated and built folders within them do not count. `outputs` must exist for a
 * target to count as built.
 */
export const targets = {
  parser: {
    title: 'Generating the parser',
    inputs: [
      'language/loom.langium',
      'language/langium-config.json',
      'language/generate.mjs',
      'language/library',
      'language/parser',
      'language/std',
      'language/types/units',
    ],
    outputs: ['language/generated', 'language/library/generated/trees.ts'],
    build: () => node('parser', 'language/generate.mjs'),
  },
  kernels: {
    title: 'Compiling the kernels',
    inputs: ['sim-core/program/wasm', 'sim-core/crossbar/wasm', 'sim-core/webassembly'],
    outputs: ['sim-core/program/wasm/generated', 'sim-core/crossbar/wasm/generated'],
    build: () => node('kernels', 'sim-core/webassembly/build.mjs'),
  },
  server: {
    title: 'Bundling the language server',
    inputs: ['sim-core', 'language', 'server'],
    outputs: ['server/dist/server.cjs', 'server/dist/language-server.cjs', 'server/dist/server-worker.js'],
    build: () => node('server', 'server/build.mjs'),
  },
  cli: {
    title: 'Bundling the command line',
    inputs: ['sim-core', 'language', 'server', 'cli', 'docs/diagnostics', 'scripts/steps/bundle-cli.mjs'],
    outputs: [
      'cli/dist/memloom.mjs',
      'cli/dist/simulation-worker.mjs',
      'cli/dist/report-page.js',
      'cli/dist/std',
      'cli/dist/docs',
    ],
    build: bundleCli,
  },
  extension: {
    title: 'Bundling the extension',
    inputs: ['sim-core', 'language', 'server', 'extension', 'docs/diagnostics'],
    outputs: ['extension/dist'],
    build: () => node('extension', 'extension/build.mjs'),
    available: () => existsSync(join(root, 'extension/build.mjs')),
  },
};
