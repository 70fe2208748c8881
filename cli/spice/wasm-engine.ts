import { failure, type Outcome, success } from '@memloom/sim-core';
import type { ComplexNumber, Simulation } from 'eecircuit-engine';
import { type SpiceEngine, type SpiceVectors, spiceFailed } from './engine.ts';

/**
 * ngspice compiled to WebAssembly, within this process. It brings the open GF180MCU models of 180 nm transistors:
 * `.include modelcard.GF180.typical`, and `ff`, `ss`, `fs`, `sf`, `statistical` in place of `typical`.
 */
export async function openWasm(): Promise<Outcome<SpiceEngine>> {
  const simulation = await start();
  if (!simulation)
    return failure({
      code: 'spice.missing',
      message: 'The ngspice engine is not installed.',
      hint: 'Run npm install eecircuit-engine@1.8.0, or name an installed ngspice with --ngspice PATH.',
    });
  const version = /ngspice-([\d.]+)/.exec(simulation.getInitInfo())?.[1] ?? '';
  const name = `ngspice ${version} (WebAssembly)`;
  return success({ name, run: (netlist) => runOnce(simulation, name, netlist) });
}

async function start(): Promise<Simulation | undefined> {
  try {
    const { Simulation } = await import('eecircuit-engine');
    const simulation = new Simulation();
    await quietly(() => simulation.start());
    return simulation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function runOnce(
  simulation: Simulation,
  name: string,
  netlist: string,
): Promise<Outcome<SpiceVectors>> {
  simulation.setNetList(netlist);
  const ended = await quietly(() => unlessAbandoned(simulation.runSim()));
  if (!ended)
    return spiceFailed(name, ['it has ended without an answer, as it does where a netlist is broken']);
  const { data } = ended;
  const vectors = new Map<string, Float64Array>();
  for (const { name: vector, values } of data)
    vectors.set(
      vector.toLowerCase(),
      Float64Array.from(values as readonly (number | ComplexNumber)[], magnitude),
    );
  const complaints = simulation.getError().filter((line) => !/^(Note|Warning)/.test(line));
  const isEmpty = [...vectors.values()].every(({ length }) => length === 0);
  return isEmpty ? spiceFailed(name, complaints) : success(vectors);
}

/** An ngspice that quits never answers: then nothing is left to wait for, which Node says before it leaves. */
async function unlessAbandoned<T>(work: Promise<T>): Promise<T | undefined> {
  let abandon = () => {};
  const abandoned = new Promise<undefined>((resolve) => {
    abandon = () => resolve(undefined);
  });
  process.once('beforeExit', abandon);
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    process.off('beforeExit', abandon);
  }
}

/** The engine writes every note of ngspice to the console; we read them with `getError` and show those that matter. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { error } = console;
  console.error = () => undefined;
  try {
    return await work();
  } finally {
    console.error = error;
  }
}

const magnitude = (value: number | ComplexNumber): number =>
  typeof value === 'number' ? value : Math.hypot(value.real, value.img);
