/**
 * The coefficients x that minimise |A·x − b|² for a matrix A [rows][columns], by Householder reflections (Golub and
 * Van Loan, "Matrix Computations", algorithm 5.3.2); undefined where the columns are linearly dependent.
 */
export function leastSquares(
  matrix: Float64Array,
  rows: number,
  columns: number,
  right: Float64Array,
): Float64Array | undefined {
  const a = matrix.slice();
  const b = right.slice();
  const scale = columnNorms(a, rows, columns);
  for (let k = 0; k < columns; k++) {
    const diagonal = reflectColumn(a, b, rows, columns, k);
    // A column that the earlier ones explain to rounding leaves only rounding below the diagonal.
    if (!(Math.abs(diagonal) > 1e-12 * scale[k])) return undefined;
  }
  return backSubstitute(a, columns, b);
}

function columnNorms(a: Float64Array, rows: number, columns: number): Float64Array {
  const norms = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) norms[j] += a[i * columns + j] * a[i * columns + j];
  return norms.map(Math.sqrt);
}

/** Makes column k zero below the diagonal; applies the same reflection to the other columns and to b. */
function reflectColumn(a: Float64Array, b: Float64Array, rows: number, columns: number, k: number): number {
  let squares = 0;
  for (let i = k; i < rows; i++) squares += a[i * columns + k] * a[i * columns + k];
  const pivot = a[k * columns + k];
  const diagonal = pivot > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  if (rows <= k || squares === 0) return 0;
  const reflector = new Float64Array(rows);
  for (let i = k; i < rows; i++) reflector[i] = a[i * columns + k];
  reflector[k] -= diagonal;
  const norm = squares - pivot * diagonal;
  for (let j = k; j < columns; j++) reflect(a, columns, j, reflector, norm, k, rows);
  reflect(b, 1, 0, reflector, norm, k, rows);
  return diagonal;
}

/** `x ← x − v·(vᵀx)/norm` for column j, where `norm` is |v|²/2. */
function reflect(
  a: Float64Array,
  columns: number,
  j: number,
  v: Float64Array,
  norm: number,
  k: number,
  rows: number,
): void {
  let product = 0;
  for (let i = k; i < rows; i++) product += v[i] * a[i * columns + j];
  const factor = product / norm;
  for (let i = k; i < rows; i++) a[i * columns + j] -= factor * v[i];
}

function backSubstitute(a: Float64Array, columns: number, b: Float64Array): Float64Array {
  const x = new Float64Array(columns);
  for (let i = columns - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1; j < columns; j++) sum -= a[i * columns + j] * x[j];
    x[i] = sum / a[i * columns + i];
  }
  return x;
}
