import type { Box, Port } from './box.ts';

/** Size of a box, and the heights of its ports within it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Distance between ports on a side. */
const pitch = 16;
/** Widths of a character of titles and of smaller texts, on average; text is cut where it does not fit. */
export const character = { title: 8.2, small: 6.4 };

/** Functions and constants are signs rather than boxes with a title. */
export const isCompact = ({ kind }: Box): boolean => kind === 'function' || kind === 'constant';

/** A closed box: its title, its detail, and a row for each port. */
export function measure(box: Box): Frame {
  const rows = Math.max(box.inputs.length, box.outputs.length, 1);
  if (isCompact(box)) {
    const height = Math.max(26, rows * pitch + 4);
    const width = Math.max(26, box.title.length * character.title + 14);
    return { width, height, ...ports(box, (height - rows * pitch) / 2, rows) };
  }
  const names = widest(box.inputs) + widest(box.outputs);
  const text = Math.max(box.title.length * character.title, box.detail.length * character.small);
  const width = Math.max(
    76,
    text + (box.content ? 26 : 10) + (box.kind === 'crossbar' ? 36 : 10),
    names * character.small + 36,
  );
  return { width, height: headHeight + rows * pitch + 6, ...ports(box, headHeight, rows) };
}

/** Height of the title and the detail above the ports. */
const headHeight = 38;

const widest = (ports: readonly Port[]): number => Math.max(0, ...ports.map(({ name }) => name.length));

function ports({ inputs, outputs }: Box, top: number, rows: number): Pick<Frame, 'inputs' | 'outputs'> {
  const side = (count: number) =>
    Array.from({ length: count }, (_, at) => top + ((rows - count) / 2 + at + 0.5) * pitch);
  return { inputs: side(inputs.length), outputs: side(outputs.length) };
}
