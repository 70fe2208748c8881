import type { SizedLayer, SizedNetwork } from '../graph/graph.ts';

/**
 * Layers that are evaluated together: `forward` and `backward`, all of them one time step after another; `once`, after
 * the sequence. Only what one phase hands to another need be kept for every step.
 */
export interface Phase {
  readonly kind: 'forward' | 'backward' | 'once';
  /** Indices into the network's layers, in order. */
  readonly layers: number[];
}

/** Distributes the layers over as few phases as their order allows. */
export function scheduleLayers(network: SizedNetwork): {
  readonly phases: readonly Phase[];
  readonly phaseOf: readonly number[];
} {
  const phases: Phase[] = [];
  const phaseOf: number[] = [];
  const layerNames = network.layers.map((layer) => layer.name);
  for (const [index, layer] of network.layers.entries()) {
    const kind = kindOf(layer);
    let phase = 0;
    for (const input of layer.inputs) {
      const producer = layerNames.indexOf(input);
      if (producer >= 0) phase = Math.max(phase, phaseOf[producer]);
    }
    // A layer joins the phase of its inputs only if that runs the same way.
    while (phase < phases.length && !joins(kind, phases[phase].kind)) phase++;
    if (phase === phases.length) phases.push({ kind: kind === 'any' ? 'forward' : kind, layers: [] });
    phases[phase].layers.push(index);
    phaseOf.push(phase);
  }
  return { phases, phaseOf };
}

type Need = Phase['kind'] | 'any';

/** A layer without state can run in either direction. */
function kindOf(layer: SizedLayer): Need {
  if (layer.time !== 'sequence') return 'once';
  return layer.graph.states.length > 0 ? layer.direction : 'any';
}

const joins = (need: Need, kind: Phase['kind']): boolean =>
  need === kind || (need === 'any' && kind !== 'once');
