import type { Response } from '../program/program.ts';
import { type ActualArray, type ArrayStreams, arrayMaker } from './array-errors.ts';
import { arrayTargets, spanOf, type TargetArray, type WeightArray, type Weights } from './array-targets.ts';
import { cellResponses, type WrittenArray } from './cell-responses.ts';
import type { Conductances } from './conductance.ts';
import type { Section } from './layout.ts';
import {
  columnParameter,
  type Line,
  layerParameter,
  linesOf,
  sectionTensor,
  tileParameter,
} from './read-out.ts';
import { matrixSize, placeInMatrix } from './sections.ts';
import { type WiredColumns, wiredArray } from './wired-array.ts';

/** Receives what an array is this time; the values are valid during the call alone. */
export interface ArraySink {
  tensor(name: string, values: Float64Array): void;
  parameter(name: string, values: Float64Array): void;
  /** What cells that are not ohmic add, by the name of the node that asks for it. */
  response?(name: string, response: Response): void;
  /** The conductances that the weights ask for and those of this time, where someone wants to see the devices. */
  devices?(array: WeightArray, wanted: TargetArray, actual: ActualArray): void;
}

/** Writes an array's tensors and parameters for given weights, its errors drawn from the streams. */
export function arrayWriter(
  array: WeightArray,
): (weights: Weights, streams: ArrayStreams, sink: ArraySink) => void {
  const targets = arrayTargets(array);
  const make = arrayMaker(array);
  const writeSections = sectionWriter(array);
  const solveWires = wiredArray(array);
  const respond = cellResponses(array);
  const lines = linesOf(array.layout.arrangement);
  return (weights, streams, sink) => {
    const wanted = targets(weights);
    const actual = make(wanted, streams);
    sink.devices?.(array, wanted, actual);
    const wired = solveWires?.(actual);
    const written = { tensors: new Map<string, Float64Array>(), parameters: new Map<string, Float64Array>() };
    const into = respond ? remembering(sink, written) : sink;
    // What is evaluated as one is written beside the two lines, which a circuit of the array has apart.
    if (array.isJoined) writeSections(actual, wired, 'pair', sink);
    for (const [index, line] of lines.entries()) {
      writeSections(actual, wired, line, into);
      writeColumns(array, wanted, { actual, wired }, index, line, into);
    }
    writeLayerParameters(array, wanted, sink);
    for (const [name, response] of respond?.(actual, written) ?? []) sink.response?.(name, response);
  };
}

/** Hands on to a sink, and keeps copies. */
const remembering = (
  sink: ArraySink,
  { tensors, parameters }: Record<keyof WrittenArray, Map<string, Float64Array>>,
): ArraySink => ({
  tensor(name, values) {
    tensors.set(name, values.slice());
    sink.tensor(name, values);
  },
  parameter(name, values) {
    parameters.set(name, values.slice());
    sink.parameter(name, values);
  },
});

/** Writes the matrices of every section, as they stand or as they act behind wires. */
function sectionWriter({
  layout,
}: WeightArray): (actual: ActualArray, wired: WiredColumns | undefined, line: Line, sink: ArraySink) => void {
  const sections = layout.readings.flatMap((reading) =>
    reading.sections.map((section) => ({ section, reading })),
  );
  const sizes = sections.map(({ section }) => {
    const { rows, columns } = matrixSize(section, false);
    return rows * columns;
  });
  const scratch = new Float64Array(Math.max(...sizes));
  return ({ mean, variances }, wired, line, sink) => {
    for (const [index, { section, reading }] of sections.entries()) {
      const matrix = (values: Conductances, sign: 1 | -1) =>
        onLine(values, line, sign, section, scratch.subarray(0, sizes[index]));
      const conductance = wired?.matrix(section, line, reading) ?? matrix(mean, -1);
      sink.tensor(sectionTensor(section, line, 'conductance'), conductance);
      for (const [noise, values] of variances) {
        const [squares, mixed] = [wired?.squares.get(noise), wired?.mixed.get(noise)];
        sink.tensor(sectionTensor(section, line, `${noise}.variance`), matrix(squares ?? values, 1));
        if (line === 'pair' || wired)
          sink.tensor(sectionTensor(section, line, `${noise}.covariance`), matrix(mixed ?? values, -1));
      }
    }
  };
}

/** The devices of a section on a line, or `plus + sign·minus`; a diagonal within a row of zeros. */
function onLine(
  { plus, minus }: Conductances,
  line: Line,
  sign: 1 | -1,
  section: Section,
  scratch: Float64Array,
): Float64Array {
  const { first, count } = section;
  if (line === 'reference') return minus.subarray(section.minus, section.minus + section.elements);
  const place = placeInMatrix(section);
  scratch.fill(0);
  for (let p = 0; p < count; p++)
    scratch[place + p] =
      line === 'plus'
        ? plus[first + p]
        : line === 'minus'
          ? minus[section.minus + p]
          : plus[first + p] + sign * minus[section.minus + p];
  return scratch;
}

/** A line without any device, as a tile may have, would have no voltage of its own; it is taken to ground. */
const leastConductance = 1e-30;

/** The vectors of every reading on a line, the layout's line number `index`. */
function writeColumns(
  { layout, crossbar, scale }: WeightArray,
  wanted: TargetArray,
  { actual, wired }: { readonly actual: ActualArray; readonly wired: WiredColumns | undefined },
  index: number,
  line: Line,
  sink: ArraySink,
): void {
  const voltage = crossbar.readout === 'voltage';
  const perSiemens = scale / (wanted.siemens * crossbar.vRead);
  for (const [at, reading] of layout.readings.entries()) {
    const [from, to] = spanOf(layout, at, line);
    const write = (what: Parameters<typeof columnParameter>[3], values: Float64Array) =>
      sink.parameter(columnParameter(layout, reading, line, what), values);
    const sums = actual.sums[index].subarray(from, to);
    const seen =
      wired?.columnConductance(reading, line) ?? (voltage ? sums.map((sum) => sum + crossbar.load) : sums);
    write('gColumn', voltage ? seen.map((g) => Math.max(leastConductance, g)) : seen);
    for (const [noise, values] of actual.sumVariances)
      write(`${noise}.variance`, wired?.whole(noise, reading, line) ?? values[index].subarray(from, to));
    if (voltage && crossbar.normalise === 'amplifier')
      write(
        'gain',
        wanted.sums[index].subarray(from, to).map((sum) => (sum + crossbar.load) * perSiemens),
      );
  }
}

/** `rF·k_w·vRead = scale`; behind equal sums `gain = scale·(total + load)/(k_w·vRead)`. */
function writeLayerParameters(
  { layout, crossbar, scale }: WeightArray,
  { siemens, dummies }: TargetArray,
  sink: ArraySink,
): void {
  const perSiemens = scale / (siemens * crossbar.vRead);
  if (crossbar.readout === 'current')
    sink.parameter(layerParameter(layout, 'rF'), Float64Array.of(perSiemens));
  for (const [index, { total }] of (dummies ?? []).entries())
    sink.parameter(
      tileParameter(layout, layout.tiles[index], 'gain'),
      Float64Array.of((total + crossbar.load) * perSiemens),
    );
}
