/** A node of a layered drawing: a box, a port of the frame, or a place where a long wire passes through a layer. */
export interface LayerNode {
  readonly id: string;
  readonly layer: number;
  readonly width: number;
  readonly height: number;
}

/** A wire between neighbouring layers, from a height within its source to one within its target. */
export interface Link {
  readonly from: string;
  readonly fromY: number;
  readonly to: string;
  readonly toY: number;
}

/**
 * Puts the nodes of each layer into an order with few crossings of the links: each takes the mean place of what it is
 * linked to in the layer before, then behind, in turns; the best order met is kept. (Sugiyama, Tagawa and Toda, IEEE
 * Trans. SMC 11, 1981.)
 */
export function orderLayers(
  layers: readonly (readonly LayerNode[])[],
  links: readonly Link[],
): readonly (readonly LayerNode[])[] {
  let order = layers;
  let best = layers;
  let fewest = crossings(order, links);
  for (let round = 0; round < 12 && fewest > 0; round++) {
    order = swept(order, links, round % 2 === 0);
    const count = crossings(order, links);
    if (count < fewest) [best, fewest] = [order, count];
  }
  return best;
}

function swept(
  layers: readonly (readonly LayerNode[])[],
  links: readonly Link[],
  forwards: boolean,
): readonly (readonly LayerNode[])[] {
  const result = [...layers];
  const indices = layers.map((_, at) => at);
  for (const at of forwards ? indices : indices.reverse()) {
    const neighbours = result[at + (forwards ? -1 : 1)] ?? [];
    const places = new Map(neighbours.map(({ id, height }, place) => [id, { place, height }]));
    const means = new Map(
      result[at].map((node, place) => {
        const own = links.flatMap((link) => {
          const [mine, other, y] = forwards
            ? [link.to, link.from, link.fromY]
            : [link.from, link.to, link.toY];
          const found = mine === node.id ? places.get(other) : undefined;
          return found ? [found.place + y / (found.height + 1)] : [];
        });
        const mean = own.length > 0 ? own.reduce((sum, value) => sum + value, 0) / own.length : place;
        return [node.id, mean];
      }),
    );
    result[at] = [...result[at]].sort((a, b) => (means.get(a.id) ?? 0) - (means.get(b.id) ?? 0));
  }
  return result;
}

/** How often links between neighbouring layers cross. */
export function crossings(layers: readonly (readonly LayerNode[])[], links: readonly Link[]): number {
  const places = new Map(
    layers.flatMap((nodes) =>
      nodes.map(({ id, layer, height }, place) => [id, { layer, place, height }] as const),
    ),
  );
  const spans = links.flatMap(({ from, fromY, to, toY }) => {
    const [a, b] = [places.get(from), places.get(to)];
    return a && b
      ? [{ layer: a.layer, a: a.place + fromY / (a.height + 1), b: b.place + toY / (b.height + 1) }]
      : [];
  });
  let count = 0;
  for (const [at, one] of spans.entries())
    for (const other of spans.slice(at + 1))
      if (one.layer === other.layer && (one.a - other.a) * (one.b - other.b) < 0) count++;
  return count;
}
