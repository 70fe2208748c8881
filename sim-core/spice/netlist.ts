import type { Circuit, CircuitElement } from '../circuit/circuit.ts';
import { type CircuitTarget, everySignal } from '../transient/targets.ts';
import { blockSubcircuit } from './block-subcircuit.ts';
import { blockOf, writeElement } from './elements.ts';
import { spiceNumber } from './expression.ts';
import { movingSubcircuits } from './moving-devices.ts';
import { type SavedColumn, savedColumns } from './saved-columns.ts';
import { controlSources, timingOf } from './timing.ts';
import { type NetlistWriter, nodeNames } from './writer.ts';

export interface NetlistOptions {
  /** One line at the top: what the netlist is of. */
  readonly title: string;
  /** Voltages of each input of the network by its name, `[steps][size]`. */
  readonly inputs: Readonly<Record<string, Float64Array>>;
  readonly steps: number;
  /** What to save, as `findTargets` gives it; default every signal. */
  readonly targets?: readonly CircuitTarget[];
  /** Relative accuracy that ngspice is asked for. */
  readonly relativeTolerance?: number;
}

export interface Netlist {
  readonly text: string;
  /** The vector of ngspice that is each saved signal: `rnn.i[0]` to `v(rnn_i_0)`; what has none is not in it. */
  readonly vectors: Readonly<Record<string, string>>;
  /** What 0 V and each volt of them stand for, where that is no voltage. */
  readonly scales: Readonly<Record<string, Pick<SavedColumn, 'zero' | 'perVolt' | 'span'>>>;
  /** Seconds that its control signals take to rise and fall. */
  readonly edge: number;
}

/**
 * A circuit as an ngspice netlist at the level of behavioural blocks: what {@link simulateTransient} integrates, the same
 * phases, the same devices, the same errors of the same trial. Deterministic: the same circuit and inputs give the same
 * text. Voltages are at the nodes that the circuit names; a node that stands for a current carries 1 V per µA.
 */
export function writeNetlist(circuit: Circuit, options: NetlistOptions): Netlist {
  const timing = timingOf(circuit);
  const writer: NetlistWriter = { circuit, timing, lines: [], nodes: nodeNames(circuit) };
  const drive = (input: string, k: number): readonly number[] => {
    const values = options.inputs[input];
    const size = values.length / options.steps;
    return Array.from({ length: options.steps }, (_, step) => values[step * size + k]);
  };
  for (const element of circuit.elements) {
    writer.lines.push('', `* ${element.kind} ${element.name}`);
    writeElement(writer, element, drive);
  }
  const saved = savedColumns(writer, options.targets ?? everySignal(circuit));
  const vectors = Object.fromEntries(saved.map(({ name, node }) => [name, `v(${node})`]));
  const scales = Object.fromEntries(
    saved.flatMap(({ name, node: _, ...scaling }) =>
      scaling.perVolt === 1 && scaling.span === undefined ? [] : [[name, scaling] as const],
    ),
  );
  const stop = options.steps * timing.period;
  // What is read between two instants of ngspice lies on a straight line: states are to be compared more finely.
  const isMoving = circuit.crossbars.some(({ moving }) => moving !== undefined);
  const text = [
    `* ${options.title}`,
    `* Network ${circuit.network} on hardware ${circuit.hardware}; ${circuit.scale} V stand for 1.`,
    '* Nodes that stand for a current carry 1 V per microampere.',
    `.options method=gear reltol=${options.relativeTolerance ?? 1e-5} abstol=1e-14 vntol=1e-8 chgtol=1e-19 trtol=1`,
    '* Else ngspice would pass over edges that are short beside its longest step.',
    `.options minbreak=${spiceNumber(timing.edge / 100)}`,
    '',
    ...controlSources(circuit, timing),
    '',
    ...subcircuits(writer),
    ...movingSubcircuits(circuit),
    ...writer.lines,
    '',
    ...savedLines(Object.values(vectors)),
    `.tran ${stop / 1000} ${stop} 0 ${timing.period / (isMoving ? 500 : 50)} uic`,
    '.end',
    '',
  ].join('\n');
  return { text, vectors, scales, edge: timing.edge };
}

/** Each block with and without a pole, as far as the circuit has it so. */
function subcircuits(writer: NetlistWriter): readonly string[] {
  const seen = new Set<string>();
  return writer.circuit.elements.flatMap((element) => {
    if (!isInstance(element)) return [];
    const subcircuit = blockSubcircuit(blockOf(writer, element.block), element.dynamics.pole !== undefined);
    if (seen.has(subcircuit.name)) return [];
    seen.add(subcircuit.name);
    return [...subcircuit.lines, ''];
  });
}

const isInstance = (
  element: CircuitElement,
): element is Extract<CircuitElement, { kind: 'stage' | 'memory' | 'multiplexed' }> =>
  element.kind === 'stage' || element.kind === 'memory' || element.kind === 'multiplexed';

/** `.save` lines of moderate length. */
function savedLines(names: readonly string[]): readonly string[] {
  const unique = [...new Set(names)];
  return Array.from(
    { length: Math.ceil(unique.length / 8) },
    (_, k) => `.save ${unique.slice(8 * k, 8 * k + 8).join(' ')}`,
  );
}
