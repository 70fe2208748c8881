import { cosh, log, pow, sinh } from '../math/elementary.ts';
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

const pageBytes = 65536;

/** The memory holds the values from its beginning, then the codes. */
function createWasmMachine(
  { wasm, module }: Executor,
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

/** What is used of WebAssembly, whose types belong to no library of a pure core. */
interface WebAssemblyHost {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

interface Executor {
  readonly wasm: WebAssemblyHost;
  readonly module: object;
}

let prepared: { readonly executor: Executor | undefined } | undefined;

/** The executor, compiled at its first use; undefined where there is no WebAssembly with SIMD. */
function executor(): Executor | undefined {
  prepared ??= { executor: compileExecutor() };
  return prepared.executor;
}

function compileExecutor(): Executor | undefined {
  const { WebAssembly: wasm } = globalThis as { WebAssembly?: WebAssemblyHost };
  const bytes = fromBase64(executorBase64);
  return wasm?.validate(bytes) ? { wasm, module: new wasm.Module(bytes) } : undefined;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const symbols = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((symbols.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const symbol of symbols) {
    bits = (bits << 6) | digits.indexOf(symbol);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >>> count) & 255;
  }
  return bytes;
}
