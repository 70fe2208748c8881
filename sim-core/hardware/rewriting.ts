import type { CrossbarDesign } from '../design/design.ts';
import type { GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';
import type { Circuits } from './circuits.ts';
import type { ArrayLayout } from './layout.ts';
import type { Noise } from './read-out.ts';

/** The crossbar that holds a layer's weights. */
export interface LayerArray {
  readonly crossbar: CrossbarDesign;
  readonly layout: ArrayLayout;
  readonly noises: readonly Noise[];
  /** As of {@link areJoined}. */
  readonly isJoined: boolean;
  /** Every cell is an ohmic resistor. */
  readonly isOhmic: boolean;
}

/** A layer's graph being rewritten. */
export interface Rewriting {
  readonly layer: SizedLayer;
  readonly circuits: Circuits;
  readonly array: LayerArray | undefined;
  /** What stands for each node of the layer's graph: a voltage, or a known number without a unit. */
  readonly mapped: Mapped[];
  /** The rewritten node of each input. */
  readonly inputs: Map<NodeId, NodeId>;
}

export interface Mapped {
  readonly kind: 'signal' | 'number';
  readonly node: NodeId;
}

export const asSignal = (node: NodeId): Mapped => ({ kind: 'signal', node });

/** The voltage that stands for a node; a number becomes a reference voltage. */
export function signal({ mapped, circuits }: Rewriting, id: NodeId): NodeId {
  const { builder, hardware } = circuits;
  const { kind, node } = mapped[id];
  if (kind === 'signal') return node;
  const number = builder.nodes[node];
  if (number.op === 'constant') return builder.add({ ...number, value: number.value * hardware.scale });
  return builder.binary('multiply', node, builder.constant(hardware.scale));
}

export type CrossbarNode = GraphNode & { readonly op: 'crossbar' };
