/**
 * Exact wire drop in passive crossbars beside sparse LU and ngspice. `--full` adds the cases in which a peer takes
 * minutes.
 *
 * The problem: N × N devices, resistances log-uniform from 1 to 100 kilohm, 1 ohm per segment of wire, inputs uniform
 * from 0 to 1 V, driven left, sensed at the bottom into virtual ground.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  applyTransfer,
  crossbarOutputs,
  type Outcome,
  randomStream,
  solveCrossbar,
  transferMatrix,
} from '@memloom/sim-core';
import { type Contestant, measure } from './measure.ts';
import type { CrossbarPeer, CrossbarProblem } from './peers/crossbar-peer.ts';
import { ngspice } from './peers/ngspice-crossbar.ts';
import { ngspiceWasm } from './peers/ngspice-wasm-crossbar.ts';
import { scipy } from './peers/scipy-crossbar.ts';
import { publish, type Row, table } from './report.ts';

const isFull = process.argv.includes('--full');

/** Sizes with one vector and with a hundred; beyond these, a peer takes minutes or gigabytes. */
const plan: readonly {
  readonly peer: CrossbarPeer;
  readonly one: readonly number[];
  readonly many: readonly number[];
}[] = isFull
  ? [
      { peer: scipy, one: [32, 64, 128, 256, 512, 1024], many: [32, 64, 128, 256, 512] },
      { peer: ngspice, one: [32, 64, 128], many: [] },
      { peer: ngspiceWasm, one: [32, 64, 128, 256], many: [] },
    ]
  : [
      { peer: scipy, one: [32, 64, 128, 256, 512], many: [32, 64, 128, 256] },
      { peer: ngspice, one: [32], many: [] },
      { peer: ngspiceWasm, one: [32, 64, 128], many: [] },
    ];

function problem(size: number, count: number): CrossbarProblem {
  const devices = randomStream(1, 'crossbar', size);
  const inputs = randomStream(1, 'inputs', size);
  return {
    size,
    conductance: Float64Array.from({ length: size * size }, () => 1e-3 * 10 ** (-2 * devices.uniform())),
    vectors: Float64Array.from({ length: count * size }, () => inputs.uniform()),
  };
}

const circuitOf = ({ size, conductance }: CrossbarProblem) => ({
  rows: size,
  columns: size,
  conductance,
  wordWire: 1,
  bitWire: 1,
  wordLeft: 0,
  wordRight: Number.POSITIVE_INFINITY,
  bitTop: Number.POSITIVE_INFINITY,
  bitBottom: 0,
});

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

/** Everything `solveCrossbar` gives, from the arrays on: checks, elimination, all voltages, currents and powers. */
function solveOurs(given: CrossbarProblem): Float64Array {
  const count = given.vectors.length / given.size;
  if (count > 1) return unwrap(crossbarOutputs(circuitOf(given), given.vectors));
  return unwrap(solveCrossbar(circuitOf(given), { wordLeft: given.vectors })).ends.bitBottom.current;
}

/** Least ratios, by vectors and size. */
const bars: Readonly<Record<string, number>> = {
  '128 × 128, one vector': 60,
  '512 × 512, one vector': 100,
  '128 × 128, 100 vectors': 20,
};

/** Ours is measured before and after the peer, which measures itself in between. */
async function compare(peer: CrossbarPeer, size: number, count: number): Promise<Row | undefined> {
  const given = problem(size, count);
  const subject: Contestant = { name: 'memloom', work: 1, run: () => void solveOurs(given) };
  const [before] = await measure([subject]);
  const answer = await peer.solve(given);
  if (!answer) return undefined;
  const [after] = await measure([subject]);
  const subjectSeconds = (before + after) / 2;
  const ours = solveOurs(given);
  const name = `${size} × ${size}, ${count === 1 ? 'one vector' : `${count} vectors`}`;
  return {
    case: name,
    subject: subject.name,
    peer: peer.name,
    subjectSeconds,
    peerSeconds: answer.seconds,
    ratio: answer.seconds / subjectSeconds,
    agreement: relativeDifference(ours, answer.currents),
    ...(peer === scipy && name in bars ? { bar: bars[name] } : {}),
  };
}

function relativeDifference(ours: Float64Array, theirs: Float64Array): number {
  let difference = 0;
  let largest = 0;
  for (const [k, current] of theirs.entries()) {
    difference = Math.max(difference, Math.abs(ours[k] - current));
    largest = Math.max(largest, Math.abs(current));
  }
  return difference / largest;
}

/** One vector more through the transfer matrix, beside the product with the conductances that ideal wires would be. */
async function compareTransfer(size: number): Promise<Row> {
  const given = problem(size, 1);
  const transfer = unwrap(transferMatrix(circuitOf(given)));
  const ideal = { ...transfer, values: given.conductance };
  const [outputs, without] = [new Float64Array(size), new Float64Array(size)];
  const work = 100;
  const apply = (name: string, matrix: typeof transfer, into: Float64Array): Contestant => ({
    name,
    work,
    run: () => {
      for (let k = 0; k < work; k++) applyTransfer(matrix, given.vectors, into);
    },
  });
  const contestants = [apply('memloom', transfer, outputs), apply('ideal product', ideal, without)];
  const [subjectSeconds, peerSeconds] = await measure(contestants);
  return {
    case: `${size} × ${size}, one vector through the transfer matrix`,
    subject: 'memloom',
    peer: 'ideal product',
    subjectSeconds,
    peerSeconds,
    ratio: peerSeconds / subjectSeconds,
    agreement: relativeDifference(outputs, solveOurs(given)),
    bar: 1 / 1.5,
  };
}

/** Seconds and peak memory of a process that solves one array and ends, Node and the peers' modules included. */
function alone(size: number): void {
  const given = problem(size, 1);
  const start = performance.now();
  solveOurs(given);
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ seconds, bytes: process.resourceUsage().maxRSS * 1024 }));
}

function solveAlone(size: number): { readonly seconds: number; readonly bytes: number } {
  const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--alone', String(size)]);
  return JSON.parse(String(stdout));
}

const single = process.argv.indexOf('--alone');
if (single >= 0) {
  alone(Number(process.argv[single + 1]));
  process.exit();
}

const rows: Row[] = [];
for (const { peer, one, many } of plan) {
  const cases = [...one.map((size) => ({ size, count: 1 })), ...many.map((size) => ({ size, count: 100 }))];
  for (const { size, count } of cases) {
    const row = await compare(peer, size, count);
    if (!row) break;
    rows.push(row);
  }
}
for (const size of [128, 256, 512]) rows.push(await compareTransfer(size));
const large = { case: '1024 × 1024, one vector, alone', ...solveAlone(1024) };
const isHeld = large.seconds < 1 && large.bytes < 300 * 2 ** 20;
if (!isHeld) process.exitCode = 1;
const note = `Ours at 1024 × 1024, one vector, first call in a process of its own: ${large.seconds.toFixed(2)} s, with a peak memory of ${Math.round(large.bytes / 2 ** 20)} MiB, Node included (under 1 s and 300 MiB: ${isHeld ? 'held' : 'missed'}).`;
publish('crossbar', 'Exact wire drop', [...rows, large], `${table(rows)}\n\n${note}`);
