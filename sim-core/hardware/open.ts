import type { CrossbarDesign } from '../design/design.ts';
import type { GraphNode, SizedLayer } from '../graph/graph.ts';
import type { BoundHardware } from './checks.ts';
import type { Circuits } from './circuits.ts';
import type { Cut } from './cuts.ts';
import { graphBuilder } from './graph-builder.ts';
import type { ArrayLayout } from './layout.ts';
import { hasCircuits, type LayerSignals, rewriteSignals } from './rewrite-layer.ts';

/** A layer on hardware with every circuit apart; between the cuts are ideal operations. */
export interface OpenLayer extends LayerSignals {
  readonly layer: SizedLayer;
  readonly nodes: readonly GraphNode[];
  readonly cuts: readonly Cut[];
  readonly array: { readonly crossbar: CrossbarDesign; readonly layout: ArrayLayout } | undefined;
}

/**
 * The layer as `realiseNetwork` rewrites it, its parameters and tensors by the same names, cut open at each circuit.
 * `layout` is the one that `realiseNetwork` gave it.
 */
export function openLayer(
  layer: SizedLayer,
  layout: ArrayLayout | undefined,
  { hardware, array, blocks }: BoundHardware,
): OpenLayer | undefined {
  if (!hasCircuits(layer)) return undefined;
  const cuts: Cut[] = [];
  const builder = graphBuilder();
  const circuits: Circuits = {
    hardware,
    builder,
    layer: layer.name,
    sequence: layer.time === 'sequence',
    blocks,
    draws: new Map(),
    unbound: new Set(),
    purpose: 'use',
    converters: [],
    dithers: new Map(),
    cuts,
  };
  const signals = rewriteSignals(
    layer,
    circuits,
    array && layout && { crossbar: array.crossbar, layout, noises: [], isJoined: false, isOhmic: true },
  );
  return {
    ...signals,
    layer,
    nodes: builder.nodes,
    cuts,
    array: array && layout && { crossbar: array.crossbar, layout },
  };
}
