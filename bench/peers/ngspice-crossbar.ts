import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CrossbarPeer, netlist } from './crossbar-peer.ts';

/** The native ngspice, start and reading of the netlist included. */
export const ngspice: CrossbarPeer = {
  name: 'ngspice',
  solve: async (problem) => {
    if (spawnSync('ngspice', ['--version']).error) {
      console.error('ngspice is not there: install it with apt-get install ngspice. Left out.');
      return undefined;
    }
    const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
    try {
      const [input, output] = [join(folder, 'crossbar.cir'), join(folder, 'currents')];
      const probes = Array.from({ length: problem.size }, (_, line) => `i(vo${line})`);
      writeFileSync(
        input,
        `${['crossbar', ...netlist(problem), ...control(output, probes), '.end'].join('\n')}\n`,
      );
      const start = performance.now();
      spawnSync('ngspice', ['-b', input]);
      const seconds = (performance.now() - start) / 1000;
      return { seconds, currents: readColumns(readFileSync(output, 'utf8')) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const control = (output: string, probes: readonly string[]) => [
  '.control',
  'set numdgt=12',
  'op',
  `wrdata ${output} ${probes.join(' ')}`,
  '.endc',
];

/** `wrdata` writes an index before each value. */
const readColumns = (text: string) =>
  Float64Array.from(
    text
      .trim()
      .split(/\s+/)
      .map(Number)
      .filter((_, k) => k % 2 === 1),
  );
