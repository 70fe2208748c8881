import { failure, type Outcome } from '@memloom/sim-core';

/** The vectors that a simulation saved, by their ngspice names in lower case; of complex ones the magnitude. */
export type SpiceVectors = ReadonlyMap<string, Float64Array>;

/** Something that runs ngspice netlists. */
export interface SpiceEngine {
  /** What runs, for captions: `ngspice 45.2 (WebAssembly)`. */
  readonly name: string;
  /** Runs the one analysis of a netlist and gives what its `.save` lines ask for. */
  run(netlist: string): Promise<Outcome<SpiceVectors>>;
}

/** ngspice in this process unless the path of an installed one is given. */
export async function openEngine(installed?: string): Promise<Outcome<SpiceEngine>> {
  if (installed !== undefined) return (await import('./native-engine.ts')).openNative(installed);
  return (await import('./wasm-engine.ts')).openWasm();
}

/** A simulation that gave nothing, with the first lines of what ngspice complained about. */
export const spiceFailed = (name: string, complaints: readonly string[]): Outcome<never> =>
  failure({
    code: 'spice.failed',
    message: `${name} gave no result: ${complaints.slice(0, 6).join('; ') || 'it says nothing of why'}.`,
    hint: 'Check the names of nodes, models and parameters in the netlist.',
  });
