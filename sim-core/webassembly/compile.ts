/** What is used of WebAssembly, whose types belong to no library of a pure core. */
interface WebAssemblyHost {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds so many pages and gives how many there were; `buffer` is another one then. */
  grow(pages: number): number;
}

export interface Compiled {
  readonly wasm: WebAssemblyHost;
  readonly module: object;
}

export const pageBytes = 65536;

/**
 * Compiles a module, on the calling thread; undefined where there is no WebAssembly or it lacks what the module uses.
 */
export function compileWasm(base64: string): Compiled | undefined {
  const { WebAssembly: wasm } = globalThis as { WebAssembly?: WebAssemblyHost };
  const bytes = fromBase64(base64);
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
