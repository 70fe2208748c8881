import type { SizedNetwork } from '@memloom/sim-core';
import { AstUtils } from 'langium';
import { mergeCell } from '../elaborate/merged-cell.ts';
import type * as ast from '../generated/ast.ts';
import { keptOutside } from './cells/gates.ts';
import { structureOf } from './cells/structure.ts';
import type { Analysis } from './context.ts';
import { integratingStates } from './network-ranges.ts';
import type { Pair } from './pairs.ts';
import { bindingPlace, nearestPlace, pairPlace } from './places.ts';

/** What keeps the state lies beyond 0 .. 1, which is said where it is written. */
function isSaidOfGate(cell: ast.Cell, state: string): boolean {
  const merged = mergeCell(cell);
  const memory = structureOf(merged).memories.find((one) => one.state === state);
  return memory !== undefined && keptOutside(merged, memory) !== undefined;
}

/** States that add up what comes in and forget nothing, held by circuits that have rails. */
export function checkGrowth(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { hardware } = pair;
  if (!hardware.bindings.state) return;
  const growing = integratingStates(network);
  const text = analysis.declarations.hardware(hardware.name);
  for (const layer of pair.network.layers) {
    const cell = layer.kind === 'cell' ? analysis.declarations.cell(layer.cell) : undefined;
    if (!cell || !text) continue;
    for (const [state] of mergeCell(cell).states) {
      if (!growing.has(`${layer.name}.${state}`) || isSaidOfGate(cell, state)) continue;
      const equation = mergeCell(cell).equations.get(state);
      const where = nearestPlace(analysis.document, [
        {
          place: pairPlace(pair, analysis.declarations),
          message: `${pair.network.name} is put on ${hardware.name} here.`,
        },
        {
          place: equation && { node: equation },
          message: `The new value of "${state}" in ${AstUtils.getDocument(cell).uri.path.split('/').pop()}.`,
        },
        { place: bindingPlace(text, 'state'), message: `${hardware.bindings.state.block} holds it.` },
      ]);
      const details = { state, layer: layer.name, cell: cell.name, block: hardware.bindings.state.block };
      if (where) analysis.report('state.unbounded', where.place, details, where.related);
    }
  }
}
