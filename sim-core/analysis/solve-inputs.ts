import { type MatrixFile, type MatrixOptions, readMatrix } from '../data/matrix.ts';
import { isNpy } from '../data/npy.ts';
import type { CrossbarDesign, MatrixDesign, SolveDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { drawAround } from '../hardware/distribution.ts';
import { type RandomStream, randomStream } from '../math/random.ts';

/** Numbers `[rows][columns]` of an analysis. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export interface SolveInputs {
  /** Siemens, word lines by bit lines. */
  readonly conductance: Matrix;
  /** Volts, vectors by word lines; NaN where a line floats. */
  readonly drive: Matrix;
  /** Volts, vectors by bit lines; NaN where a line floats. */
  readonly bitDrive?: Matrix;
}

type Files = Readonly<Record<string, Uint8Array>>;

/** Reads or draws the conductances and the voltages of an analysis, all checked; problems name file, row and column. */
export function solveInputs(
  analysis: SolveDesign,
  crossbar: CrossbarDesign,
  files: Files,
  seed: number,
): Outcome<SolveInputs> {
  const { name, bitDrive, origin } = analysis;
  const stream = (what: string) => randomStream(seed, name, what);
  const conductance = conductancesOf(analysis, crossbar, files, stream('cells'));
  if (!conductance.ok) return conductance;
  const { rows, columns } = conductance.value;
  const drive = voltagesOf(analysis, 'drive', analysis.drive, analysis.vectors, rows, files, stream('drive'));
  if (!drive.ok) return drive;
  if (!bitDrive) return success({ conductance: conductance.value, drive: drive.value });
  const bits = voltagesOf(analysis, 'bitDrive', bitDrive, 1, columns, files, stream('bitDrive'));
  if (!bits.ok) return bits;
  if (bits.value.rows !== 1 && bits.value.rows !== drive.value.rows)
    return failure({
      code: 'solve.shape',
      message: `drive has ${drive.value.rows} vectors and bitDrive ${bits.value.rows}; bitDrive has one for all, or as many.`,
      origin,
    });
  return success({ conductance: conductance.value, drive: drive.value, bitDrive: bits.value });
}

function conductancesOf(
  { cells, zero, origin }: SolveDesign,
  crossbar: CrossbarDesign,
  files: Files,
  stream: RandomStream,
): Outcome<Matrix> {
  const { size } = crossbar;
  const matrix =
    cells.kind === 'file'
      ? readFile(cells, files, cells.quantity, {})
      : size
        ? success(drawn(cells.value, size.rows, size.columns, stream))
        : failure({
            code: 'solve.size',
            message: `Nothing says how many word lines and bit lines crossbar "${crossbar.name}" has.`,
            hint: 'Write its size, as in size = 128 x 128, or take the cells from a file.',
            origin,
          });
  if (!matrix.ok) return matrix;
  const { rows, columns, values } = matrix.value;
  if (size && (size.rows !== rows || size.columns !== columns))
    return failure({
      code: 'solve.shape',
      message: `The ${cells.quantity} has ${rows} rows of ${columns}, crossbar "${crossbar.name}" ${size.rows} word lines and ${size.columns} bit lines.`,
      hint: 'A row of the matrix is a word line, a column a bit line.',
      origin,
    });
  const fits = (value: number) =>
    cells.quantity === 'conductance'
      ? (value > 0 || (value === 0 && zero === 'open')) && value < Infinity
      : value > 0 && (value < Infinity || zero === 'open');
  const bad = values.findIndex((value) => !fits(value));
  if (bad >= 0)
    return failure(badValue(cells.quantity, cells, matrix.value, bad, unitOf[cells.quantity], origin));
  const conductance = cells.quantity === 'conductance' ? values : values.map((r) => 1 / r);
  return success({ rows, columns, values: conductance });
}

const unitOf = { conductance: 'S', resistance: 'Ohm' };

function voltagesOf(
  analysis: SolveDesign,
  name: 'drive' | 'bitDrive',
  design: MatrixDesign,
  vectors: number,
  lines: number,
  files: Files,
  stream: RandomStream,
): Outcome<Matrix> {
  const floats = { word: { text: 'float', value: Number.NaN } };
  const read =
    design.kind === 'file'
      ? readFile(design, files, name, floats)
      : success(drawn(design.value, vectors, lines, stream));
  if (!read.ok) return read;
  // One number in each line is one vector, which is how a column is often saved.
  const isColumn = read.value.columns === 1 && lines !== 1 && read.value.rows === lines;
  const matrix = isColumn ? { rows: 1, columns: lines, values: read.value.values } : read.value;
  const kind = name === 'drive' ? 'word' : 'bit';
  if (matrix.columns !== lines)
    return failure({
      code: 'solve.shape',
      message: `A row of ${name} has ${matrix.columns} voltages, the array ${lines} ${kind} lines.`,
      hint: `Each row of ${name} is one vector, a voltage for each ${kind} line.`,
      origin: analysis.origin,
      ...(design.kind === 'file' ? { data: { file: design.file } } : {}),
    });
  // A text says `float`; NaN in a binary file may be a mistake, unless it is said to be none.
  const isBinary = isNpyFile(design, files);
  const mayFloat = design.kind === 'file' && (!isBinary || analysis.nan === 'floating');
  const bad = matrix.values.findIndex((v) => !(Number.isFinite(v) || (mayFloat && Number.isNaN(v))));
  if (bad < 0) return success(matrix);
  return failure(badValue(name, design, read.value, bad, 'V', analysis.origin));
}

const isNpyFile = (design: MatrixDesign, files: Files): boolean =>
  design.kind === 'file' && isNpy(files[design.file]);

function readFile(
  { file, origin }: Extract<MatrixDesign, { kind: 'file' }>,
  files: Files,
  name: string,
  options: MatrixOptions,
): Outcome<MatrixFile> {
  if (!Object.hasOwn(files, file))
    return failure({
      code: 'matrix.missing-file',
      message: `The file "${file}" with the ${name} was not found.`,
      hint: 'Files are looked for beside the architecture file.',
      origin,
    });
  return readMatrix(files[file], file, options);
}

/** The same value throughout, or each drawn about the distribution's mean. */
function drawn(
  value: Extract<MatrixDesign, { kind: 'value' }>['value'],
  rows: number,
  columns: number,
  stream: RandomStream,
): Matrix {
  const values = Float64Array.from({ length: rows * columns }, () =>
    typeof value === 'number' ? value : drawAround(value.mean, value, stream),
  );
  return { rows, columns, values };
}

function badValue(
  name: string,
  design: MatrixDesign,
  matrix: Matrix | MatrixFile,
  at: number,
  unit: string,
  origin: SolveDesign['origin'],
): Problem {
  const [row, column] = [Math.floor(at / matrix.columns), at % matrix.columns];
  const source = design.kind === 'file' ? ` of "${design.file}"` : '';
  const place = 'place' in matrix ? matrix.place(row, column) : undefined;
  const rule = rules[name] ?? 'a voltage is finite';
  return {
    code: 'solve.value',
    message: `The ${name}${source} in row ${row}, column ${column} (counted from 0) is ${matrix.values[at]} ${unit}; ${rule}.`,
    hint:
      hints[name] ??
      'A line that floats is written "float" in a text; nan = floating says that NaN means it.',
    origin,
    ...(design.kind === 'file' ? { data: { file: design.file, ...place } } : {}),
  };
}

const rules: Readonly<Record<string, string>> = {
  conductance: 'a conductance is finite and above zero',
  resistance: 'a resistance is finite and above zero',
};
const hints: Readonly<Record<string, string>> = {
  conductance: 'zero = open says that a conductance of 0 means a cell without a device.',
  resistance: 'zero = open says that an infinite resistance means a cell without a device.',
};
