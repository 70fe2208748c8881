const namespace = 'http://www.w3.org/2000/svg';

/** Makes an SVG element with attributes and children. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** What style sheets say about a drawing, which a file of its own must say by itself. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
];

/** A drawing as the text of a file, as it looks now. */
export function svgFile(drawing: SVGGElement, width: number, height: number, background: string): string {
  const copy = drawing.cloneNode(true) as SVGGElement;
  copy.removeAttribute('transform');
  const [from, to] = [drawing, copy].map((root) => [root, ...root.querySelectorAll('*')]);
  for (const [at, element] of to.entries()) {
    const style = getComputedStyle(from[at]);
    for (const name of styled) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of ['class', 'tabindex', 'role']) element.removeAttribute(name);
  }
  const file = svg(
    'svg',
    { xmlns: namespace, width, height, viewBox: `0 0 ${width} ${height}` },
    svg('rect', { width, height, fill: background }),
    copy,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}
