import { panelWidth, start, widthOfPanel } from './instructions.ts';

/** Operands of a matrix instruction: addresses, and the matrix's size [rows][columns]. */
export interface MatrixOperation {
  readonly to: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly rows: number;
  readonly columns: number;
  readonly begin: number;
  readonly batch: number;
}

/**
 * `to = start + W·a`. Every sum is one chain in the order of the rows, so that any blocking and any executor gives
 * the same bits.
 */
export function matrix(
  memory: Float64Array,
  { to, a, b, c, rows, columns, begin, batch }: MatrixOperation,
): void {
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOfPanel(columns, panel);
    const weights = b + panel * rows;
    for (let j = panel; j < Math.min(panel + width, columns); j++)
      for (let s = 0; s < batch; s++) {
        const at = to + j * batch + s;
        let sum = begin === start.here ? memory[at] : begin === start.bias ? memory[c + j] : 0;
        for (let k = 0; k < rows; k++)
          sum += memory[weights + k * width + j - panel] * memory[a + k * batch + s];
        memory[at] = sum;
      }
  }
}

/** `to += W·a` towards the rows: the even columns' chain and the odd columns' chain, added at the end. */
export function matrixInput(memory: Float64Array, { to, a, b, rows, columns, batch }: MatrixOperation): void {
  for (let k = 0; k < rows; k++)
    for (let s = 0; s < batch; s++) {
      let even = 0;
      let odd = 0;
      for (let panel = 0; panel < columns; panel += panelWidth) {
        const width = widthOfPanel(columns, panel);
        const weights = b + panel * rows + k * width;
        const end = Math.min(width, columns - panel);
        for (let j = 0; j < end; j += 2) even += memory[weights + j] * memory[a + (panel + j) * batch + s];
        for (let j = 1; j < end; j += 2) odd += memory[weights + j] * memory[a + (panel + j) * batch + s];
      }
      memory[to + k * batch + s] += even + odd;
    }
}

/** `to += a·b^T`, each element's chain in the order of the batch. */
export function matrixWeights(
  memory: Float64Array,
  { to, a, b, rows, columns, batch }: MatrixOperation,
): void {
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOfPanel(columns, panel);
    for (let k = 0; k < rows; k++)
      for (let j = panel; j < Math.min(panel + width, columns); j++) {
        const at = to + panel * rows + k * width + j - panel;
        let sum = memory[at];
        for (let s = 0; s < batch; s++) sum += memory[a + k * batch + s] * memory[b + j * batch + s];
        memory[at] = sum;
      }
  }
}

/** `to += a` summed along the batch. */
export function biasGradient(memory: Float64Array, { to, a, columns, batch }: MatrixOperation): void {
  for (let j = 0; j < columns; j++) {
    let sum = memory[to + j];
    for (let s = 0; s < batch; s++) sum += memory[a + j * batch + s];
    memory[to + j] = sum;
  }
}
