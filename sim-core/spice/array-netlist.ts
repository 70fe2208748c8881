import type { CrossbarCircuit, LineEnd, Terminal, Wire } from '../crossbar/circuit.ts';
import { terminalResistance } from '../crossbar/circuit.ts';
import type { ArrayCircuit } from '../hardware/array-map.ts';
import { spiceNumber } from './expression.ts';

/**
 * A crossbar array alone, as a netlist whose `.op` ngspice solves: a subcircuit of cells and wire segments with a pin for each
 * end of a line that is used; drivers as sources with their resistance; at the feet of the bit lines virtual grounds that
 * sense currents, or the resistance of the read-outs. Word line r is `w<r>` at its first end, bit line c is `b<c>` at its
 * foot, `i(vsense<c>)` the current out of it. Deterministic, and the state is that of {@link solveCrossbar}.
 */
export function writeArrayNetlist(title: string, array: ArrayCircuit): string {
  const { circuit, drives, rows, columns } = array;
  const right = drives.wordRight !== undefined;
  const pins = [
    ...rows.map((_, r) => `w${r}`),
    ...(right ? rows.map((_, r) => `e${r}`) : []),
    ...columns.map((_, c) => `b${c}`),
  ].join(' ');
  return [
    `* ${title}`,
    `* Array ${array.name} of ${array.crossbar}: ${rows.length} word lines, ${columns.length} bit lines; every operand at the number 1.`,
    ...rows.map((label, r) => `* w${r}: ${plain(label)}`),
    ...columns.map((label, c) => `* b${c}: ${plain(label)}`),
    '.options reltol=1e-9 abstol=1e-18 vntol=1e-12 gmin=1e-18',
    '',
    `.subckt array ${pins}`,
    ...rows.flatMap((_, r) => wordLine(circuit, r, right)),
    ...columns.flatMap((_, c) => bitLine(circuit, c)),
    ...cells(circuit),
    '.ends array',
    '',
    '* drivers',
    ...rows.flatMap((_, r) => driver(circuit, 'wordLeft', `w${r}`, r, drives.wordLeft)),
    ...(right ? rows.flatMap((_, r) => driver(circuit, 'wordRight', `e${r}`, r, drives.wordRight)) : []),
    '* read-outs',
    ...columns.flatMap((_, c) => readOut(circuit.bitBottom, c)),
    '',
    `Xarray ${pins} array`,
    '.op',
    '.end',
    '',
  ].join('\n');
}

/** Names of conductors within the array: one for the whole line where its wire is ideal. */
const wordNode = ({ wordWire, columns }: CrossbarCircuit, r: number, c: number): string =>
  hasWire(wordWire, r, columns + 1) ? `w${r}_${c}` : `w${r}`;
const bitNode = ({ bitWire, rows }: CrossbarCircuit, r: number, c: number): string =>
  hasWire(bitWire, c, rows + 1) ? `b${c}_${r}` : `b${c}`;

const hasWire = (wire: Wire, line: number, segments: number): boolean =>
  Array.from({ length: segments }, (_, k) => ohms(wire, line, segments, k)).some((value) => value > 0);
const ohms = (wire: Wire, line: number, segments: number, k: number): number =>
  typeof wire === 'number' ? wire : wire[line * segments + k];

function wordLine(circuit: CrossbarCircuit, r: number, right: boolean): readonly string[] {
  const { wordWire, columns } = circuit;
  if (!hasWire(wordWire, r, columns + 1)) return right ? [`Vend${r} w${r} e${r} 0`] : [];
  const nodes = [`w${r}`, ...Array.from({ length: columns }, (_, c) => wordNode(circuit, r, c))];
  return chain(`w${r}`, right ? [...nodes, `e${r}`] : nodes, (k) => ohms(wordWire, r, columns + 1, k));
}

function bitLine(circuit: CrossbarCircuit, c: number): readonly string[] {
  const { bitWire, rows } = circuit;
  if (!hasWire(bitWire, c, rows + 1)) return [];
  const nodes = [...Array.from({ length: rows }, (_, r) => bitNode(circuit, r, c)), `b${c}`];
  return chain(`b${c}`, nodes, (k) => ohms(bitWire, c, rows + 1, k + 1));
}

/** Segments from node to node; one without resistance is a source of 0 V. */
const chain = (
  name: string,
  nodes: readonly string[],
  resistance: (k: number) => number,
): readonly string[] => nodes.slice(1).map((node, k) => joint(`${name}_${k}`, nodes[k], node, resistance(k)));

const joint = (name: string, from: string, to: string, resistance: number): string =>
  resistance > 0 ? `R${name} ${from} ${to} ${resistance}` : `V${name} ${from} ${to} 0`;

function cells(circuit: CrossbarCircuit): readonly string[] {
  const { rows, columns, conductance } = circuit;
  return Array.from({ length: rows * columns }, (_, at) => {
    const [r, c] = [Math.floor(at / columns), at % columns];
    const siemens = conductance[at];
    return siemens > 0
      ? [`Rcell${r}_${c} ${wordNode(circuit, r, c)} ${bitNode(circuit, r, c)} ${1 / siemens}`]
      : [];
  }).flat();
}

function driver(
  circuit: CrossbarCircuit,
  end: LineEnd,
  node: string,
  line: number,
  volts: Float64Array | undefined,
): readonly string[] {
  const value = spiceNumber(volts?.[line] ?? 0).replace(/[()]/g, '');
  const resistance = terminalResistance(circuit[end], line);
  if (!(resistance > 0)) return [`Vdrive_${node} ${node} 0 ${value}`];
  return [`Vdrive_${node} ${node}_source 0 ${value}`, `Rdrive_${node} ${node}_source ${node} ${resistance}`];
}

function readOut(foot: Terminal, c: number): readonly string[] {
  const resistance = terminalResistance(foot, c);
  if (!(resistance > 0)) return [`Vsense${c} b${c} 0 0`];
  return Number.isFinite(resistance)
    ? [`Rsense${c} b${c} b${c}_foot ${resistance}`, `Vsense${c} b${c}_foot 0 0`]
    : [`* b${c} is read without load`];
}

/** Comments are plain text: the minus sign of labels is no letter of ngspice's. */
const plain = (label: string): string => label.replaceAll('−', '-');
