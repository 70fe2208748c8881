import type { Netlist } from './netlist.ts';

/** Waveforms of another simulator beside ours, on our time axis. */
export interface SignOff {
  /** What simulated: `ngspice 45.2 (WebAssembly)`. */
  readonly engine: string;
  readonly probes: readonly SignedProbe[];
}

export interface SignedProbe {
  /** `rnn.i[0]`. */
  readonly name: string;
  /** Largest difference, as a fraction of the signal's swing. */
  readonly error: number;
  /** The other simulator's voltage at each of our instants. */
  readonly values: Float64Array;
}

/** Waveforms agree where they differ by at most this fraction of a signal's swing. */
export const signOffLimit = 0.005;

export interface SignOffInput {
  /** Our instants in seconds; one at which something jumps stands twice. */
  readonly time: Float64Array;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly values: Float64Array;
  }[];
  /** Volts per unit of the mathematics. */
  readonly scale: number;
  readonly netlist: Netlist;
  /** What the simulator saved: `time`, and the vectors that the netlist names. */
  readonly vectors: ReadonlyMap<string, Float64Array>;
  readonly engine: string;
}

/**
 * A signal that hardly moves is judged by a fraction of the voltage that stands for 1, a device's state by one of its
 * span, a current by one of its largest value: its own swing would turn rounding into an error.
 */
const leastSwing = 0.05;

/**
 * Compares waveforms with those of another simulator on the exported netlist, as far as the netlist has them; undefined
 * where that simulator has not saved what the netlist names. Instants at which a value jumps are left out: the netlist's edges have a width, and within it neither side
 * is meant; and those before the other's first, of which it says nothing.
 */
export function signOff({
  time,
  columns,
  scale,
  netlist,
  vectors,
  engine,
}: SignOffInput): SignOff | undefined {
  const theirTime = vectors.get('time');
  if (!theirTime || theirTime.length < 2) return undefined;
  const places = Float64Array.from(time, (t) => positionOf(theirTime, t));
  const settled = Uint8Array.from(time, (t, k) =>
    t < theirTime[0] || time[k + 1] - t < netlist.edge * 2 || t - time[k - 1] < netlist.edge * 2 ? 0 : 1,
  );
  const probes: SignedProbe[] = [];
  for (const { name, unit, values } of columns) {
    const vector = netlist.vectors[name];
    if (vector === undefined) continue;
    const theirs = vectors.get(vector);
    if (!theirs) return undefined;
    const { zero, perVolt, span } = netlist.scales[name] ?? { zero: 0, perVolt: 1 };
    const resampled = places.map((place) => zero + perVolt * interpolate(theirs, place));
    const whole = unit === 'V' ? scale : (span ?? largestOf(values));
    probes.push({
      name,
      error: relativeError(values, resampled, settled, leastSwing * whole),
      values: resampled,
    });
  }
  return { engine, probes };
}

function relativeError(ours: Float64Array, theirs: Float64Array, settled: Uint8Array, least: number): number {
  let worst = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < ours.length; k++) {
    low = Math.min(low, ours[k]);
    high = Math.max(high, ours[k]);
    if (settled[k]) worst = Math.max(worst, Math.abs(theirs[k] - ours[k]));
  }
  return worst / Math.max(high - low, least);
}

const largestOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);

/** Where `wanted` lies in ascending values: the index below it, and how far on the way to the next. */
function positionOf(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) low = middle;
    else high = middle;
  }
  const width = values[high] - values[low];
  return low + (width > 0 ? Math.min(1, Math.max(0, (wanted - values[low]) / width)) : 0);
}

function interpolate(values: Float64Array, place: number): number {
  const below = Math.min(Math.floor(place), values.length - 2);
  return values[below] + (place - below) * (values[below + 1] - values[below]);
}
