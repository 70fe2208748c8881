import type { Layout } from './layout.ts';

/**
 * The sweeps of a stationary iteration, over a circuit whose lines are scaled.
 *
 * With A the product of a line's couplings from its first node to a node, currents over A and voltages times A make the
 * elimination of `chains.ts` a running sum either way: Ĵ_k = Î_k + Ĵ_(k−1) and v̂_k = v̂_(k+1) + A²b·Ĵ_k. The
 * conductance between two lines becomes a bridge G/(A_word·A_bit), the same in both directions.
 *
 * The arrays take the places of those that conjugate gradients use: `direction` holds the bridges, `image` and
 * `residual` A²b of the word and the bit lines. `wordForward` and `bitForward` are what they are there, but scaled.
 * `wordStart` holds the source current at each word line's first node, `wordEnd` the scaled source voltage at its last.
 *
 * The plain sweeps do exactly the operations of `wasm/assembly/sweeps.ts` in exactly their order.
 */
export interface SettlingSweeps {
  /** Starts from the sources alone: word lines forward. */
  begin(): void;
  /**
   * One step: word lines backward, bit lines forward and backward, word lines forward under the sources and what comes
   * back from the bit lines. Leaves what arrives at the bit lines' last nodes, scaled, in `bitCarry`; it belongs to the
   * state before the step.
   */
  settle(): void;
}

export const plainSettling = (memory: Float64Array, layout: Layout): SettlingSweeps => ({
  begin: () => begin(memory, layout),
  settle: () => {
    memory.fill(0, layout.bitCarry, layout.wordSum);
    for (let panel = 0; panel < layout.panels; panel++) settleDown(memory, layout, panel);
    for (let panel = layout.panels - 1; panel >= 0; panel--) {
      settleUp(memory, layout, panel);
    }
  },
});

function begin(memory: Float64Array, { at, panels, width, wordStart }: Layout): void {
  for (let panel = 0, cell = 0; panel < panels; panel++) {
    for (const end = cell + 4 * width; cell < end; cell++) {
      memory[at.wordForward + cell] = memory[at.image + cell] * memory[wordStart + 4 * panel + (cell & 3)];
    }
  }
}

function settleDown(memory: Float64Array, layout: Layout, panel: number): void {
  const { at, width, bitCarry, wordEnd } = layout;
  const voltage = memory.slice(wordEnd + 4 * panel, wordEnd + 4 * panel + 4);
  const drawn = new Float64Array(8);
  for (let column = width - 2; column >= 0; column -= 2) {
    const block = (panel * width + column) * 4;
    for (let place = 7; place >= 0; place--) {
      const row = place & 3;
      voltage[row] += memory[at.wordForward + block + place];
      drawn[row * 2 + (place >> 2)] = memory[at.direction + block + place] * voltage[row];
    }
    for (let place = 0; place < 8; place++) {
      const line = bitCarry + column + (place & 1);
      memory[line] = drawn[place] + memory[line];
      memory[at.bitForward + block + place] = memory[at.residual + block + place] * memory[line];
    }
  }
}

function settleUp(memory: Float64Array, layout: Layout, panel: number): void {
  const { at, width, bitSum, wordStart } = layout;
  const current = memory.slice(wordStart + 4 * panel, wordStart + 4 * panel + 4);
  const voltage = new Float64Array(8);
  for (let column = 0; column < width; column += 2) {
    const block = (panel * width + column) * 4;
    for (let place = 7; place >= 0; place--) {
      const line = bitSum + column + (place & 1);
      memory[line] += memory[at.bitForward + block + place];
      voltage[place] = memory[line];
    }
    for (let place = 0; place < 8; place++) {
      const row = place & 3;
      const cell = block + place;
      current[row] = memory[at.direction + cell] * voltage[row * 2 + (place >> 2)] + current[row];
      memory[at.wordForward + cell] = memory[at.image + cell] * current[row];
    }
  }
}
