import type { Box, Content, End, Port, Wire } from './box.ts';
import { assignTracks, bottomOf, isTurning, type Passage, topOf, trackPitch } from './channel.ts';
import { type LayerNode, type Link, orderLayers } from './layers.ts';
import { type Frame, measure } from './measure.ts';
import { spaced } from './place.ts';

/** A box at its place, in units of the drawing; what is within it is placed relative to it. */
export interface PlacedBox extends Frame {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly inside?: Placed;
}

export interface Placed {
  readonly boxes: readonly PlacedBox[];
  readonly wires: readonly PlacedWire[];
}

export interface PlacedWire {
  /** The end that all of it comes from. */
  readonly from: End;
  readonly port: Port;
  readonly to: readonly End[];
  readonly next: boolean;
  /** Polylines of horizontal and vertical pieces. */
  readonly lines: readonly (readonly Point[])[];
  /** Where its lines meet. */
  readonly dots: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Height of the title of an opened box. */
export const titleHeight = 26;

const gap = { row: 18, margin: 16, channel: 14, lane: 10 };

/** Lays a box out: opened where its id is among `open`, otherwise closed. */
export function layOut(box: Box, open: ReadonlySet<string>): PlacedBox {
  if (!box.content || !open.has(box.id)) return { box, x: 0, y: 0, ...measure(box) };
  const children = box.content.boxes.map((child) => layOut(child, open));
  return new Sheet(box, box.content, children).place();
}

/** What leaves one end: a wire with several ends. */
interface Net {
  readonly id: string;
  readonly from: End;
  readonly port: Port;
  readonly next: boolean;
  readonly to: readonly End[];
}

const frameSide = { in: 'in:', out: 'out:' } as const;

/** One opened box: its content in layers from left to right. */
class Sheet {
  private readonly nodes = new Map<string, LayerNode>();
  private readonly links: Link[] = [];
  private readonly nets: readonly Net[];
  private readonly layerCount: number;
  private order: readonly (readonly LayerNode[])[] = [];
  private readonly y = new Map<string, number>();

  constructor(
    private readonly box: Box,
    content: Content,
    private readonly children: readonly PlacedBox[],
  ) {
    this.nets = netsOf(box, content);
    const ranks = ranksOf(content);
    this.layerCount = Math.max(0, ...ranks.values()) + 2;
    for (const child of children)
      this.add(child.box.id, ranks.get(child.box.id) ?? 1, child.width, child.height);
    for (const [at] of box.inputs.entries()) this.add(`${frameSide.in}${at}`, 0, 0, 0);
    for (const [at] of box.outputs.entries()) this.add(`${frameSide.out}${at}`, this.layerCount - 1, 0, 0);
    for (const net of this.nets) if (!net.next) this.link(net);
  }

  place(): PlacedBox {
    const { box } = this;
    const layers = Array.from({ length: this.layerCount }, (_, at) =>
      [...this.nodes.values()].filter(({ layer }) => layer === at),
    );
    this.order = orderLayers(layers, this.links);
    this.setHeights();
    const bottom = Math.max(0, ...[...this.nodes.values()].map(({ id, height }) => this.top(id) + height));
    const loops = this.nets.filter(({ next }) => next);
    const lane = (net: Net) => bottom + gap.row + loops.indexOf(net) * gap.lane;
    const passages = this.passages(lane);
    const channels = passages.map(assignTracks);
    const xs = this.columns(channels.map(({ count }) => count));
    const trackX = (channel: number, net: string): number =>
      xs.right(channel) + gap.channel + (channels[channel].tracks.get(net) ?? 0) * trackPitch;
    const boxes = this.children.map((child) => ({
      ...child,
      x: xs.left(this.node(child.box.id).layer),
      y: this.top(child.box.id),
    }));
    const wires = this.nets.map((net) => this.route(net, passages, xs, trackX, lane(net)));
    const height = bottom + gap.margin + (loops.length > 0 ? gap.row + loops.length * gap.lane : 0);
    const side = (of: 'in' | 'out', ports: readonly Port[]) =>
      ports.map((_, at) => this.top(`${frameSide[of]}${at}`));
    return {
      ...{ box, x: 0, y: 0, width: Math.max(xs.width, measure(box).width), height },
      ...{ inputs: side('in', box.inputs), outputs: side('out', box.outputs) },
      inside: { boxes, wires },
    };
  }

  private add(id: string, layer: number, width: number, height: number): void {
    this.nodes.set(id, { id, layer, width, height });
  }

  private node(id: string): LayerNode {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(`The schematic has no ${id}.`);
    return node;
  }

  private top(id: string): number {
    return this.y.get(id) ?? 0;
  }

  /** The node of an end, and the height of its port within. */
  private anchor(end: End, side: 'from' | 'to'): { readonly id: string; readonly y: number } {
    if (end.box === undefined)
      return { id: `${side === 'from' ? frameSide.in : frameSide.out}${end.port}`, y: 0 };
    const child = this.children.find(({ box }) => box.id === end.box);
    const ports = side === 'from' ? child?.outputs : child?.inputs;
    return { id: end.box, y: ports?.[end.port] ?? 0 };
  }

  /** Links of a net from layer to layer; its targets share the way. */
  private link(net: Net): void {
    const from = this.anchor(net.from, 'from');
    const start = this.node(from.id).layer;
    const at = (layer: number) => (layer === start ? from : { id: passing(net, layer), y: 0 });
    const farthest = Math.max(...net.to.map((end) => this.node(this.anchor(end, 'to').id).layer));
    for (let layer = start + 1; layer < farthest; layer++) {
      this.add(passing(net, layer), layer, 0, 0);
      const [a, b] = [at(layer - 1), at(layer)];
      this.links.push({ from: a.id, fromY: a.y, to: b.id, toY: b.y });
    }
    for (const end of net.to) {
      const to = this.anchor(end, 'to');
      const before = at(this.node(to.id).layer - 1);
      this.links.push({ from: before.id, fromY: before.y, to: to.id, toY: to.y });
    }
  }

  /** Heights that let links run straight as far as the order allows. */
  private setHeights(): void {
    for (const nodes of this.order) this.setLayer(nodes, () => undefined);
    for (let round = 0; round < 8; round++)
      for (const nodes of round % 2 === 0 ? this.order : [...this.order].reverse())
        this.setLayer(nodes, (id) => this.straight(id, 'both'));
    // At last what follows aligns itself with what is there, so that chains run straight.
    for (const nodes of this.order) this.setLayer(nodes, (id) => this.straight(id, 'before'));
    const highest = Math.min(...[...this.nodes.keys()].map((id) => this.top(id)));
    const shift = titleHeight + gap.margin - (Number.isFinite(highest) ? highest : 0);
    for (const id of this.nodes.keys()) this.y.set(id, this.top(id) + shift);
  }

  private setLayer(nodes: readonly LayerNode[], wanted: (id: string) => number | undefined): void {
    const tops = nodes.map(({ id }) => wanted(id) ?? this.top(id));
    const distances = nodes.map((node, at) =>
      at === 0 ? 0 : nodes[at - 1].height + spaceBetween(nodes[at - 1], node),
    );
    for (const [at, top] of spaced(tops, distances).entries()) this.y.set(nodes[at].id, top);
  }

  /** The height at which a middle one of the links of a node runs straight. */
  private straight(id: string, which: 'both' | 'before'): number | undefined {
    const wanted = this.links.flatMap(({ from, fromY, to, toY }) => {
      if (to === id) return [this.top(from) + fromY - toY];
      return from === id && which === 'both' ? [this.top(to) + toY - fromY] : [];
    });
    return wanted.sort((a, b) => a - b)[Math.floor((wanted.length - 1) / 2)];
  }

  /** What passes the channel behind each layer. */
  private passages(lane: (net: Net) => number): readonly (readonly Passage[])[] {
    return Array.from({ length: this.layerCount - 1 }, (_, channel) =>
      this.nets.flatMap((net) => this.passage(net, channel, lane(net)) ?? []),
    );
  }

  private passage(net: Net, channel: number, lane: number): Passage | undefined {
    const from = this.anchor(net.from, 'from');
    const start = this.node(from.id).layer;
    const ends = net.to.map((end) => this.anchor(end, 'to'));
    const arriving = ends
      .filter(({ id }) => this.node(id).layer === channel + 1)
      .map(({ id, y }) => this.top(id) + y);
    if (net.next) {
      const leaving = start === channel ? [this.top(from.id) + from.y] : [];
      if (leaving.length + arriving.length === 0) return undefined;
      return { net: net.id, left: leaving, right: arriving, below: [lane] };
    }
    const through = this.nodes.has(passing(net, channel + 1)) ? [this.top(passing(net, channel + 1))] : [];
    const right = [...arriving, ...through];
    if (channel < start || right.length === 0) return undefined;
    const left = channel === start ? this.top(from.id) + from.y : this.top(passing(net, channel));
    return { net: net.id, left: [left], right, below: [] };
  }

  /** Where layers begin and end from left to right, with room for the tracks between them. */
  private columns(tracks: readonly number[]) {
    const lefts: number[] = [];
    const rights: number[] = [];
    let x = 0;
    for (const [at, nodes] of this.order.entries()) {
      lefts.push(x);
      x += Math.max(0, ...nodes.map(({ width }) => width));
      rights.push(x);
      if (at < tracks.length) x += 2 * gap.channel + Math.max(0, tracks[at] - 1) * trackPitch;
    }
    return { left: (layer: number) => lefts[layer], right: (layer: number) => rights[layer], width: x };
  }

  private route(
    net: Net,
    passages: readonly (readonly Passage[])[],
    xs: ReturnType<Sheet['columns']>,
    trackX: (channel: number, net: string) => number,
    lane: number,
  ): PlacedWire {
    const lines: (readonly Point[])[] = [];
    const dots: Point[] = [];
    const turns: number[] = [];
    for (const [channel, own] of passages.entries()) {
      const passage = own.find((one) => one.net === net.id);
      if (passage === undefined) continue;
      const [start, end] = [this.edge(net, channel, xs), xs.left(channel + 1)];
      const x = trackX(channel, net.id);
      if (!isTurning(passage)) {
        lines.push([
          { x: start, y: passage.left[0] },
          { x: end, y: passage.right[0] },
        ]);
        continue;
      }
      turns.push(x);
      for (const y of passage.left)
        lines.push([
          { x: start, y },
          { x, y },
        ]);
      for (const y of passage.right)
        lines.push([
          { x, y },
          { x: end, y },
        ]);
      lines.push([
        { x, y: topOf(passage) },
        { x, y: bottomOf(passage) },
      ]);
      dots.push(...meetings(passage).map((y) => ({ x, y })));
    }
    if (net.next && turns.length > 1)
      lines.push([
        { x: Math.min(...turns), y: lane },
        { x: Math.max(...turns), y: lane },
      ]);
    // What passes through a layer beside its boxes goes straight.
    for (const { layer, id } of this.nodes.values())
      if (id.startsWith(`${net.id}@`))
        lines.push([
          { x: xs.left(layer), y: this.top(id) },
          { x: xs.right(layer), y: this.top(id) },
        ]);
    const { from, port, to, next } = net;
    return { from, port, to, next, lines, dots };
  }

  /** Where a net enters a channel: at the right side of its box, which may be narrower than its layer. */
  private edge(net: Net, channel: number, xs: ReturnType<Sheet['columns']>): number {
    const { id } = this.anchor(net.from, 'from');
    const { layer, width } = this.node(id);
    return layer === channel ? xs.left(layer) + width : xs.right(channel);
  }
}

const passing = (net: Net, layer: number): string => `${net.id}@${layer}`;

/** Wires beside one another may run closer than boxes. */
const spaceBetween = (a: LayerNode, b: LayerNode): number => {
  const boxes = [a, b].filter(({ height }) => height > 0).length;
  return boxes === 2 ? gap.row : boxes === 1 ? 14 : 12;
};

/** Heights at which three or more pieces meet on the track. */
function meetings(passage: Passage): readonly number[] {
  const [top, bottom] = [topOf(passage), bottomOf(passage)];
  const heights = [...new Set([...passage.left, ...passage.right, ...passage.below])];
  return heights.filter((y) => {
    const sideways = [...passage.left, ...passage.right].filter((other) => other === y).length;
    const along = (y > top ? 1 : 0) + (y < bottom ? 1 : 0);
    return sideways + along > 2;
  });
}

/** Wires from one end are one net; those into memories are apart. */
function netsOf(box: Box, { boxes, wires }: Content): readonly Net[] {
  const groups = new Map<string, Wire[]>();
  for (const wire of wires) {
    const key = `${wire.from.box ?? ''}#${wire.from.port}${wire.next ? '+' : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), wire]);
  }
  return [...groups].map(([id, [first, ...others]]) => {
    const source =
      first.from.box === undefined
        ? box.inputs
        : boxes.find(({ id: own }) => own === first.from.box)?.outputs;
    const port = source?.[first.from.port] ?? { name: '', size: 1, domain: 'number' };
    return {
      id,
      from: first.from,
      port,
      next: first.next ?? false,
      to: [first, ...others].map(({ to }) => to),
    };
  });
}

/** Layer of each box: behind all that it uses; what uses nothing stands before its first use. The frame's inputs are layer 0. */
function ranksOf({ boxes, wires }: Content): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const forward = wires.filter(({ next }) => !next);
  const rankOf = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    const sources = forward.flatMap(({ from, to }) =>
      to.box === id && from.box !== undefined ? [from.box] : [],
    );
    const rank = 1 + Math.max(0, ...sources.map(rankOf));
    ranks.set(id, rank);
    return rank;
  };
  for (const { id } of boxes) rankOf(id);
  for (const { id, kind } of boxes) {
    if (kind !== 'constant') continue;
    const uses = forward.flatMap(({ from, to }) =>
      from.box === id && to.box !== undefined ? [ranks.get(to.box) ?? 2] : [],
    );
    if (uses.length > 0) ranks.set(id, Math.min(...uses) - 1);
  }
  return ranks;
}
