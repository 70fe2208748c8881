import type { WriteStream } from 'node:tty';
import type { RunProgress } from '@memloom/sim-core';
import { significant } from '../result/number.ts';

/** A line that says how far a run is, on a terminal; nothing elsewhere. */
export interface ProgressLine {
  update(progress: RunProgress): void;
  clear(): void;
}

const silent: ProgressLine = { update() {}, clear() {} };

/** How long a line stands before it is drawn anew, in milliseconds. */
const period = 80;

export function progressLine(name: string, stream: WriteStream, now: () => number = Date.now): ProgressLine {
  if (!stream.isTTY) return silent;
  const started = now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(progress) {
      if (now() - drawn < period) return;
      drawn = now();
      stream.write(`\r\u001b[K${progressText(name, progress, drawn - started, stream.columns || 80)}`);
    },
    clear() {
      if (drawn > Number.NEGATIVE_INFINITY) stream.write('\r\u001b[K');
    },
  };
}

/** One line of at most so many columns: bar, percentage, phase, loss, remaining time. */
export function progressText(name: string, progress: RunProgress, elapsed: number, columns: number): string {
  const { phase, detail, fraction, loss } = progress;
  const width = 20;
  const full = Math.round(width * Math.min(1, Math.max(0, fraction)));
  const parts = [
    `${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.floor(100 * fraction)).padStart(3)} %`,
    `${name}: ${phase}${detail === '' ? '' : ` ${detail}`}`,
    ...(loss === undefined ? [] : [`loss ${significant(loss, 3)}`]),
    ...remaining(fraction, elapsed),
  ];
  return parts.join('  ').slice(0, Math.max(0, columns - 1));
}

/** Nothing until there is enough to judge by. */
function remaining(fraction: number, elapsed: number): readonly string[] {
  if (fraction < 0.02 || elapsed < 500) return [];
  const seconds = Math.ceil((elapsed * (1 - fraction)) / fraction / 1000);
  return [seconds >= 90 ? `${Math.round(seconds / 60)} min left` : `${seconds} s left`];
}
