// Runs the simulation core in a Web Worker of a browser, and holds its result to that of Node, bit by bit.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startChromium } from './code-server.mjs';
import { root } from './provision.mjs';
import { step } from './step.mjs';

/** Throws when anything is not as it should be. */
export async function driveCore() {
  const state = mkdtempSync(path.join(tmpdir(), 'memloom-core-'));
  try {
    const { request, expected } = await runInNode();
    const worker = await bundleWorker();
    const browser = await startChromium(state);
    try {
      await step('runs an experiment in a Web Worker, with the bits of Node', async () => {
        const { answer, progress } = await browser.page.evaluate(runInWorker, { worker, request });
        assert.equal(answer.kind, 'done', answer.message);
        assert.deepEqual(answer.metrics, expected);
        assert.ok(progress > 2);
      });
    } finally {
      await browser.stop();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

/** The airline experiment, shortened, as JSON, and its metrics. */
async function runInNode() {
  const outfile = path.join(root, '.cache', 'e2e', 'core', 'node.mjs');
  const source = `
    import { run } from '@memloom/sim-core';
    import { airlineRequest } from './test/sim-core/run/airline-design.ts';
    export const request = { ...airlineRequest({ train: { epochs: 5 } }), trials: 3 };
    export const outcome = run(request);`;
  await bundle(source, { outfile, platform: 'node', target: 'node20', format: 'esm' });
  const { request, outcome } = await import(pathToFileURL(outfile).href);
  assert.ok(outcome.ok);
  const files = Object.entries(request.files).map(([name, bytes]) => [name, [...bytes]]);
  return {
    request: JSON.stringify({ ...request, files: Object.fromEntries(files) }),
    expected: outcome.value.metrics,
  };
}

/** The worker's whole script. */
async function bundleWorker() {
  const source = `
    import { serve } from '@memloom/sim-core';
    serve({
      postMessage: (message, transfer = []) => postMessage(message, { transfer }),
      onMessage: (listener) => addEventListener('message', ({ data }) => listener(data)),
    });`;
  const { outputFiles } = await bundle(source, {
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  });
  return outputFiles[0].text;
}

const bundle = (contents, options) =>
  build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    logLevel: 'warning',
    ...options,
  });

/** In the page: starts the worker, asks for the run and waits for its answer. */
function runInWorker({ worker: script, request }) {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const { files, ...rest } = JSON.parse(request);
  const bytes = Object.entries(files).map(([name, values]) => [name, Uint8Array.from(values)]);
  worker.postMessage({ kind: 'run', id: 1, request: { ...rest, files: Object.fromEntries(bytes) } });
  return new Promise((resolve, reject) => {
    let progress = 0;
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data: { kind, message, outcome } }) => {
      if (kind === 'progress') progress++;
      else
        resolve({ progress, answer: { kind, message, metrics: outcome?.ok ? outcome.value.metrics : {} } });
    };
  });
}
