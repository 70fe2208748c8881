import type { Layout } from './layout.ts';

/**
 * The sweeps of Richardson's iteration, over a circuit whose lines are scaled.
 *
 * With A the product of a line's couplings from its first node to a node, currents over A and voltages times A make the
 * elimination of `chains.ts` a running sum either way: Ĵ_k = Î_k + Ĵ_(k−1) and v̂_k = v̂_(k+1) + A²b·Ĵ_k. The
 * conductance between two lines becomes a bridge G/(A_word·A_bit), the same in both directions.
 *
 * The arrays take the places of those that conjugate gradients use: `direction` holds the bridges, `image` and
 * `residual` A²b of the word and the bit lines, `source` A of the word lines. `injection`, `wordForward` and
 * `bitForward` are what they are there, but scaled. `wordStart` holds the source current at each word line's first
 * node, `wordEnd` the scaled source voltage at its last.
 *
 * The plain sweeps do exactly the operations of `wasm/assembly/sweeps.ts` in exactly their order.
 */
export interface SettlingSweeps {
  /** Starts from the sources alone: `injection` ← 0, and word lines forward. */
  begin(): void;
  /**
   * One step: word lines backward, bit lines forward and backward, r = D·B⁻¹·D·v − injection; `injection` ←
   * injection + omega·r; word lines forward. Leaves what arrives at the bit lines' last nodes, scaled, in `bitCarry` and,
   * if measured, max |r| of each word line in `wordLargest`; both belong to the state before the step.
   */
  settle(omega: number, isMeasured: boolean): void;
}

export const plainSettling = (memory: Float64Array, layout: Layout): SettlingSweeps => ({
  begin: () => begin(memory, layout),
  settle: (omega, isMeasured) => {
    memory.fill(0, layout.bitCarry, layout.wordSum);
    for (let panel = 0; panel < layout.panels; panel++) settleDown(memory, layout, panel);
    for (let panel = layout.panels - 1; panel >= 0; panel--) {
      settleUp(memory, layout, panel, omega, isMeasured);
    }
  },
});

function begin(memory: Float64Array, { at, panels, width, wordStart }: Layout): void {
  for (let panel = 0, cell = 0; panel < panels; panel++) {
    for (const end = cell + 4 * width; cell < end; cell++) {
      memory[at.injection + cell] = 0;
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

function settleUp(
  memory: Float64Array,
  layout: Layout,
  panel: number,
  omega: number,
  isMeasured: boolean,
): void {
  const { at, width, bitSum, wordStart, wordLargest } = layout;
  const current = memory.slice(wordStart + 4 * panel, wordStart + 4 * panel + 4);
  const voltage = new Float64Array(8);
  if (isMeasured) memory.fill(0, wordLargest + 4 * panel, wordLargest + 4 * panel + 4);
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
      const before = memory[at.injection + cell];
      const r = memory[at.direction + cell] * voltage[row * 2 + (place >> 2)] - before;
      const injected = before + omega * r;
      memory[at.injection + cell] = injected;
      current[row] = injected + current[row];
      memory[at.wordForward + cell] = memory[at.image + cell] * current[row];
      if (!isMeasured) continue;
      const largest = wordLargest + 4 * panel + row;
      memory[largest] = Math.max(memory[largest], Math.abs(memory[at.source + cell] * r));
    }
  }
}
