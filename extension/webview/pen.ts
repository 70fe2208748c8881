/** What charts are drawn with: a canvas, or an SVG text for a file. */
export interface Pen {
  /** A line through points; NaN in `y` interrupts it. */
  curve(x: ArrayLike<number>, y: ArrayLike<number>, style: Stroke): void;
  /** What lies between two lines over the same abscissas; a stretch with NaN stays empty. */
  area(x: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>, fill: string): void;
  line(x0: number, y0: number, x1: number, y1: number, style: Stroke): void;
  rectangle(x: number, y: number, width: number, height: number, fill: string): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
  /** Draws only within a rectangle while `work` runs. */
  within(x: number, y: number, width: number, height: number, work: () => void): void;
}

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export interface TextStyle {
  readonly colour: string;
  readonly size: number;
  readonly family: string;
  readonly align: 'left' | 'center' | 'right';
  readonly bold?: boolean;
}

export function canvasPen(context: CanvasRenderingContext2D): Pen {
  const stroke = ({ colour, width, dash }: Stroke) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...(dash ?? [])]);
    context.stroke();
  };
  return {
    curve: (x, y, style) => {
      context.beginPath();
      let drawing = false;
      for (let at = 0; at < x.length; at++) {
        const value = y[at];
        if (Number.isNaN(value)) drawing = false;
        else if (drawing) context.lineTo(x[at], value);
        else {
          context.moveTo(x[at], value);
          drawing = true;
        }
      }
      stroke(style);
    },
    area: (x, low, high, fill) => {
      context.fillStyle = fill;
      for (const [from, end] of stretches(low, high)) {
        context.beginPath();
        for (let at = from; at < end; at++) context.lineTo(x[at], high[at]);
        for (let at = end - 1; at >= from; at--) context.lineTo(x[at], low[at]);
        context.fill();
      }
    },
    line: (x0, y0, x1, y1, style) => {
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      stroke(style);
    },
    rectangle: (x, y, width, height, fill) => {
      context.fillStyle = fill;
      context.fillRect(x, y, width, height);
    },
    text: (x, y, text, { colour, size, family, align, bold }) => {
      context.fillStyle = colour;
      context.font = `${bold ? '600 ' : ''}${size}px ${family}`;
      context.textAlign = align;
      context.textBaseline = 'middle';
      context.fillText(text, x, y);
    },
    within: (x, y, width, height, work) => {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      work();
      context.restore();
    },
  };
}

/** A pen that writes; `document` gives the whole picture over a background. */
export function svgPen(width: number, height: number): Pen & { document(background: string): string } {
  const parts: string[] = [];
  let clips = 0;
  const attributes = ({ colour, width: line, dash }: Stroke) =>
    `fill="none" stroke="${escaped(colour)}" stroke-width="${line}"${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}`;
  return {
    curve: (x, y, style) => {
      let path = '';
      let command = 'M';
      for (let at = 0; at < x.length; at++) {
        if (Number.isNaN(y[at])) command = 'M';
        else {
          path += `${command}${round(x[at])} ${round(y[at])}`;
          command = 'L';
        }
      }
      if (path !== '') parts.push(`<path d="${path}" ${attributes(style)}/>`);
    },
    area: (x, low, high, fill) => {
      for (const [from, end] of stretches(low, high)) {
        const points: string[] = [];
        for (let at = from; at < end; at++) points.push(`${round(x[at])} ${round(high[at])}`);
        for (let at = end - 1; at >= from; at--) points.push(`${round(x[at])} ${round(low[at])}`);
        parts.push(`<path d="M${points.join('L')}Z" fill="${escaped(fill)}"/>`);
      }
    },
    line: (x0, y0, x1, y1, style) =>
      parts.push(`<path d="M${round(x0)} ${round(y0)}L${round(x1)} ${round(y1)}" ${attributes(style)}/>`),
    rectangle: (x, y, w, h, fill) =>
      parts.push(
        `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${escaped(fill)}"/>`,
      ),
    text: (x, y, text, { colour, size, family, align, bold }) =>
      parts.push(
        `<text x="${round(x)}" y="${round(y)}" fill="${escaped(colour)}" font-size="${size}" font-family="${escaped(family)}"${bold ? ' font-weight="600"' : ''} dominant-baseline="central" text-anchor="${{ left: 'start', center: 'middle', right: 'end' }[align]}">${escaped(text)}</text>`,
      ),
    within: (x, y, w, h, work) => {
      const id = `clip${clips++}`;
      parts.push(
        `<clipPath id="${id}"><rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"/></clipPath><g clip-path="url(#${id})">`,
      );
      work();
      parts.push('</g>');
    },
    document: (background) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n<rect width="100%" height="100%" fill="${escaped(background)}"/>\n${parts.join('\n')}\n</svg>\n`,
  };
}

/** Where both lines have values: the first ordinal of each stretch and the one behind its last. */
function stretches(low: ArrayLike<number>, high: ArrayLike<number>): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let from = 0;
  for (let at = 0; at <= low.length; at++) {
    if (at < low.length && !Number.isNaN(low[at] + high[at])) continue;
    if (at > from) found.push([from, at]);
    from = at + 1;
  }
  return found;
}

const round = (value: number) => Math.round(100 * value) / 100;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
