/** Ideal LSTM inference beside ONNX Runtime, native and in WebAssembly, each on one thread. Seconds per time step. */
import { openTexts } from '@memloom/language';
import {
  compileNetwork,
  forward,
  initialWeights,
  type Program,
  randomStream,
  readOutput,
  type SizedNetwork,
  sizeNetwork,
  writeInput,
  writeTensor,
} from '@memloom/sim-core';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web';
import { type Contestant, measure } from './measure.ts';
import { lstmModel } from './onnx-model.ts';
import { type Row, report } from './report.ts';

const cases = [4, 64, 256].flatMap((hidden) => [1, 64].map((batch) => ({ hidden, batch })));

async function network(hidden: number): Promise<SizedNetwork> {
  const uri = 'file:///lstm.loom';
  const text = `import std.cells\nnetwork Net(x: [${hidden}]) -> y: [${hidden}] {\n  y = Np(x, units = ${hidden})\n}\n`;
  const project = await openTexts({ [uri]: text });
  const design = await project.elaborateFile(uri);
  const sized = design.ok ? sizeNetwork(design.value, 'Net') : design;
  if (!sized.ok) throw new Error(sized.problems.map((problem) => problem.message).join('\n'));
  return sized.value;
}

/** The same weights in ONNX' order: gates i, o, f, c (ours: z), each transposed. */
function onnxTensors(weights: ReadonlyMap<string, Float64Array>, hidden: number) {
  const gates = ['i', 'o', 'f', 'z'];
  const matrix = (operand: string) =>
    Float32Array.from(
      gates.flatMap((gate) => {
        const values = weights.get(`y.${gate}.${operand}`) ?? new Float64Array();
        return Array.from(
          { length: hidden * hidden },
          (_, i) => values[(i % hidden) * hidden + Math.floor(i / hidden)],
        );
      }),
    );
  const bias = gates.flatMap((gate) => [...(weights.get(`y.${gate}.bias`) ?? [])]);
  const b = Float32Array.from([...bias, ...bias.map(() => 0)]);
  return { inputs: hidden, hidden, w: matrix('x'), r: matrix('h'), b };
}

function ours(program: Program, input: Float64Array): Contestant {
  return {
    name: 'memloom',
    work: program.steps,
    run: () => {
      writeInput(program, 'x', input);
      forward(program);
      readOutput(program, 'y');
    },
  };
}

async function peer(
  name: string,
  runtime: typeof native | typeof web,
  model: Uint8Array,
  input: Float32Array,
  dims: readonly number[],
): Promise<{ readonly contestant: Contestant; output(): Promise<Float32Array> }> {
  const options = {
    executionProviders: [runtime === web ? 'wasm' : 'cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  };
  const session = await runtime.InferenceSession.create(model, options);
  const feeds = { X: new runtime.Tensor('float32', input, dims) };
  const run = async () => {
    await session.run(feeds);
  };
  return {
    contestant: { name, work: dims[0], run },
    output: async () => (await session.run(feeds)).Y.data as Float32Array,
  };
}

/** Ours `[steps][hidden][batch]` against theirs `[steps][1][batch][hidden]`. */
function difference(y: Float64Array, theirs: Float32Array, hidden: number, batch: number): number {
  let largest = 0;
  for (let i = 0; i < y.length; i++) {
    const sample = i % batch;
    const unit = Math.floor(i / batch) % hidden;
    const step = Math.floor(i / (batch * hidden));
    largest = Math.max(largest, Math.abs(y[i] - theirs[(step * batch + sample) * hidden + unit]));
  }
  return largest;
}

async function compare(hidden: number, batch: number): Promise<readonly Row[]> {
  const steps = hidden * batch > 4096 ? 10 : 100;
  const sized = await network(hidden);
  const weights = initialWeights(sized, 1);
  const program = compileNetwork(sized, { batch, steps, gradient: false, record: 'none' });
  for (const [name, values] of weights) writeTensor(program, name, values);
  const input = new Float64Array(steps * hidden * batch);
  randomStream(1, 'input').fillGaussian(input, 0, input.length);
  const subject = ours(program, input);
  subject.run();
  const y = readOutput(program, 'y');
  const theirInput = new Float32Array(input.length);
  for (let i = 0; i < input.length; i++) {
    const at = Math.floor(i / batch);
    theirInput[(Math.floor(at / hidden) * batch + (i % batch)) * hidden + (at % hidden)] = input[i];
  }
  const model = lstmModel(onnxTensors(weights, hidden), steps, batch);
  const dims = [steps, batch, hidden];
  const peers = [
    await peer('onnxruntime-node', native, model, theirInput, dims),
    await peer('onnxruntime-web', web, model, theirInput, dims),
  ];
  const [subjectSeconds, ...others] = await measure([subject, ...peers.map(({ contestant }) => contestant)]);
  const rows: Row[] = [];
  for (const [i, { contestant, output }] of peers.entries())
    rows.push({
      case: `hidden ${hidden}, batch ${batch}`,
      subject: subject.name,
      peer: contestant.name,
      subjectSeconds,
      peerSeconds: others[i],
      ratio: others[i] / subjectSeconds,
      agreement: difference(y, await output(), hidden, batch),
    });
  return rows;
}

web.env.wasm.numThreads = 1;
const rows: Row[] = [];
for (const { hidden, batch } of cases) rows.push(...(await compare(hidden, batch)));
report('lstm', 'LSTM inference, time per time step', rows);
