import type { HardwareDesign, Redraw } from '../design/design.ts';
import { type RandomStream, randomStream } from '../math/random.ts';
import type { Draw } from '../program/realisation.ts';

/** From what stays longest to what changes first. */
const lasting: readonly Redraw[] = ['chip', 'writing', 'reading'];

/**
 * The stream of each kind of error. What `redraw` says changes is named by one number of the trial's, so that no kind
 * depends on how much another draws; the rest by the seed and the hardware.
 */
export function drawStreams(
  { name, redraw }: HardwareDesign,
  { seed, trial }: Draw,
): (level: Redraw, kind: string) => RandomStream {
  const number = trial.uniform();
  return (level, kind) =>
    lasting.indexOf(level) >= lasting.indexOf(redraw)
      ? randomStream(number, kind)
      : randomStream(seed, 'chip', name, kind);
}
