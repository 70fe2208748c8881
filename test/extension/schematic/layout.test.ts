import { describe, expect, it } from 'vitest';
import type { Box } from '../../../extension/schematic/box.ts';
import { drawNetwork } from '../../../extension/schematic/draw.ts';
import { layOut, type Placed, type PlacedBox, type Point } from '../../../extension/schematic/layout.ts';
import { exampleDesigns } from './examples.ts';

const drawings: { readonly name: string; readonly box: Box }[] = [];
for (const { name, design } of await exampleDesigns())
  for (const network of design.networks)
    for (const hardware of [undefined, ...design.hardware.map((one) => one.name)]) {
      const drawn = drawNetwork(design, network, hardware);
      if (!drawn.ok) throw new Error(drawn.problems[0].message);
      drawings.push({ name: `${network.name} of ${name}, ${hardware ?? 'ideal'}`, box: drawn.value });
    }

const everyId = (box: Box): readonly string[] => [box.id, ...(box.content?.boxes ?? []).flatMap(everyId)];
const levels = (box: Box): readonly ReadonlySet<string>[] => {
  const all = everyId(box);
  return [0, 1, 2, 3].map(
    (depth) => new Set(all.filter((id) => id === box.id || id.split('/').length <= depth)),
  );
};

function eachSheet(placed: PlacedBox, visit: (inside: Placed, of: PlacedBox) => void): void {
  if (!placed.inside) return;
  visit(placed.inside, placed);
  for (const child of placed.inside.boxes) eachSheet(child, visit);
}

const near = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 0.01;

/** Whether the polylines of a wire hang together and reach a point. */
function reaches(lines: readonly (readonly Point[])[], from: Point, to: Point): boolean {
  const touched = new Set<number>();
  const onLine = (line: readonly Point[], point: Point) =>
    line.some((start, at) => {
      const end = line[at + 1];
      if (!end) return false;
      const [x, y] = [point.x, point.y];
      return (
        x >= Math.min(start.x, end.x) - 0.01 &&
        x <= Math.max(start.x, end.x) + 0.01 &&
        y >= Math.min(start.y, end.y) - 0.01 &&
        y <= Math.max(start.y, end.y) + 0.01
      );
    });
  for (const [at, line] of lines.entries()) if (onLine(line, from)) touched.add(at);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [at, line] of lines.entries()) {
      if (touched.has(at)) continue;
      const meets = [...touched].some(
        (other) =>
          line.some((point) => onLine(lines[other], point)) ||
          lines[other].some((point) => onLine(line, point)),
      );
      if (meets) {
        touched.add(at);
        grown = true;
      }
    }
  }
  return [...touched].some((at) => onLine(lines[at], to));
}

describe.each(drawings)('The schematic of $name', ({ box }) => {
  const placings = levels(box).map((open) => layOut(box, open));

  it('has every id once', () => {
    const ids = everyId(box);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lays no box on another, and all within what contains them', () => {
    for (const placed of placings)
      eachSheet(placed, ({ boxes }, of) => {
        for (const [at, a] of boxes.entries()) {
          expect(a.x).toBeGreaterThan(0);
          expect(a.y).toBeGreaterThan(20);
          expect(a.x + a.width).toBeLessThan(of.width);
          expect(a.y + a.height).toBeLessThan(of.height);
          for (const b of boxes.slice(at + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.box.id} and ${b.box.id}`).toBe(true);
          }
        }
      });
  });

  it('leads every wire from its port to all of its ports, along horizontal and vertical lines', () => {
    for (const placed of placings)
      eachSheet(placed, ({ boxes, wires }, of) => {
        const portAt = (end: { box?: string; port: number }, side: 'from' | 'to'): Point => {
          const owner = boxes.find((one) => one.box.id === end.box);
          if (!owner)
            return side === 'from'
              ? { x: 0, y: of.inputs[end.port] }
              : { x: of.width, y: of.outputs[end.port] };
          const heights = side === 'from' ? owner.outputs : owner.inputs;
          return { x: owner.x + (side === 'from' ? owner.width : 0), y: owner.y + heights[end.port] };
        };
        const drawn = wires.flatMap(({ from, to }) => to.map(() => from)).length;
        expect(drawn).toBe(of.box.content?.wires.length);
        for (const { from, to, lines } of wires) {
          for (const line of lines)
            for (const [at, end] of line.slice(1).entries())
              expect(Math.min(Math.abs(end.x - line[at].x), Math.abs(end.y - line[at].y))).toBeLessThan(0.6);
          for (const end of to) {
            const [start, goal] = [portAt(from, 'from'), portAt(end, 'to')];
            expect(
              near(start, goal) || reaches(lines, start, goal),
              `${JSON.stringify(from)} to ${JSON.stringify(end)}`,
            ).toBe(true);
          }
        }
      });
  });

  it('leads no wire through a box', () => {
    for (const placed of placings)
      eachSheet(placed, ({ boxes, wires }) => {
        for (const { lines, from } of wires)
          for (const line of lines)
            for (const [at, b] of line.slice(1).entries()) {
              const a = line[at];
              for (const one of boxes) {
                const inside =
                  Math.max(a.x, b.x) > one.x + 1 &&
                  Math.min(a.x, b.x) < one.x + one.width - 1 &&
                  Math.max(a.y, b.y) > one.y + 1 &&
                  Math.min(a.y, b.y) < one.y + one.height - 1;
                expect(inside, `the wire from ${JSON.stringify(from)} through ${one.box.id}`).toBe(false);
              }
            }
      });
  });
});
