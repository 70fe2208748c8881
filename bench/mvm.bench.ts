/**
 * A matrix–vector product on a crossbar, with programming error, read noise and converters of 8 bits at both ends, beside
 * the plain product, both in float64 and by the same engine. Seconds per vector.
 */
import { openTexts } from '@memloom/language';
import {
  compileNetwork,
  forward,
  initialWeights,
  type Outcome,
  type Program,
  randomStream,
  readOutput,
  type SizedNetwork,
  setNoise,
  sizeNetwork,
  writeInput,
  writeTensor,
} from '@memloom/sim-core';
import { realiseNetwork } from '../sim-core/hardware/realise.ts';
import { type Contestant, measure } from './measure.ts';
import { type Row, report } from './report.ts';

const size = 256;
const text = `import std.cmos180

device Memristor = resistive(rOn = 10 kOhm, rOff = 1 MOhm) {
  programming = gaussian(2 %)
  readNoise = gaussian(0.5 %)
}

crossbar Pairs {
  device = Memristor
  readout = current
  pairs = rows
}

crossbar Lines extends Pairs {
  pairs = columns
}

hardware RowPairs {
  vmm on Pairs
  input on Dac(bits = 8, range = -0.1 V .. 0.1 V)
  output on Adc(bits = 8, range = -1 V .. 1 V)
}

hardware ColumnPairs extends RowPairs {
  vmm on Lines
}

network Net(x: [${size}]) -> y: [${size}] {
  y = dense(x, units = ${size}, bias = false)
}
`;

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

const uri = 'file:///mvm.loom';
const project = await openTexts({ [uri]: text });
const elaborated = await project.elaborateFile(uri);
if (!elaborated.ok) throw new Error('The architecture of the benchmark does not compile.');
const design = elaborated.value;
const ideal = unwrap(sizeNetwork(design, 'Net'));
const weights = initialWeights(ideal, 1);

function contestant(name: string, program: Program, input: Float64Array): Contestant {
  return {
    name,
    work: program.steps * program.batch,
    run: () => {
      writeInput(program, 'x', input);
      forward(program);
      readOutput(program, 'y');
    },
  };
}

function programOf(network: SizedNetwork, batch: number): Program {
  const steps = batch === 1 ? 64 : 1;
  return compileNetwork(network, { batch, steps, gradient: false, record: 'none' });
}

/** The plain product, and the same on the hardware with its errors drawn. */
async function compare(hardware: string, batch: number): Promise<Row> {
  const plain = programOf(ideal, batch);
  for (const [name, values] of weights) writeTensor(plain, name, values);
  const realised = unwrap(realiseNetwork(ideal, design, hardware));
  const analog = programOf(realised.network, batch);
  realised.realisation.apply(weights, analog, { seed: 1, trial: randomStream(1, 'trial') });
  setNoise(analog, (name) => randomStream(1, 'noise', name));
  const uniform = randomStream(1, 'input');
  const input = Float64Array.from({ length: plain.steps * size * batch }, () => 2 * uniform.uniform() - 1);
  const subject = contestant('memloom, analog', analog, input);
  const peer = contestant('memloom, plain product', plain, input);
  const [subjectSeconds, peerSeconds] = await measure([subject, peer]);
  const exact = readOutput(plain, 'y');
  const agreement = readOutput(analog, 'y').reduce((most, y, k) => Math.max(most, Math.abs(y - exact[k])), 0);
  return {
    case: `${size} × ${size}, ${hardware === 'RowPairs' ? 'row pairs' : 'column pairs'}, batch ${batch}`,
    subject: subject.name,
    peer: peer.name,
    subjectSeconds,
    peerSeconds,
    ratio: peerSeconds / subjectSeconds,
    agreement,
    bar: 1 / 4,
  };
}

const rows: Row[] = [];
for (const hardware of ['RowPairs', 'ColumnPairs'])
  for (const batch of [1, 64]) rows.push(await compare(hardware, batch));
report('mvm', 'Analog matrix–vector product, time per vector', rows);
