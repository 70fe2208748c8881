import { exp, log } from './elementary.ts';

/**
 * A stream of random numbers that depends on its seed and labels alone: not on which trial runs first, nor on which
 * worker runs it.
 */
export interface RandomStream {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal. */
  gaussian(): number;
  /** Uniform in 0 .. n - 1, for n up to 2^32. */
  integer(n: number): number;
  /** Permutes in place, every order equally likely. */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T;
  /** Standard normal numbers into array[from .. to - 1]. */
  fillGaussian(array: Float64Array, from: number, to: number): void;
}

/**
 * The stream named by a seed and labels, for example `randomStream(7, 'programming', 'VoltageMode', trial)`. Streams
 * of different names are independent. The name is hashed to the 128 bits of state of the generator.
 */
export function randomStream(seed: number, ...labels: readonly (string | number)[]): RandomStream {
  return streamOver(generatorOf(hashName([seed, ...labels])));
}

/**
 * The generator sfc32 of Chris Doty-Humphrey (PractRand): 96 bits of chaotic state and a counter; period at least 2^32.
 */
interface Generator {
  a: number;
  b: number;
  c: number;
  counter: number;
}

function generatorOf(key: Uint32Array): Generator {
  const [a, b, c, counter] = new Int32Array(key.buffer);
  return { a, b, c, counter };
}

function nextWord(state: Generator): number {
  const { a, b, c, counter } = state;
  const result = (a + b + counter) | 0;
  state.counter = (counter + 1) | 0;
  state.a = b ^ (b >>> 9);
  state.b = (c + (c << 3)) | 0;
  state.c = (((c << 21) | (c >>> 11)) + result) | 0;
  return result;
}

function streamOver(state: Generator): RandomStream {
  const next = () => nextWord(state);
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  const integer = (n: number) => {
    // Rejecting the incomplete last block makes every value equally likely.
    const limit = 4294967296 - (4294967296 % n);
    let word = next() >>> 0;
    while (word >= limit) word = next() >>> 0;
    return word % n;
  };
  const gaussian = () => zigguratGaussian(next, uniform);
  return {
    uniform,
    gaussian,
    integer,
    shuffle: (array) => {
      for (let i = array.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = array[i];
        array[i] = array[j];
        array[j] = held;
      }
      return array;
    },
    fillGaussian: (array, from, to) => {
      let i = from;
      while (i < to) {
        i = fillFromLayers(state, array, i, to);
        if (i < to) array[i++] = gaussian();
      }
    },
  };
}

// ---- Normal numbers: the ziggurat of Marsaglia and Tsang (J. Stat. Softw. 5(8), 2000) with 256 layers, index and value
// ---- from different bits (Doornik, "An improved ziggurat method", 2005).

const layers = 256;
/** Where the tail begins, and the area of each layer. */
const tailStart = 3.6541528853610088;
const layerArea = 0.00492867323399;

/** Right edge of each layer (the base layer's is that of a rectangle of the same area), and the density at each edge. */
const edge = new Float64Array(layers + 1);
const density = new Float64Array(layers + 1);
edge[0] = layerArea / exp(-0.5 * tailStart * tailStart);
edge[1] = tailStart;
for (let i = 2; i < layers; i++) {
  const below = edge[i - 1];
  edge[i] = Math.sqrt(-2 * log(layerArea / below + exp(-0.5 * below * below)));
}
for (let i = 0; i <= layers; i++) density[i] = exp(-0.5 * edge[i] * edge[i]);

function zigguratGaussian(next: () => number, uniform: () => number): number {
  for (;;) {
    const low = next();
    const layer = low & 255;
    const u = (next() * 2097152 + (low >>> 11)) / 4503599627370496;
    const x = u * edge[layer];
    if (Math.abs(x) < edge[layer + 1]) return x;
    if (layer === 0) return u < 0 ? -tail(uniform) : tail(uniform);
    if (density[layer] + uniform() * (density[layer + 1] - density[layer]) < exp(-0.5 * x * x)) return x;
  }
}

/**
 * The same numbers for array[from .. to - 1], with the generator's state at hand, as far as they lie within the layers,
 * which 99 of 100 do. Gives the first place that is left; the state is then as it was before that number.
 */
function fillFromLayers(state: Generator, array: Float64Array, from: number, to: number): number {
  let { a, b, c, counter } = state;
  let i = from;
  for (; i < to; i++) {
    const low = (a + b + counter) | 0;
    const a1 = b ^ (b >>> 9);
    const b1 = (c + (c << 3)) | 0;
    const c1 = (((c << 21) | (c >>> 11)) + low) | 0;
    const high = (a1 + b1 + counter + 1) | 0;
    const layer = low & 255;
    const x = ((high * 2097152 + (low >>> 11)) / 4503599627370496) * edge[layer];
    if (!(Math.abs(x) < edge[layer + 1])) break;
    array[i] = x;
    counter = (counter + 2) | 0;
    a = b1 ^ (b1 >>> 9);
    b = (c1 + (c1 << 3)) | 0;
    c = (((c1 << 21) | (c1 >>> 11)) + high) | 0;
  }
  Object.assign(state, { a, b, c, counter });
  return i;
}

/** Normal numbers beyond the last layer (Marsaglia, Technometrics 6, 1964). */
function tail(uniform: () => number): number {
  for (;;) {
    const x = -log(1 - uniform()) / tailStart;
    const y = -log(1 - uniform());
    if (y + y > x * x) return tailStart + x;
  }
}

// ---- Names to keys ------------------------------------------------------------------------------------------------

/** Each label enters with its kind and length, so that ('ab', 'c') and ('a', 'bc'), 1 and '1' differ. */
function hashName(name: readonly (string | number)[]): Uint32Array {
  const state = new Uint32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
  const bits = new DataView(new ArrayBuffer(8));
  for (const label of name) {
    if (typeof label === 'number') {
      bits.setFloat64(0, label);
      absorb(state, 1);
      absorb(state, bits.getUint32(0));
      absorb(state, bits.getUint32(4));
    } else {
      absorb(state, 2);
      absorb(state, label.length);
      for (let i = 0; i < label.length; i++) absorb(state, label.charCodeAt(i));
    }
  }
  for (let i = 0; i < 4; i++) absorb(state, i);
  return state;
}

/** One word into the state: each lane takes it with its own multiplier, then the lanes pass through one another. */
function absorb(state: Uint32Array, word: number): void {
  state[0] = scramble(state[0] ^ Math.imul(word, 0x9e3779b1));
  state[1] = scramble((state[1] + state[0]) ^ Math.imul(word, 0x85ebca77));
  state[2] = scramble((state[2] + state[1]) ^ Math.imul(word, 0xc2b2ae3d));
  state[3] = scramble((state[3] + state[2]) ^ Math.imul(word, 0x27d4eb2f));
  state[0] += state[3];
}

/** A bijection of 32-bit words in which every bit of the input moves about half of the output's. */
function scramble(word: number): number {
  let x = (word ^ (word >>> 16)) + 0x6d2b79f5;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return x ^ (x >>> 15);
}
