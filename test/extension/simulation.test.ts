import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Design, RunRequest } from '@memloom/sim-core';
import { afterAll, describe, expect, it } from 'vitest';
import { threadStarter } from '../../extension/node/simulation.ts';
import { simulate } from '../../extension/simulation/simulation.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'memloom-simulation-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A worker that does what the text says when it is asked to run. */
function workerThat(name: string, does: string) {
  const file = path.join(folder, `${name}.cjs`);
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');\nparentPort.on('message', () => { ${does} });\n`,
  );
  return threadStarter(file);
}

const design: Design = {
  version: 1,
  devices: [],
  crossbars: [],
  blocks: [],
  cells: [],
  hardware: [],
  networks: [],
  datasets: [],
  experiments: [],
};
const request: RunRequest = { design, experiment: 'e', files: {}, version: '0' };
const report =
  "parentPort.postMessage({ kind: 'progress', progress: { phase: 'train', detail: '', fraction: 0.5 } });";

describe('A simulation', () => {
  it('ends within 200 ms of being cancelled, even in an endless loop, and gives nothing', async () => {
    const abort = new AbortController();
    let asked = 0;
    const outcome = await simulate(workerThat('loop', `${report} for (;;);`), request, abort.signal, () => {
      asked = performance.now();
      abort.abort();
    });
    expect(outcome).toBeUndefined();
    expect(performance.now() - asked).toBeLessThan(200);
  });

  it('is not started when it is cancelled before', async () => {
    const outcome = await simulate(threadStarter('none.cjs'), request, AbortSignal.abort(), () => {});
    expect(outcome).toBeUndefined();
  });

  it('reports a crash of its worker as a problem', async () => {
    const worker = workerThat('crash', "throw new Error('index out of range');");
    const outcome = await simulate(worker, request, new AbortController().signal, () => {});
    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ code: 'run.crashed', message: expect.stringContaining('index out of range') }],
    });
  });

  it('reports the end of its worker as a problem', async () => {
    const worker = workerThat('exit', 'process.exit(3);');
    const outcome = await simulate(worker, request, new AbortController().signal, () => {});
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'run.worker-ended' }] });
  });

  it('passes progress and problems on', async () => {
    const failed =
      "parentPort.postMessage({ kind: 'failed', problems: [{ code: 'data.x', message: 'No.' }] });";
    const seen: number[] = [];
    const worker = workerThat('failed', report + failed);
    const outcome = await simulate(worker, request, new AbortController().signal, ({ fraction }) =>
      seen.push(fraction),
    );
    expect(seen).toEqual([0.5]);
    expect(outcome).toEqual({ ok: false, problems: [{ code: 'data.x', message: 'No.' }] });
  });
});
