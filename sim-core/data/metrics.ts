/** Metrics by name, such as `rmse`, `accuracy`, `recall`. */
export type Metrics = Readonly<Record<string, number>>;

/**
 * How far forecasts lie from their targets, in the unit of both: root-mean-square and mean absolute error (`rmse`,
 * `mae`), the share of the variance explained (`r2`), and the rmse relative to the targets' range (`nrmse`). Targets
 * that are all equal have neither variance nor range: `r2` and `nrmse` are left out.
 */
export function forecastMetrics(predicted: Float64Array, target: Float64Array): Metrics {
  let squares = 0;
  let absolute = 0;
  let sum = 0;
  for (let at = 0; at < target.length; at++) {
    const error = predicted[at] - target[at];
    squares += error * error;
    absolute += Math.abs(error);
    sum += target[at];
  }
  const rmse = Math.sqrt(squares / target.length);
  const { variance, range } = spread(target, sum / target.length);
  const relative: Metrics = range > 0 ? { r2: 1 - squares / variance, nrmse: rmse / range } : {};
  return { rmse, mae: absolute / target.length, ...relative };
}

function spread(values: Float64Array, mean: number): { variance: number; range: number } {
  let low = values[0];
  let high = values[0];
  let variance = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    variance += (value - mean) * (value - mean);
  }
  return { variance, range: high - low };
}

/**
 * `accuracy` over all classes; `recall`, `precision` and `f1` of the positive class, each 0 where nothing counts
 * towards it.
 */
export function classMetrics(
  predicted: readonly number[],
  actual: readonly number[],
  positive: number,
): Metrics {
  let right = 0;
  let hits = 0;
  let claimed = 0;
  let present = 0;
  for (let at = 0; at < actual.length; at++) {
    if (predicted[at] === actual[at]) right++;
    if (predicted[at] === positive) claimed++;
    if (actual[at] === positive) present++;
    if (predicted[at] === positive && actual[at] === positive) hits++;
  }
  return {
    accuracy: right / actual.length,
    recall: present > 0 ? hits / present : 0,
    precision: claimed > 0 ? hits / claimed : 0,
    f1: claimed + present > 0 ? (2 * hits) / (claimed + present) : 0,
  };
}

/**
 * Class of each row of network outputs [count][width]: the largest output, or with one output the positive class
 * (position 1) where it exceeds one half and otherwise the other (position 0).
 */
export function decideClasses(outputs: Float64Array, width: number): number[] {
  return Array.from({ length: outputs.length / width }, (_, row) => {
    if (width === 1) return outputs[row] > 0.5 ? 1 : 0;
    let best = 0;
    for (let k = 1; k < width; k++) if (outputs[row * width + k] > outputs[row * width + best]) best = k;
    return best;
  });
}
