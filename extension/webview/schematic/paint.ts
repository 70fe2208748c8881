import type { Box, Domain, Port } from '../../schematic/box.ts';
import type { PlacedBox, PlacedWire, Point } from '../../schematic/layout.ts';
import { character } from '../../schematic/measure.ts';
import { svg } from './svg.ts';

/** What is known beside the layout. */
export interface Marks {
  readonly marked: ReadonlySet<string>;
  readonly active: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
}

/** Draws a placed box with all within it. */
export function paint(placed: PlacedBox, marks: Marks): SVGGElement {
  const { box, x, y, width, height, inside } = placed;
  const { id, kind, signal = '' } = box;
  const classes = [
    'box',
    kind,
    ...(inside ? ['open'] : []),
    ...(marks.marked.has(id) ? ['marked'] : []),
    ...(marks.active.has(signal) ? ['active'] : []),
  ];
  const group = svg('g', {
    ...{ class: classes.join(' '), transform: `translate(${round(x)} ${round(y)})`, 'data-id': id },
    ...{ tabindex: -1, role: 'treeitem', 'aria-label': describe(box, marks) },
    ...(box.content ? { 'aria-expanded': String(inside !== undefined) } : {}),
    ...(marks.marked.has(id) ? { 'aria-current': 'true' } : {}),
  });
  group.append(
    svg('title', {}, describe(box, marks)),
    svg('rect', { class: 'body', width, height, rx: corner(box) }),
  );
  if (inside) {
    group.append(...opened(placed));
    const children = inside.boxes.map((child) => paint(child, marks));
    group.append(...inside.wires.map(paintWire), svg('g', { role: 'group' }, ...children));
  } else group.append(...closed(placed, marks.values[signal]));
  group.append(...ports(placed));
  return group;
}

const corner = ({ kind }: Box): number => (kind === 'function' ? 13 : kind === 'memory' ? 0 : 4);

/** The box in words, for those who do not see it. */
function describe(box: Box, { values }: Marks): string {
  const side = (name: string, all: readonly Port[]) =>
    all.length === 0
      ? ''
      : `, ${name} ${all.map((port) => `${port.name} ${port.size} × ${port.domain}`.trim()).join(', ')}`;
  const value = values[box.signal ?? ''];
  const detail = box.detail === '' ? '' : `, ${box.detail}`;
  return `${box.kind} ${box.title}${detail}${side('inputs', box.inputs)}${side('output', box.outputs)}${value ? `, now ${value}` : ''}`;
}

function opened({ box, width, inputs, outputs }: PlacedBox): readonly SVGElement[] {
  return [
    svg('line', { class: 'rule', x1: 0, y1: 26, x2: width, y2: 26 }),
    svg('text', { class: 'name', x: 28, y: 17 }, box.title),
    svg('text', { class: 'detail', x: 36 + box.title.length * character.title, y: 17 }, box.detail),
    toggle('−'),
    // What an equation uses is named again where it is used.
    ...(box.kind === 'equation' ? [] : box.inputs).map(({ name }, at) =>
      svg('text', { class: 'port-name', x: 7, y: inputs[at] - 6 }, name),
    ),
    ...box.outputs.map(({ name }, at) =>
      svg('text', { class: 'port-name end', x: width - 7, y: outputs[at] - 6 }, name),
    ),
  ];
}

function closed(
  { box, width, height, inputs, outputs }: PlacedBox,
  value: string | undefined,
): readonly SVGElement[] {
  if (box.kind === 'function' || box.kind === 'constant')
    return [svg('text', { class: 'sign', x: width / 2, y: height / 2 + 4.5 }, box.title)];
  const left = box.content ? 26 : 10;
  const names = [
    ...box.inputs.map(({ name }, at) =>
      svg('text', { class: 'port-name', x: 10, y: inputs[at] + 3.5 }, name),
    ),
    ...box.outputs.map(({ name }, at) =>
      svg('text', { class: 'port-name end', x: width - 10, y: outputs[at] + 3.5 }, name),
    ),
  ];
  return [
    svg('text', { class: 'name', x: left, y: 17 }, box.title),
    svg('text', { class: value ? 'value' : 'detail', x: left, y: 31 }, value ?? box.detail),
    ...names,
    ...(box.kind === 'crossbar' ? [lattice(width)] : []),
    ...(box.content ? [toggle('+')] : []),
  ];
}

/** Word lines and bit lines with a device at each crossing. */
function lattice(width: number): SVGElement {
  const lines = [0, 6, 12].flatMap((at) => [
    svg('line', { x1: -3, y1: at, x2: 15, y2: at }),
    svg('line', { x1: at, y1: -3, x2: at, y2: 15 }),
  ]);
  const devices = [0, 6, 12].map((at) => svg('circle', { cx: at, cy: at, r: 1.8 }));
  return svg('g', { class: 'lattice', transform: `translate(${width - 26} 7)` }, ...lines, ...devices);
}

const toggle = (sign: string): SVGElement =>
  svg(
    'g',
    { class: 'toggle', transform: 'translate(7 6)' },
    svg('rect', { width: 14, height: 14, rx: 2 }),
    svg('text', { x: 7, y: 11 }, sign),
  );

function ports({ box, inputs, outputs, width }: PlacedBox): readonly SVGElement[] {
  return [
    ...box.inputs.map((port, at) => shape(port.domain, { x: 0, y: inputs[at] })),
    ...box.outputs.map((port, at) => shape(port.domain, { x: width, y: outputs[at] })),
  ];
}

/** Each domain has a shape of its own, so that none is told by colour alone. */
export function shape(domain: Domain, { x, y }: Point): SVGElement {
  const at = { class: `port ${domain}`, transform: `translate(${round(x)} ${round(y)})` };
  switch (domain) {
    case 'voltage':
      return svg('circle', { ...at, r: 4 });
    case 'current':
      return svg('path', { ...at, d: 'M -5 0 L 0 -5 L 5 0 L 0 5 Z' });
    case 'digital':
      return svg('rect', { ...at, x: -4, y: -4, width: 8, height: 8 });
    case 'number':
      return svg('path', { ...at, d: 'M -3.5 -4.5 L 5 0 L -3.5 4.5 Z' });
  }
}

function paintWire({ port, next, lines, dots }: PlacedWire): SVGElement {
  const d = lines
    .map((line) => `M ${line.map(({ x, y }) => `${round(x)} ${round(y)}`).join(' L ')}`)
    .join(' ');
  const group = svg(
    'g',
    { class: `wire ${port.domain}${next ? ' next' : ''}${port.size > 1 ? ' bus' : ''}` },
    svg('path', { d }),
    ...dots.map(({ x, y }) => svg('circle', { class: 'dot', cx: round(x), cy: round(y), r: 2.6 })),
  );
  const [first] = lines;
  if (first && port.size > 1) group.append(width(first[0], port.size));
  return group;
}

/** How many wires a line stands for: a stroke across it and the number. */
function width({ x, y }: Point, size: number): SVGElement {
  return svg(
    'g',
    { class: 'width', transform: `translate(${round(x + 8)} ${round(y)})` },
    svg('line', { x1: -2, y1: 4, x2: 2, y2: -4 }),
    svg('text', { x: 0, y: -5 }, String(size)),
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
