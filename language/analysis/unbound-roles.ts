import type { Role, SizedNetwork } from '@memloom/sim-core';
import type { Analysis } from './context.ts';
import type { Pair } from './pairs.ts';
import { nearestPlace, pairPlace } from './places.ts';
import { nodeName, roleOf } from './signals.ts';

/** Operations of the network that no circuit of the hardware realises: they are evaluated ideally. */
export function checkRoles(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { hardware } = pair;
  const needed = neededRoles(network);
  // Currents that nothing reads are a finding of their own.
  const readsCurrents = pair.array?.crossbar.readout === 'current';
  const isBound = (role: Role | 'vmm') => {
    if (role === 'vmm') return hardware.crossbar !== undefined;
    return hardware.bindings[role] !== undefined || (role === 'readout' && readsCurrents);
  };
  const lacking = [...needed].filter(([role]) => !isBound(role));
  const text = analysis.declarations.hardware(hardware.name);
  if (lacking.length === 0 || !text) return;
  const where = nearestPlace(analysis.document, [
    { place: { node: text, property: 'name' }, message: `${hardware.name} is described here.` },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${hardware.name} here.`,
    },
  ]);
  const details = {
    hardware: hardware.name,
    network: pair.network.name,
    roles: lacking.map(([role, example]) => (example ? `${role} (${example})` : role)).join(', '),
    role: lacking[0][0],
  };
  if (where) analysis.report('binding.missing', where.place, details, where.related);
}

/** Each role that the network needs, with the first equation that needs it. */
function neededRoles(network: SizedNetwork): ReadonlyMap<Role | 'vmm', string> {
  const needed = new Map<Role | 'vmm', string>();
  const need = (role: Role | 'vmm', example: string | undefined): void => {
    if (!needed.get(role)) needed.set(role, example ?? '');
  };
  for (const { name, graph } of network.layers) {
    graph.nodes.forEach((node, id) => {
      if (node.op === 'crossbar') {
        need('vmm', `"${node.gate || name}"`);
        need('readout', `"${node.gate || name}"`);
      }
      const use = roleOf(graph, id);
      if (use) need(use.role, nodeName(graph, id));
    });
    for (const state of graph.states) need('state', `"${state.name}"`);
  }
  return needed;
}
