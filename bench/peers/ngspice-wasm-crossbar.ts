import { Simulation } from 'eecircuit-engine';
import { type CrossbarPeer, netlist } from './crossbar-peer.ts';

let started: Promise<Simulation> | undefined;

/** ngspice compiled to WebAssembly, with the KLU solver; its start is not counted. */
export const ngspiceWasm: CrossbarPeer = {
  name: 'ngspice in WebAssembly, KLU',
  solve: async (problem) => {
    started ??= start();
    const simulation = await started;
    const saved = Array.from({ length: problem.size }, (_, line) => `i(vo${line})`).join(' ');
    const lines = ['crossbar', ...netlist(problem), '.options klu', `.save ${saved}`, '.op', '.end'];
    simulation.setNetList(`${lines.join('\n')}\n`);
    const from = performance.now();
    const { data } = await simulation.runSim();
    const seconds = (performance.now() - from) / 1000;
    const currents = new Float64Array(problem.size);
    for (const { name, values } of data) {
      const line = /vo(\d+)/.exec(name)?.[1];
      const [value] = values;
      if (line !== undefined && typeof value === 'number') currents[Number(line)] = value;
    }
    return { seconds, currents };
  },
};

async function start(): Promise<Simulation> {
  const simulation = new Simulation();
  await simulation.start();
  return simulation;
}
