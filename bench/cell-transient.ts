/** Ten time steps of the airline's cell in continuous time, and the same netlist in the native ngspice. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTexts } from '@memloom/language';
import {
  buildCircuit,
  type Circuit,
  type Outcome,
  randomStream,
  realiseNetwork,
  signOff,
  simulateTransient,
  sizeNetwork,
  writeNetlist,
} from '@memloom/sim-core';
import { readRawFile } from '../cli/spice/raw-file.ts';
import { measure } from './measure.ts';
import type { Row } from './report.ts';

const steps = 10;

const text = (units: number): string => `
import std.cells
import std.cmos180
device Cell = resistive(rOn = 10 kOhm, rOff = 1 MOhm) { levels = 64 programming = gaussian(2 %) }
crossbar Array { device = Cell readout = voltage pairs = rows vRead = 0.1 V wireCapacitance = 2 fF }
hardware Analog {
  vmm on Array readout on DifferenceAmp sigmoid on Sigmoid tanh on Tanh product on Multiplier
  sum on SummingAmp state on SampleHold scale = 0.1 V
}
network N(x: [1]) -> y: [1] { rnn = Lstm(x, units = ${units}) y = dense(rnn, units = 1) on Analog }
`;

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

async function circuitOf(units: number): Promise<Circuit> {
  const file = 'memory:/bench.loom';
  const project = await openTexts({ [file]: text(units) });
  const elaborated = await project.elaborateFile(file);
  const design = unwrap(elaborated);
  const network = unwrap(sizeNetwork(design, 'N'));
  const realised = unwrap(realiseNetwork(network, design, 'Analog'));
  const stream = randomStream(1, 'weights');
  const weights = new Map(
    network.layers.flatMap(({ graph }) =>
      graph.tensors.map(({ name, inputs, units: columns }) => [
        name,
        Float64Array.from({ length: inputs * columns }, () => (2 * stream.uniform() - 1) / Math.sqrt(inputs)),
      ]),
    ),
  );
  const draw = { seed: 1, trial: randomStream(1, 'trial', 'Analog', 0) };
  return unwrap(buildCircuit({ design, network, name: 'N', hardware: 'Analog', realised, weights, draw }));
}

/** Rows for cells of several sizes; none where there is no ngspice. */
export async function cellRows(sizes: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const units of sizes) {
    const circuit = await circuitOf(units);
    const inputs = {
      x: Float64Array.from({ length: steps }, (_, step) => Math.sin(step + 1) * circuit.scale),
    };
    const netlist = writeNetlist(circuit, { title: `Cell of ${units} units`, inputs, steps });
    const peer = ngspice(netlist.text);
    if (!peer) break;
    const { scale } = circuit;
    const compare = (tolerance: number) => {
      const { time, columns } = unwrap(simulateTransient(circuit, { inputs, steps, tolerance }));
      const signed = signOff({ time, columns, scale, netlist, vectors: peer.vectors, engine: 'ngspice' });
      if (!signed) throw new Error('ngspice has not finished.');
      return Math.max(...signed.probes.map(({ error }) => error));
    };
    // Ours at a tolerance at which a tighter one changes the difference by less than a tenth: the rest is the peer's.
    const tolerance =
      [1e-3, 1e-4, 1e-5].find((t) => Math.abs(compare(t) / compare(t / 100) - 1) < 0.1) ?? 1e-6;
    const [subjectSeconds] = await measure([
      {
        name: 'memloom',
        work: 1,
        run: () => void unwrap(simulateTransient(circuit, { inputs, steps, tolerance })),
      },
    ]);
    rows.push({
      case: `LSTM of ${units} units, ${steps} time steps, tolerance ${tolerance}`,
      subject: 'memloom',
      peer: 'ngspice',
      subjectSeconds,
      peerSeconds: peer.seconds,
      ratio: peer.seconds / subjectSeconds,
      agreement: compare(tolerance),
    });
  }
  return rows;
}

function ngspice(netlist: string) {
  const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
  try {
    writeFileSync(join(folder, 'deck.cir'), netlist);
    const from = performance.now();
    const { status } = spawnSync('ngspice', ['-b', '-r', 'out.raw', 'deck.cir'], { cwd: folder });
    const seconds = (performance.now() - from) / 1000;
    return status === 0
      ? { seconds, vectors: readRawFile(readFileSync(join(folder, 'out.raw'))) }
      : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
