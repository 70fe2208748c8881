/**
 * `npm run fuzz -- [--count N] [--seed S] [--from I]`: N wounded texts, each parsed, linked, checked and asked about with
 * every feature of the server at random positions. Nothing may throw; a text that takes longer than the limit counts as
 * a hang. The same seed gives the same texts: `--seed S --from I --count 1` repeats one.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { mutated } from './mutate.ts';
import { sources } from './sources.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20261125' },
    from: { type: 'string', default: '0' },
  },
});
const [count, seed, first] = [Number(values.count), Number(values.seed), Number(values.from)];
if (![count, seed, first].every(Number.isSafeInteger))
  throw new Error('--count, --seed and --from take whole numbers.');

const limitSeconds = 20;
const failures: { index: number; reason: string }[] = [];
let slowest = { index: first, milliseconds: 0 };
const started = performance.now();

console.log(`${count} texts out of ${sources.length} sources, seed ${seed}`);
for (let from = first; from < first + count; ) from = await examineFrom(from);
const seconds = (performance.now() - started) / 1000;
console.log(
  `${count} texts, seed ${seed}: ${failures.length} failures in ${seconds.toFixed(0)} s; the slowest was ${slowest.index} with ${slowest.milliseconds.toFixed(0)} ms`,
);
for (const { index, reason } of failures.slice(0, 20))
  console.log(
    `\n--seed ${seed} --from ${index} --count 1\n${reason}\n${JSON.stringify(mutated(sources, seed, index))}`,
  );
process.exitCode = failures.length === 0 ? 0 : 1;

/** Examines until the end or until a text hangs; gives the index to go on with. */
function examineFrom(from: number): Promise<number> {
  const file = fileURLToPath(new URL('worker.mjs', import.meta.url));
  const worker = new Worker(file, { workerData: { from, to: first + count, seed, sources } });
  let next = from;
  return new Promise((resolve, reject) => {
    let watchdog = setTimeout(hang, limitSeconds * 1000);
    function hang(): void {
      failures.push({ index: next, reason: `No answer within ${limitSeconds} s.` });
      worker.removeAllListeners('exit');
      void worker.terminate().then(() => resolve(next + 1));
    }
    worker.on('message', ({ index, milliseconds, failure }) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(hang, limitSeconds * 1000);
      next = index + 1;
      if (failure !== undefined) failures.push({ index, reason: failure });
      if (milliseconds > slowest.milliseconds) slowest = { index, milliseconds };
      if ((index - first + 1) % 5000 === 0)
        console.log(
          `${index - first + 1} texts, ${failures.length} failures, ${((performance.now() - started) / 1000).toFixed(0)} s`,
        );
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(watchdog);
      resolve(first + count);
    });
  });
}
