import type { BlockDesign, PortDesign } from '@memloom/sim-core';
import type { Subcircuit } from './subcircuit.ts';

/** How a subcircuit is driven and what it stands for. */
export interface TestBench {
  readonly block: BlockDesign;
  readonly subcircuit: Subcircuit;
  /** Supply voltage on each side of ground, in volts. */
  readonly supply: number;
  /** Range of the input signals, in volts or amperes. */
  readonly low: number;
  readonly high: number;
  /** Values of the ports that the hardware supplies: `unit`, `rF`, `gain`, `gColumn`. */
  readonly supplied: Readonly<Record<string, number>>;
  readonly corner: string;
  /** Ohms and farads at the output. */
  readonly load: { readonly resistance: number; readonly capacitance: number };
}

/** Ports that carry signals: what the hardware supplies by name is no node. */
export const signalInputs = ({ block, supplied }: TestBench): readonly PortDesign[] =>
  block.inputs.filter(({ name }) => !(name in supplied));

/** Sources of the inputs by port, for instance `dc 0 ac 1`; the pin `control` is at the upper supply unless given. */
export type Sources = Readonly<Record<string, string>>;

/** A netlist that runs one analysis of the subcircuit on its bench. */
export function deck(
  bench: TestBench,
  sources: Sources,
  analysis: readonly string[],
  mismatch?: { readonly seed: number },
): string {
  const { subcircuit, supplied, supply, corner, load } = bench;
  const instance = Object.keys(subcircuit.parameters)
    .map((name) => [name, Object.keys(supplied).find((port) => port.toLowerCase() === name)] as const)
    .flatMap(([name, port]) => (port === undefined ? [] : [`${name}=${supplied[port]}`]));
  return [
    `* ${subcircuit.name} on its bench`,
    `.include modelcard.GF180.${mismatch ? 'statistical' : corner}`,
    // The deck draws mismatch unless it is told not to; lots and wafers (global variation) are another matter.
    `.param sw_stat_global=0 sw_stat_mismatch=${mismatch ? 1 : 0}`,
    ...(mismatch ? [`.options seed=${mismatch.seed}`] : []),
    subcircuit.text,
    `Vvdd vdd 0 ${supply}`,
    `Vvss vss 0 ${-supply}`,
    ...signalInputs(bench).flatMap((port) => sourceOf(port, sources[port.name] ?? 'dc 0', supplied)),
    ...(subcircuit.pins.includes('control') ? [`Vcontrol control 0 ${sources.control ?? supply}`] : []),
    `Xblock ${subcircuit.pins.join(' ')} ${subcircuit.name} ${instance.join(' ')}`,
    `Rload ${bench.block.output.name} 0 ${load.resistance}`,
    `Cload ${bench.block.output.name} 0 ${load.capacitance}`,
    `.save v(${bench.block.output.name}) i(vvdd) i(vvss)`,
    ...analysis,
    '.end',
    '',
  ].join('\n');
}

/** A current comes from a column, whose conductance loads the virtual ground. */
function sourceOf(port: PortDesign, source: string, supplied: Readonly<Record<string, number>>): string[] {
  if (port.unit !== 'A') return [`V${port.name} ${port.name} 0 ${source}`];
  const column = supplied.gColumn ? [`Rcolumn ${port.name} 0 ${1 / supplied.gColumn}`] : [];
  return [`I${port.name} 0 ${port.name} ${source}`, ...column];
}

export const sourceName = (port: PortDesign): string => `${port.unit === 'A' ? 'I' : 'V'}${port.name}`;
