import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CrossbarAnswer, CrossbarPeer, CrossbarProblem } from './crossbar-peer.ts';

/** The bundle runs from `bench/dist`. */
const script = fileURLToPath(new URL('../peers/scipy-crossbar.py', import.meta.url));

/** Debian's python3-scipy before any other, as the interpreters are tried in this order. */
const interpreters = ['/usr/bin/python3', 'python3'];

export const scipy: CrossbarPeer = {
  name: 'scipy splu',
  solve: async (problem) => {
    const python = interpreter();
    return python ? measureIn(python, problem) : undefined;
  },
};

function measureIn(python: string, { size, conductance, vectors }: CrossbarProblem): CrossbarAnswer {
  const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
  try {
    const [input, output] = [join(folder, 'problem'), join(folder, 'outputs')];
    writeFileSync(input, Buffer.concat([Buffer.from(conductance.buffer), Buffer.from(vectors.buffer)]));
    const rounds = size > 256 ? 1 : 5;
    const args = [script, input, output, size, vectors.length / size, rounds].map(String);
    const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env: oneThread() });
    if (status !== 0) throw new Error(`scipy failed:\n${stderr}`);
    const bytes = readFileSync(output);
    const currents = new Float64Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    return { seconds: JSON.parse(stdout).seconds, currents };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const oneThread = () => ({ ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' });

let found: { readonly python: string | undefined } | undefined;

function interpreter(): string | undefined {
  found ??= { python: findScipy() ?? installScipy() };
  return found.python;
}

const findScipy = () =>
  interpreters.find((python) => spawnSync(python, ['-c', 'import scipy.sparse.linalg']).status === 0);

/** By apt where that is possible; else it is said what is missing. */
function installScipy(): string | undefined {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'python3-scipy']);
  const python = isRoot ? findScipy() : undefined;
  if (!python) console.error('scipy is not there: install it with apt-get install python3-scipy. Left out.');
  return python;
}
