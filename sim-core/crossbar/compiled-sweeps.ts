import { type Compiled, compileWasm, pageBytes } from '../webassembly/compile.ts';
import type { Layout } from './layout.ts';
import type { SettlingSweeps } from './settling-sweeps.ts';
import type { Sweeps } from './sweeps.ts';
import { sweepsBase64 } from './wasm/generated/sweeps.ts';

/** A memory for the sweeps in WebAssembly. */
export interface SweepsArena {
  /** How many numbers it holds. */
  readonly capacity: () => number;
  /** Its first numbers; it grows when it must, and views taken before are void then. */
  reserve(size: number): Float64Array;
  sweeps(layout: Layout): Sweeps & SettlingSweeps;
}

/** What the compiled sweeps export; addresses and distances are in bytes. */
interface Exports {
  factor(
    cells: number,
    stride: number,
    rows: number,
    columns: number,
    starts: number,
    lines: number,
    wordWire: number,
    bitWire: number,
  ): void;
  drive(cells: number, stride: number, panels: number, width: number, starts: number): void;
  inject(cells: number, stride: number, panels: number, width: number): void;
  search(cells: number, stride: number, panels: number, width: number, lines: number, beta: number): void;
  update(cells: number, stride: number, panels: number, width: number, lines: number, alpha: number): void;
  tally(cells: number, stride: number, panels: number, width: number, lines: number): void;
  begin(cells: number, stride: number, panels: number, width: number, starts: number): void;
  settle(cells: number, stride: number, panels: number, width: number, lines: number): void;
}

let prepared: { readonly compiled: Compiled | undefined } | undefined;

/** Undefined where there is no WebAssembly with SIMD. */
export function createArena(): SweepsArena | undefined {
  prepared ??= { compiled: compileWasm(sweepsBase64) };
  if (!prepared.compiled) return undefined;
  const { wasm, module } = prepared.compiled;
  const memory = new wasm.Memory({ initial: 1 });
  const exports = new wasm.Instance(module, { env: { memory } }).exports as Readonly<
    Record<string, unknown>
  > &
    Exports;
  return {
    capacity: () => memory.buffer.byteLength / 8,
    reserve: (size) => {
      const missing = base + size * 8 - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
      return new Float64Array(memory.buffer, base, size);
    },
    sweeps: ({ rows, columns, stride, panels, width, bitCarry, wordStart }) => {
      const apart = stride * 8;
      const lines = base + bitCarry * 8;
      const starts = base + wordStart * 8;
      return {
        factor: (wordWire, bitWire) =>
          exports.factor(base, apart, rows, columns, starts, lines, wordWire, bitWire),
        drive: () => exports.drive(base, apart, panels, width, starts),
        inject: () => exports.inject(base, apart, panels, width),
        search: (beta) => exports.search(base, apart, panels, width, lines, beta),
        update: (alpha) => exports.update(base, apart, panels, width, lines, alpha),
        tally: () => exports.tally(base, apart, panels, width, lines),
        begin: () => exports.begin(base, apart, panels, width, starts),
        settle: () => exports.settle(base, apart, panels, width, lines),
      };
    },
  };
}

/** The memory begins on a cache line, away from address zero. */
const base = 64;
