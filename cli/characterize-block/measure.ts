import { failure, fitBlock, type MeasuredTransfer, type Outcome, success } from '@memloom/sim-core';
import type { SpiceEngine, SpiceVectors } from '../spice/engine.ts';
import { deck, type Sources, signalInputs, sourceName, type TestBench } from './test-bench.ts';

/** Points of a sweep of the first input, and of the second at each of them. */
const grid = { first: 41, second: 9 };
const mismatchGrid = { first: 11, second: 5 };

/** The static transfer over the input range: the first input swept at each value of the second. */
export async function measureTransfer(
  engine: SpiceEngine,
  bench: TestBench,
  mismatch?: { readonly seed: number },
): Promise<Outcome<MeasuredTransfer>> {
  const { first, second } = mismatch ? mismatchGrid : grid;
  const { low, high } = bench;
  const ports = signalInputs(bench);
  const sweep = (index: number, points: number) =>
    ports[index] ? `${sourceName(ports[index])} ${low} ${high} ${(high - low) / (points - 1)}` : '';
  const analysis = [`.dc ${sweep(0, first)} ${sweep(1, second)}`];
  const run = await output(engine, bench, {}, analysis, mismatch);
  if (!run.ok) return run;
  const at = (index: number, points: number) => low + ((high - low) * index) / (points - 1);
  const columns = ports.map((_, port) =>
    run.value.map((_, point) =>
      port === 0 ? at(point % first, first) : at(Math.floor(point / first), second),
    ),
  );
  return success({
    output: run.value,
    inputs: Object.fromEntries(ports.map(({ name }, port) => [name, columns[port]])),
  });
}

/** The lowest and highest output with the first input swept from supply to supply, the others at the end of the range. */
export async function measureRails(engine: SpiceEngine, bench: TestBench) {
  const [first, ...others] = signalInputs(bench);
  const limit = first.unit === 'A' ? 20 * Math.max(Math.abs(bench.low), bench.high) : bench.supply;
  const sources = Object.fromEntries(
    others.map(({ name }) => [name, `dc ${name === 'minus' ? 0 : bench.high}`]),
  );
  const sweep = [`.dc ${sourceName(first)} ${-limit} ${limit} ${limit / 40}`];
  const run = await output(engine, bench, sources, sweep);
  if (!run.ok) return run;
  return success({ low: Math.min(...run.value), high: Math.max(...run.value) });
}

/** The frequency in hertz at which the small-signal transfer has fallen by 3 dB. */
export async function measurePole(engine: SpiceEngine, bench: TestBench): Promise<Outcome<number>> {
  const [first, ...others] = signalInputs(bench);
  const sources = Object.fromEntries(
    others.map(({ name }) => [name, `dc ${name === 'minus' ? 0 : bench.high / 2}`]),
  );
  const run = await vectors(engine, bench, { ...sources, [first.name]: 'dc 0 ac 1' }, ['.ac dec 40 1k 100g']);
  if (!run.ok) return run;
  const gain = run.value.get(outputName(bench));
  const frequency = run.value.get('frequency');
  if (!gain || !frequency) return failure(noVector(bench));
  const fallen = gain.findIndex((value) => value < gain[0] / Math.SQRT2);
  return success(fallen < 0 ? Number.POSITIVE_INFINITY : frequency[fallen]);
}

/** What the output does after a step of the first input from `low` to `high`: seconds to 1 %, and the steepest slope in V/s. */
export async function measureStep(engine: SpiceEngine, bench: TestBench) {
  const [first, ...others] = signalInputs(bench);
  const sources = Object.fromEntries(
    others.map(({ name }) => [name, `dc ${name === 'minus' ? 0 : bench.high / 2}`]),
  );
  const step = `dc ${bench.low} pulse(${bench.low} ${bench.high} 10n 10p 10p 1 2)`;
  const run = await vectors(engine, bench, { ...sources, [first.name]: step }, ['.tran 0.2n 2u 0 0.5n']);
  if (!run.ok) return run;
  const time = run.value.get('time');
  const out = run.value.get(outputName(bench));
  if (!time || !out) return failure(noVector(bench));
  const end = out[out.length - 1];
  const band = 0.01 * Math.abs(end - out[0]);
  const last = out.findLastIndex((value) => Math.abs(value - end) > band);
  let slope = 0;
  for (let k = 1; k < out.length; k++) {
    const width = time[k] - time[k - 1];
    if (time[k] > 10e-9 && width > 0) slope = Math.max(slope, Math.abs(out[k] - out[k - 1]) / width);
  }
  return success({ settling: Math.max(0, time[last] - 10e-9), slope });
}

/** Watts drawn from both supplies with all inputs at zero. */
export async function measurePower(engine: SpiceEngine, bench: TestBench): Promise<Outcome<number>> {
  const run = await vectors(engine, bench, {}, ['.op']);
  if (!run.ok) return run;
  const current = (name: string) => Math.abs(run.value.get(name)?.[0] ?? 0);
  return success(bench.supply * (current('i(vvdd)') + current('i(vvss)')));
}

/** The step in volts at a held output when the switch opens, at an input of zero. */
export async function measureHoldStep(engine: SpiceEngine, bench: TestBench): Promise<Outcome<number>> {
  const { supply } = bench;
  const control = `dc ${supply} pulse(${supply} ${-supply} 500n 1n 1n 1 2)`;
  const run = await vectors(engine, bench, { control }, ['.tran 1n 1.5u 0 2n']);
  if (!run.ok) return run;
  const time = run.value.get('time');
  const out = run.value.get(outputName(bench));
  if (!time || !out) return failure(noVector(bench));
  return success(out[out.length - 1] - out[time.findLastIndex((at) => at < 499e-9)]);
}

/** Standard deviations of the free parameters over so many draws of local mismatch. */
export async function measureMismatch(
  engine: SpiceEngine,
  bench: TestBench,
  free: readonly string[],
  fixed: Readonly<Record<string, number>>,
  draws: { readonly trials: number; readonly seed: number },
): Promise<Outcome<Readonly<Record<string, number>>>> {
  const fits: Readonly<Record<string, number>>[] = [];
  for (let trial = 0; trial < draws.trials; trial++) {
    const measured = await measureTransfer(engine, bench, { seed: draws.seed + trial });
    if (!measured.ok) return measured;
    fits.push(fitBlock(bench.block, measured.value, free, fixed).values);
  }
  return success(
    Object.fromEntries(
      free.map((name) => [name, deviation(fits.flatMap((values) => values[name] ?? []))] as const),
    ),
  );
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}

async function output(
  engine: SpiceEngine,
  bench: TestBench,
  sources: Sources,
  analysis: readonly string[],
  mismatch?: { readonly seed: number },
): Promise<Outcome<Float64Array>> {
  const run = await engine.run(deck(bench, sources, analysis, mismatch));
  if (!run.ok) return run;
  const values = run.value.get(outputName(bench));
  return values ? success(values) : failure(noVector(bench));
}

const vectors = (
  engine: SpiceEngine,
  bench: TestBench,
  sources: Sources,
  analysis: readonly string[],
): Promise<Outcome<SpiceVectors>> => engine.run(deck(bench, sources, analysis));

const outputName = ({ block }: TestBench): string => `v(${block.output.name.toLowerCase()})`;

const noVector = (bench: TestBench) => ({
  code: 'spice.failed',
  message: `The simulation of ${bench.subcircuit.name} gave no ${outputName(bench)}.`,
  hint: `Name the pins of the subcircuit like the ports of block ${bench.block.name}.`,
});
