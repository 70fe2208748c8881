import type { Circuit, Signal, Values } from '../circuit/circuit.ts';
import { valueAt } from '../transient/emit.ts';
import { spiceNumber } from './expression.ts';
import type { Timing } from './timing.ts';

/** A netlist being written: names of nodes, and what stands so far. */
export interface NetlistWriter {
  readonly circuit: Circuit;
  readonly timing: Timing;
  readonly lines: string[];
  /** Node of each bank's element. */
  readonly nodes: ReadonlyMap<string, readonly string[]>;
}

/** Names that ngspice accepts, each of its own, one for each node of each bank. */
export function nodeNames({ banks }: Circuit): ReadonlyMap<string, readonly string[]> {
  const taken = new Set<string>();
  return new Map(
    banks.map(({ id, name, size }) => {
      let stem = plainName(name);
      while (taken.has(stem)) stem += '_';
      taken.add(stem);
      return [id, Array.from({ length: size }, (_, k) => `${stem}_${k}`)] as const;
    }),
  );
}

/** Letters, digits and underscores in lower case: ngspice does not tell capitals apart. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');

/** The nodes of a bank. */
export function nodesOf({ nodes }: NetlistWriter, bank: string): readonly string[] {
  const found = nodes.get(bank);
  if (!found) throw new Error(`The circuit has no bank "${bank}".`);
  return found;
}

/** What drives unit k of a signal: a node, or the number of a fixed voltage. */
export function sourceAt(writer: NetlistWriter, signal: Signal, k: number): string | number {
  if (signal.kind === 'fixed') return signal.value;
  return nodesOf(writer, signal.bank)[signal.first + (signal.size > 1 ? k : 0)];
}

/** The same in an expression. */
export function voltageAt(writer: NetlistWriter, signal: Signal, k: number): string {
  const source = sourceAt(writer, signal, k);
  return typeof source === 'number' ? spiceNumber(source) : `V(${source})`;
}

/** The same as a node: a fixed voltage gets a source of its own. */
export function nodeAt(writer: NetlistWriter, signal: Signal, k: number, name: string): string {
  const source = sourceAt(writer, signal, k);
  if (typeof source === 'string') return source;
  if (source === 0) return '0';
  writer.lines.push(`V${name} ${name} 0 ${spiceNumber(source)}`);
  return name;
}

export const parameterText = (values: Values, k: number): string => String(valueAt(values, k));
