import type { Device } from '../devices/model.ts';

/** Solves one stage of an implicit step for the states of a device. */
export interface ImplicitStates {
  /**
   * States x within their bounds with `x = base + reach·f(x, voltage)`, a state that this would take beyond a bound resting
   * there. `x` holds a guess, and afterwards the solution, or NaN where there is none.
   */
  solve(base: Float64Array, reach: number, voltage: number, x: Float64Array): void;
  /** Rates at states within their bounds; one that leads outward from a bound is zero. */
  rates(x: Float64Array, voltage: number, out: Float64Array): void;
}

/** What a state may be off its equation, relative to its span. */
const accuracy = 1e-14;

export function implicitStates(device: Device): ImplicitStates {
  const low = Float64Array.from(device.states, (state) => state.low);
  const high = Float64Array.from(device.states, (state) => state.high);
  const n = low.length;
  const rate = new Float64Array(n);
  const clamp = (value: number, j: number) => Math.min(high[j], Math.max(low[j], value));
  const newton = n === 1 ? bracketed(device, low[0], high[0]) : coupled(device, low, high);
  return {
    rates(x, voltage, out) {
      device.derivative(x, voltage, out);
      for (let j = 0; j < n; j++)
        if ((x[j] >= high[j] && out[j] > 0) || (x[j] <= low[j] && out[j] < 0)) out[j] = 0;
    },
    solve(base, reach, voltage, x) {
      for (let j = 0; j < n; j++) x[j] = clamp(x[j], j);
      // Devices that are read hardly move: putting the rate in is enough, where it contracts.
      let before = Infinity;
      for (let k = 0; k < 8; k++) {
        device.derivative(x, voltage, rate);
        let change = 0;
        for (let j = 0; j < n; j++) {
          const next = clamp(base[j] + reach * rate[j], j);
          change = Math.max(change, Math.abs(next - x[j]) / (high[j] - low[j]));
          x[j] = next;
        }
        if (change <= accuracy) return;
        if (!(change < before / 10)) break;
        before = change;
      }
      newton(base, reach, voltage, x);
    },
  };
}

type Newton = ImplicitStates['solve'];

/** One state: its residual is bracketed by its bounds, within which Newton's method steps and otherwise halves. */
function bracketed(device: Device, lowest: number, highest: number): Newton {
  const at = new Float64Array(1);
  const rate = new Float64Array(1);
  const residual = (x: number, base: number, reach: number, voltage: number): number => {
    at[0] = x;
    device.derivative(at, voltage, rate);
    return x - base - reach * rate[0];
  };
  return ([base], reach, voltage, x) => {
    const span = highest - lowest;
    if (residual(lowest, base, reach, voltage) >= 0) x[0] = lowest;
    else if (residual(highest, base, reach, voltage) <= 0) x[0] = highest;
    else {
      let [low, high] = [lowest, highest];
      let value = Math.min(high, Math.max(low, x[0]));
      for (let k = 0; k < 100; k++) {
        const g = residual(value, base, reach, voltage);
        if (Math.abs(g) <= accuracy * span || high - low <= accuracy * span) break;
        if (g > 0) high = value;
        else low = value;
        const step = (value - lowest > span / 2 ? -1e-7 : 1e-7) * span;
        const slope = (residual(value + step, base, reach, voltage) - g) / step;
        const next = value - g / slope;
        value = next > low && next < high ? next : (low + high) / 2;
        // A NaN of the law's makes one of the state.
        if (Number.isNaN(g)) value = Number.NaN;
      }
      x[0] = value;
    }
  };
}

/** Several states: Newton's method with a Jacobian by differences, its steps kept within the bounds. */
function coupled(device: Device, low: Float64Array, high: Float64Array): Newton {
  const n = low.length;
  const [g, moved, rate] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const jacobian = new Float64Array(n * n);
  const residual = (
    x: Float64Array,
    base: Float64Array,
    reach: number,
    voltage: number,
    out: Float64Array,
  ) => {
    device.derivative(x, voltage, rate);
    for (let j = 0; j < n; j++) out[j] = x[j] - base[j] - reach * rate[j];
  };
  return (base, reach, voltage, x) => {
    for (let k = 0; k < 50; k++) {
      residual(x, base, reach, voltage, g);
      for (let j = 0; j < n; j++) {
        const kept = x[j];
        const span = high[j] - low[j];
        const step = (kept - low[j] > span / 2 ? -1e-7 : 1e-7) * span;
        x[j] = kept + step;
        residual(x, base, reach, voltage, moved);
        x[j] = kept;
        for (let i = 0; i < n; i++) jacobian[i * n + j] = (moved[i] - g[i]) / step;
      }
      for (let j = 0; j < n; j++) if (rests(x[j], g[j], low[j], high[j])) hold(jacobian, g, j);
      eliminate(jacobian, g, n);
      let change = 0;
      for (let j = 0; j < n; j++) {
        const next = Math.min(high[j], Math.max(low[j], x[j] - g[j]));
        change = Math.max(change, Math.abs(next - x[j]) / (high[j] - low[j]));
        x[j] = next;
      }
      if (change <= accuracy) return;
      // Differences leave a last part of it.
      if (k > 5 && change <= 1e-11) return;
    }
    x.fill(Number.NaN);
  };
}

/** Whether a state is at a bound that its equation leads beyond. */
const rests = (x: number, residual: number, low: number, high: number): boolean =>
  (x <= low && residual > 0) || (x >= high && residual < 0);

/** Takes a state's equation out of a step: it stays, and the others are solved with it where it is. */
function hold(jacobian: Float64Array, residual: Float64Array, j: number): void {
  const n = residual.length;
  for (let i = 0; i < n; i++) jacobian[j * n + i] = i === j ? 1 : 0;
  residual[j] = 0;
}

/** Solves `matrix·x = vector` in place of `vector`, with partial pivoting. */
function eliminate(matrix: Float64Array, vector: Float64Array, n: number): void {
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let row = p + 1; row < n; row++)
      if (Math.abs(matrix[row * n + p]) > Math.abs(matrix[best * n + p])) best = row;
    for (let column = 0; best !== p && column < n; column++) swap(matrix, p * n + column, best * n + column);
    if (best !== p) swap(vector, p, best);
    for (let row = p + 1; row < n; row++) {
      const ratio = matrix[row * n + p] / matrix[p * n + p];
      for (let column = p; column < n; column++) matrix[row * n + column] -= ratio * matrix[p * n + column];
      vector[row] -= ratio * vector[p];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = vector[row];
    for (let column = row + 1; column < n; column++) sum -= matrix[row * n + column] * vector[column];
    vector[row] = sum / matrix[row * n + row];
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a];
  values[a] = values[b];
  values[b] = kept;
}
