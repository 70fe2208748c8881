/**
 * One device under a sine for ten periods beside ngspice, native, its start and the reading of the netlist included:
 * the HP device with a Joglekar window, 10,001 samples.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceModels, simulateDevice, sine } from '@memloom/sim-core';
import { type Contestant, measure } from './measure.ts';
import { type Row, report } from './report.ts';

const simulator = 'ngspice';
const periods = 10;
const samples = 10_001;
const model = deviceModels.get('linearIonDrift');
if (!model) throw new Error('The catalogue has no linearIonDrift.');
const { hpSine } = model.sets;

function ours(tolerance?: number): Float64Array {
  const waveform = sine({ amplitude: 1, frequency: 1, periods });
  const trace = model && simulateDevice(model, hpSine.values, waveform, { samples, tolerance });
  if (!trace?.ok) throw new Error('The device could not be simulated.');
  return trace.value.states[0].values;
}

/** The model's equations as behavioural sources, the state on a capacitor of 1 F. */
const netlist = (output: string, reltol: number) => `HP linear ion drift
.param ron=10k roff=100k drift={1e-14*10k/(27n*27n)} p=7
vin in 0 sin(0 1 1)
bdev in 0 i = v(in)/({ron}*v(x)+{roff}*(1-v(x)))
cx x 0 1 ic=0.1
bx 0 x i = {drift}*v(in)/({ron}*v(x)+{roff}*(1-v(x)))*(1-pwr((2*v(x)-1)*(2*v(x)-1),{p}))
rx x 0 1e15
.options reltol=${reltol} abstol=1e-15 vntol=1e-10
.control
set numdgt=12
tran ${periods / (samples - 1)} ${periods} 0 ${periods / (samples - 1)} uic
linearize v(x)
wrdata ${output} v(x)
.endc
.end
`;

function theirs(folder: string, reltol: number): Float64Array {
  const [input, output] = [join(folder, 'device.cir'), join(folder, 'state')];
  writeFileSync(input, netlist(output, reltol));
  spawnSync(simulator, ['-b', input]);
  const numbers = readFileSync(output, 'utf8').trim().split(/\s+/).map(Number);
  return Float64Array.from(numbers.filter((_, k) => k % 2 === 1));
}

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, k) => (k < b.length ? Math.max(most, Math.abs(value - b[k])) : most), 0);

async function compare(folder: string): Promise<readonly Row[]> {
  const exact = ours(1e-12);
  const rows: Row[] = [];
  for (const reltol of [1e-3, 1e-6]) {
    const contestants: readonly Contestant[] = [
      { name: 'memloom', work: 1, run: () => void ours() },
      { name: 'ngspice', work: 1, run: () => void theirs(folder, reltol) },
    ];
    const [subjectSeconds, peerSeconds] = await measure(contestants);
    const errors = [ours(), theirs(folder, reltol)].map((states) => largestDifference(exact, states));
    rows.push({
      case: `10 periods; errors of the state ${errors.map((error) => error.toExponential(1)).join(' and ')}`,
      subject: 'memloom',
      peer: `ngspice, reltol ${reltol}`,
      subjectSeconds,
      peerSeconds,
      ratio: peerSeconds / subjectSeconds,
      agreement: largestDifference(ours(), theirs(folder, reltol)),
    });
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
try {
  if (spawnSync(simulator, ['--version']).error)
    console.error('ngspice is not there: install it with apt-get install ngspice.');
  else report('device', 'One device under a sine', await compare(folder));
} finally {
  rmSync(folder, { recursive: true });
}
