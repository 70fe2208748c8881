/** Something to time: one call does `work` units. */
export interface Contestant {
  readonly name: string;
  readonly work: number;
  run(): void | Promise<void>;
}

const roundSeconds = 0.05;
const rounds = 9;

/**
 * Seconds per unit of work of each: the median over rounds in which all take turns, so that what else the machine does
 * hits all alike.
 */
export async function measure(contestants: readonly Contestant[]): Promise<readonly number[]> {
  const calls: number[] = [];
  for (const contestant of contestants) {
    await time(contestant, 3);
    const once = await time(contestant, 3);
    calls.push(Math.max(1, Math.ceil((3 * roundSeconds) / once)));
  }
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, contestant] of contestants.entries())
      times[i].push((await time(contestant, calls[i])) / (calls[i] * contestant.work));
  return times.map((values) => values.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
}

async function time(contestant: Contestant, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    // Awaiting what is no promise would charge ours for the microtask queue.
    const pending = contestant.run();
    if (pending) await pending;
  }
  return (performance.now() - start) / 1000;
}
