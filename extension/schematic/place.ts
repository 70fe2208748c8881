/**
 * Values as near as possible to the wanted ones, in the least squares sense, that keep their order and a distance of at
 * least `distances[i]` between value i - 1 and value i: pools of adjacent violators take their mean (Ayer et al., "An
 * Empirical Distribution Function for Sampling with Incomplete Information", Ann. Math. Stat. 26, 1955).
 */
export function spaced(wanted: readonly number[], distances: readonly number[]): readonly number[] {
  let offset = 0;
  const offsets = wanted.map((_, at) => {
    offset += at === 0 ? 0 : distances[at];
    return offset;
  });
  const pools: { sum: number; count: number }[] = [];
  for (const [at, value] of wanted.entries()) {
    pools.push({ sum: value - offsets[at], count: 1 });
    for (let last = pools.length - 1; last > 0 && meanOf(pools[last - 1]) > meanOf(pools[last]); last--) {
      pools[last - 1].sum += pools[last].sum;
      pools[last - 1].count += pools[last].count;
      pools.pop();
    }
  }
  const means = pools.flatMap((pool) => Array<number>(pool.count).fill(meanOf(pool)));
  return means.map((mean, at) => mean + offsets[at]);
}

const meanOf = ({ sum, count }: { readonly sum: number; readonly count: number }): number => sum / count;
