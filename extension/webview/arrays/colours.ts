/** Colours from the lowest to the highest value, as in a printed figure: dark blue, green, yellow; or blue, white, red. */
const sequential = ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'];
const diverging = ['#2166ac', '#92c5de', '#f7f7f7', '#f4a582', '#b2182b'];

export interface ColourScale {
  readonly low: number;
  readonly high: number;
  /** 256 colours as a canvas has them in memory. */
  readonly colours: Uint32Array;
}

/** Quantities of both signs have their zero in the middle. */
export function colourScale(values: Float64Array): ColourScale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 1, colours: table(sequential) };
  if (low < 0 && high > 0) {
    const most = Math.max(-low, high);
    return { low: -most, high: most, colours: table(diverging) };
  }
  return low === high
    ? { low, high: low + 1, colours: table(sequential) }
    : { low, high, colours: table(sequential) };
}

/** Paints a value for each pixel. */
export function paintValues(
  values: Float64Array,
  { low, high, colours }: ColourScale,
  into: Uint32Array,
): void {
  const factor = 255.999 / (high - low);
  for (let at = 0; at < values.length; at++) into[at] = colours[((values[at] - low) * factor) | 0];
}

export const gradientStops = (values: ColourScale): readonly string[] =>
  values.low < 0 && values.high > 0 ? diverging : sequential;

function table(stops: readonly string[]): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * 256);
  const channels = stops.map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16)));
  for (let at = 0; at < 256; at++) {
    const place = (at / 255) * (stops.length - 1);
    const from = Math.min(stops.length - 2, Math.floor(place));
    for (let channel = 0; channel < 3; channel++) {
      const [a, b] = [channels[from][channel], channels[from + 1][channel]];
      bytes[4 * at + channel] = a + (place - from) * (b - a);
    }
    bytes[4 * at + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}
