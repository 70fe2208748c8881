import type { Layout } from './layout.ts';
import { plainSettling, type SettlingSweeps } from './settling-sweeps.ts';

/**
 * The sweeps that conjugate gradients consist of, over the solver's memory. The plain ones below do exactly the
 * operations of `wasm/assembly/sweeps.ts` in exactly their order, so both give the same bits.
 */
export interface Sweeps {
  /**
   * Eliminates all lines at once, with one resistance for all segments of each direction; `wordStart` and `bitCarry` hold
   * the conductances of the lines' first nodes to their terminals, and the admittances that their last nodes see
   * afterwards. Not among the plain sweeps: line by line takes no longer there.
   */
  factor?(wordWire: number, bitWire: number): void;
  /** The word lines' forward elimination of currents into their first nodes, which `wordStart` holds, into `source`. */
  drive(): void;
  /**
   * Begins anew from the feedback current `injection` + `residual`: word lines forward under it and the sources; the
   * current, less `fixed`, moves to `image`, `residual` becomes `fixed`, and `direction` and `injection` become zero.
   * `search(1)` and `update(1)` after it give the voltages in `direction`, the true residual, and the current back.
   */
  inject(): void;
  /**
   * Word lines backward, z = W⁻¹·r; `direction` ← z + beta·direction and `image` ← residual + beta·image; bit lines
   * forward under the direction's currents. Leaves p·W·p, split by rows, in `wordSum`, and p·D·B⁻¹·D·p, split by
   * columns, in `bitSum`.
   */
  search(beta: number): void;
  /**
   * Bit lines backward; `residual` ← residual − alpha·(image − D·B⁻¹·D·direction) and `injection` ← injection +
   * alpha·image; word lines forward under the residual. Leaves r·W⁻¹·r, split by rows, in `wordSum`.
   */
  update(alpha: number): void;
  /**
   * After `update(1)`: the currents through the cells, from word line to bit line, into `image`; their sums in `wordSum`
   * and `bitSum`; the largest of them in `wordLargest` and `bitCarry`; the largest that the word lines' voltages alone
   * would drive in `wordStart` and `bitGross`; by rows, max |r| in `wordEnd`.
   */
  tally(): void;
}

export const plainSweeps = (memory: Float64Array, layout: Layout): Sweeps & SettlingSweeps => ({
  ...plainSettling(memory, layout),
  drive: () => drive(memory, layout),
  inject: () => inject(memory, layout),
  search: (beta) => search(memory, layout, beta),
  update: (alpha) => update(memory, layout, alpha),
  tally: () => tally(memory, layout),
});

function drive(memory: Float64Array, { at, panels, width, wordStart }: Layout): void {
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < 4; row++) {
      let current = memory[wordStart + 4 * panel + row];
      for (let column = 0; column < width; column++) {
        const cell = (panel * width + column) * 4 + row;
        if (column > 0) current = current * memory[at.wordCoupling + cell];
        memory[at.source + cell] = memory[at.wordPivot + cell] * current;
      }
    }
  }
}

function inject(memory: Float64Array, layout: Layout): void {
  const { at } = layout;
  const carried = new Float64Array(4);
  for (let panel = 0; panel < layout.panels; panel++) {
    carried.fill(0);
    const start = panel * layout.width * 4;
    for (let block = start; block < start + layout.width * 4; block += 8) {
      for (let place = 0; place < 8; place++) {
        const row = place & 3;
        const cell = block + place;
        const injected = memory[cell + at.injection] + memory[cell + at.residual];
        const current = injected + memory[cell + at.wordCoupling] * carried[row];
        carried[row] = current;
        memory[cell + at.wordForward] = memory[cell + at.source] + memory[cell + at.wordPivot] * current;
        memory[cell + at.image] = injected - memory[cell + at.fixed];
        memory[cell + at.direction] = 0;
        memory[cell + at.residual] = memory[cell + at.fixed];
        memory[cell + at.injection] = 0;
      }
    }
  }
}

function search(memory: Float64Array, layout: Layout, beta: number): void {
  const { bitCarry, bitSum, wordSum, wordLargest } = layout;
  memory.fill(0, bitCarry, wordLargest);
  const drawn = new Float64Array(8);
  const carried = new Float64Array(4);
  for (let panel = 0; panel < layout.panels; panel++) {
    carried.fill(0);
    for (let column = layout.width - 2; column >= 0; column -= 2) {
      const block = (panel * layout.width + column) * 4;
      stepWordsBackward(memory, layout.at, block, beta, carried, drawn, wordSum + 4 * panel);
      stepBitsForward(memory, layout.at, block, drawn, bitCarry + column, bitSum + column);
    }
  }
}

/** The four word lines of a panel, back over the two columns of a block. */
function stepWordsBackward(
  memory: Float64Array,
  at: Layout['at'],
  block: number,
  beta: number,
  carried: Float64Array,
  drawn: Float64Array,
  sum: number,
): void {
  for (let place = 7; place >= 0; place--) {
    const row = place & 3;
    const cell = block + place;
    const z = carried[row] + memory[cell + at.wordForward];
    carried[row] = memory[cell + at.wordCoupling] * z;
    const direction = z + beta * memory[cell + at.direction];
    memory[cell + at.direction] = direction;
    const image = memory[cell + at.residual] + beta * memory[cell + at.image];
    memory[cell + at.image] = image;
    memory[sum + row] = memory[sum + row] + direction * image;
    drawn[row * 2 + (place >> 2)] = memory[cell + at.conductance] * direction;
  }
}

/** The two bit lines of a block, down its four rows. */
function stepBitsForward(
  memory: Float64Array,
  at: Layout['at'],
  block: number,
  drawn: Float64Array,
  carry: number,
  sum: number,
): void {
  for (let side = 0; side < 2; side++) {
    let current = memory[carry + side];
    let total = memory[sum + side];
    for (let place = side; place < 8; place += 2) {
      const cell = block + place;
      current = drawn[place] + memory[cell + at.bitCoupling] * current;
      const forward = memory[cell + at.bitPivot] * current;
      memory[cell + at.bitForward] = forward;
      total = total + forward * current;
    }
    memory[carry + side] = current;
    memory[sum + side] = total;
  }
}

function update(memory: Float64Array, layout: Layout, alpha: number): void {
  const { bitSum, wordSum, wordLargest } = layout;
  // The sums over the bit lines have been read by now; their place holds the backward carries, before the new sums of
  // the word lines.
  memory.fill(0, bitSum, wordLargest);
  const voltage = new Float64Array(8);
  const carried = new Float64Array(4);
  for (let panel = layout.panels - 1; panel >= 0; panel--) {
    carried.fill(0);
    for (let column = 0; column < layout.width; column += 2) {
      const block = (panel * layout.width + column) * 4;
      stepBitsBackward(memory, layout.at, block, bitSum + column, voltage);
      stepWordsForward(memory, layout.at, block, alpha, voltage, carried, wordSum + 4 * panel);
    }
  }
}

function stepBitsBackward(
  memory: Float64Array,
  at: Layout['at'],
  block: number,
  carry: number,
  voltage: Float64Array,
): void {
  for (let side = 0; side < 2; side++) {
    let carried = memory[carry + side];
    for (let place = 6 + side; place >= 0; place -= 2) {
      const v = carried + memory[block + place + at.bitForward];
      carried = memory[block + place + at.bitCoupling] * v;
      voltage[place] = v;
    }
    memory[carry + side] = carried;
  }
}

function stepWordsForward(
  memory: Float64Array,
  at: Layout['at'],
  block: number,
  alpha: number,
  voltage: Float64Array,
  carried: Float64Array,
  sum: number,
): void {
  for (let place = 0; place < 8; place++) {
    const row = place & 3;
    const cell = block + place;
    const image = memory[cell + at.image];
    const back = memory[cell + at.conductance] * voltage[row * 2 + (place >> 2)];
    const residual = memory[cell + at.residual] - alpha * (image - back);
    memory[cell + at.residual] = residual;
    memory[cell + at.injection] = memory[cell + at.injection] + alpha * image;
    const current = residual + memory[cell + at.wordCoupling] * carried[row];
    carried[row] = current;
    const forward = memory[cell + at.wordPivot] * current;
    memory[cell + at.wordForward] = forward;
    memory[sum + row] = memory[sum + row] + forward * current;
  }
}

function tally(memory: Float64Array, layout: Layout): void {
  const { at, panels, width, bitCarry, bitSum, wordSum, wordLargest, wordStart, wordEnd } = layout;
  memory.fill(0, bitCarry, layout.size);
  const current = new Float64Array(8);
  for (let panel = 0; panel < panels; panel++) {
    for (let column = 0; column < width; column += 2) {
      const block = (panel * width + column) * 4;
      for (let place = 0; place < 8; place++) {
        const cell = block + place;
        const row = 4 * panel + (place & 3);
        const residual = memory[at.residual + cell];
        const drawn = memory[at.conductance + cell] * memory[at.direction + cell];
        const i = drawn - (memory[at.injection + cell] + residual);
        memory[at.image + cell] = i;
        current[place] = i;
        memory[wordSum + row] += i;
        memory[wordLargest + row] = Math.max(memory[wordLargest + row], Math.abs(i));
        memory[wordStart + row] = Math.max(memory[wordStart + row], Math.abs(drawn));
        memory[wordEnd + row] = Math.max(memory[wordEnd + row], Math.abs(residual));
        const line = column + (place >> 2);
        memory[bitCarry + line] = Math.max(memory[bitCarry + line], Math.abs(i));
        memory[layout.bitGross + line] = Math.max(memory[layout.bitGross + line], Math.abs(drawn));
      }
      // In the order of vectors of two.
      const [a, b, c, d, e, f, g, h] = current;
      memory[bitSum + column] += a + c + (b + d);
      memory[bitSum + column + 1] += e + g + (f + h);
    }
  }
}
