import { cosh, log, pow, sinh } from '../math/elementary.ts';
import { type Compiled, compileWasm, pageBytes } from '../webassembly/compile.ts';
import { interpret } from './interpret.ts';
import type { Machine } from './program.ts';
import { executorBase64 } from './wasm/generated/executor.ts';

/** A machine with so many float64 of memory, zero, and the given codes; in WebAssembly where that has SIMD. */
export function createMachine(size: number, codes: readonly Int32Array[], batch: number): Machine {
  const found = executor();
  return found ? createWasmMachine(found, size, codes, batch) : createPlainMachine(size, codes, batch);
}

/** The same in plain TypeScript, with the same bits. */
export function createPlainMachine(size: number, codes: readonly Int32Array[], batch: number): Machine {
  const memory = new Float64Array(size);
  return {
    memory,
    run: (code, from, to, direction) => interpret(memory, codes[code], batch, from, to, direction),
  };
}

type Run = (
  code: number,
  words: number,
  batch: number,
  from: number,
  to: number,
  direction: number,
) => number;

/** The memory holds the values from its beginning, then the codes. */
function createWasmMachine(
  { wasm, module }: Compiled,
  size: number,
  codes: readonly Int32Array[],
  batch: number,
): Machine {
  const words = codes.reduce((sum, code) => sum + code.length, 0);
  const memory = new wasm.Memory({ initial: Math.ceil((size * 8 + words * 4) / pageBytes) + 1 });
  const instance = new wasm.Instance(module, {
    env: { memory },
    host: { log, sinh, cosh, pow },
  });
  const run = instance.exports.run as Run;
  let at = size * 8;
  const places = codes.map((code) => {
    const place = at;
    new Int32Array(memory.buffer, place, code.length).set(code);
    at += code.length * 4;
    return place;
  });
  return {
    memory: new Float64Array(memory.buffer, 0, size),
    run: (code, from, to, direction) => run(places[code], codes[code].length, batch, from, to, direction),
  };
}

let prepared: { readonly executor: Compiled | undefined } | undefined;

/** The executor, compiled at its first use; undefined where there is no WebAssembly with SIMD. */
function executor(): Compiled | undefined {
  prepared ??= { executor: compileWasm(executorBase64) };
  return prepared.executor;
}
