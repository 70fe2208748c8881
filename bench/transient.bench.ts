/**
 * An array of dynamic memristors with its wires, over ten periods, and ten time steps of an LSTM cell, beside the native
 * ngspice at matched error. `--full` adds cases in which ngspice takes minutes.
 */
import { deviceModels, type Outcome, simulateCrossbar, sine } from '@memloom/sim-core';
import { cellRows } from './cell-transient.ts';
import { measure } from './measure.ts';
import { type ArrayProblem, ngspiceArray } from './peers/ngspice-array.ts';
import { type Row, report } from './report.ts';

const [rOn, rOff, mobility, thickness] = [10e3, 100e3, 1e-14, 27e-9];

const problemOf = (size: number): ArrayProblem => ({
  size,
  wire: 2.5,
  rOn,
  rOff,
  drift: (mobility * rOn) / thickness ** 2,
  initial: Float64Array.from({ length: size * size }, (_, k) => 0.1 + 0.7 * ((k * 0.618) % 1)),
  amplitudes: Float64Array.from({ length: size }, (_, row) => 0.5 + (0.5 * row) / size),
  frequency: 20,
  periods: 10,
  samples: 1001,
});

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

function ours(
  { size, wire, initial, amplitudes, frequency, periods, samples }: ArrayProblem,
  tolerance: number,
) {
  const model = deviceModels.get('linearIonDrift');
  if (!model) throw new Error('There is no linear ion drift.');
  const values = Object.fromEntries(model.parameters.map((parameter) => [parameter.name, parameter.default]));
  const device = model.device({ ...values, rOn, rOff, mobility, thickness, p: 1, window: 'joglekar' });
  const crossbar = {
    wires: { rows: size, columns: size, wordWire: wire, bitWire: wire, wordLeft: 0, bitBottom: 0 },
    devices: Array.from({ length: size * size }, () => device),
    initial,
    drives: Array.from(amplitudes, (amplitude) => sine({ amplitude, frequency, periods })),
  };
  return unwrap(simulateCrossbar(crossbar, { tolerance, samples })).currents;
}

/** Largest difference, relative to the largest current. */
function difference(a: Float64Array, b: Float64Array): number {
  let [most, largest] = [0, 0];
  for (let k = 0; k < b.length; k++) {
    most = Math.max(most, Math.abs(a[k] - b[k]));
    largest = Math.max(largest, Math.abs(b[k]));
  }
  return most / largest;
}

const rows: Row[] = [];
for (const size of process.argv.includes('--full') ? [4, 8, 16] : [4, 8]) {
  const problem = problemOf(size);
  const reference = ours(problem, 1e-8);
  const peer = ngspiceArray(problem, 1000);
  if (!peer) break;
  const peerError = difference(peer.currents, reference);
  // The loosest tolerance whose error is no larger than the peer's.
  const tolerance = [1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7].find(
    (candidate) => difference(ours(problem, candidate), reference) <= peerError,
  );
  if (tolerance === undefined) throw new Error(`No tolerance comes within ${peerError}.`);
  const [subjectSeconds] = await measure([
    { name: 'memloom', work: 1, run: () => void ours(problem, tolerance) },
  ]);
  rows.push({
    case: `${size} × ${size} dynamic devices, 10 periods, error of ngspice ${peerError.toExponential(1)}`,
    subject: 'memloom',
    peer: 'ngspice',
    subjectSeconds,
    peerSeconds: peer.seconds,
    ratio: peer.seconds / subjectSeconds,
    agreement: difference(ours(problem, tolerance), peer.currents),
  });
}
rows.push(...(await cellRows(process.argv.includes('--full') ? [4, 8, 16, 32] : [4, 8])));
report('transient', 'Transients', rows);
