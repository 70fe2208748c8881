/**
 * Where the solver's arrays lie in its memory.
 *
 * Word line sweeps run along rows and are independent from row to row; bit line sweeps run along columns. Both are
 * vectorised across lines, so the cells are cut into blocks of four rows by two columns, eight numbers, a cache line.
 * The blocks of four rows form a panel, block after block; panel follows panel. Within a block the arrays of the word
 * lines hold the four rows of the left column, then of the right; those of the bit lines hold the two columns of the
 * top row, then of the next. Rows are padded to a multiple of four and columns to an even number by cells that are
 * nowhere connected.
 */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly panels: number;
  /** Columns with padding. */
  readonly width: number;
  /** Distance between neighbouring arrays of cells, in numbers. */
  readonly stride: number;
  /** Starts of the arrays with a number per cell. */
  readonly at: { readonly [array in CellArray]: number };
  /** Starts of the arrays with a number per line. */
  readonly bitCarry: number;
  readonly bitSum: number;
  readonly wordSum: number;
  readonly wordLargest: number;
  readonly wordStart: number;
  readonly wordEnd: number;
  readonly bitGross: number;
  /** Size of the whole memory, in numbers. */
  readonly size: number;
}

/** The arrays with a number per cell, in their order, on which the assembly relies. */
const cellArrays = [
  'conductance',
  'wordCoupling',
  'wordPivot',
  'bitCoupling',
  'bitPivot',
  'wordForward',
  'bitForward',
  'direction',
  'image',
  'residual',
  'injection',
  'source',
  'fixed',
] as const;

type CellArray = (typeof cellArrays)[number];

/** Equal places of different arrays shall not fall into one set of the cache: whole pages apart, plus this many. */
const stagger = 40;
const page = 512;

export const layoutOf = (rows: number, columns: number): Layout => {
  const panels = Math.ceil(rows / 4);
  const width = columns + (columns % 2);
  const stride = Math.ceil((panels * 4 * width) / page) * page + stagger;
  const at = Object.fromEntries(cellArrays.map((name, k) => [name, k * stride])) as Layout['at'];
  const bitCarry = cellArrays.length * stride;
  const bitSum = bitCarry + width;
  const wordSum = bitSum + width;
  const wordLargest = wordSum + 4 * panels;
  const wordStart = wordLargest + 4 * panels;
  const wordEnd = wordStart + 4 * panels;
  const bitGross = wordEnd + 4 * panels;
  const size = bitGross + width;
  const ofLines = { bitCarry, bitSum, wordSum, wordLargest, wordStart, wordEnd, bitGross };
  return { rows, columns, panels, width, stride, at, ...ofLines, size };
};

export const isPadded = ({ rows, columns, panels, width }: Layout): boolean =>
  rows < 4 * panels || columns < width;

/** Rows whose cells lie side by side in the arrays of the word lines. */
export const rowsOfPanel = 4;

/** A cell's place in an array is the sum of a part for its line and a part for its node along the line. */
export interface Places {
  readonly ofLine: Int32Array;
  readonly ofNode: Int32Array;
}

const tabulate = (count: number, at: (index: number) => number) => {
  const places = new Int32Array(count);
  for (let k = 0; k < count; k++) places[k] = at(k);
  return places;
};

export const wordPlaces = ({ rows, columns, width }: Layout): Places => ({
  ofLine: tabulate(rows, (row) => (row >> 2) * 4 * width + (row & 3)),
  ofNode: tabulate(columns, (column) => 4 * column),
});

export const bitPlaces = ({ rows, columns, width }: Layout): Places => ({
  ofLine: tabulate(columns, (column) => (column >> 1) * 8 + (column & 1)),
  ofNode: tabulate(rows, (row) => (row >> 2) * 4 * width + (row & 3) * 2),
});
