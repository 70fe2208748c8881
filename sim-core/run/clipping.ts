import type { Problem } from '../design/problem.ts';
import type { LayerConverter } from '../hardware/converters.ts';
import type { BatchObserver, Probe } from './inference.ts';

/** Counts what converters clip. */
export interface ClippingCount {
  /** Signals to record. */
  readonly probes: readonly Probe[];
  readonly observe: BatchObserver;
  /** Once all batches of a trial have been observed. */
  warnings(hardware: string): readonly Problem[];
}

interface Tally {
  clipped: number;
  total: number;
}

export function clippingCount(converters: readonly LayerConverter[]): ClippingCount {
  const tallies = converters.map((converter) => ({ converter, clipped: 0, total: 0 }));
  return {
    probes: converters.map(({ layer, signal }) => ({ layer, signal })),
    observe(samples, batch, recorded) {
      for (const tally of tallies) {
        const { values } = recorded(tally.converter);
        for (let at = 0; at < values.length; at++) {
          // A batch that is not full repeats its first sample.
          if (at % batch >= samples.length) continue;
          tally.total++;
          if (values[at] > 0) tally.clipped++;
        }
      }
    },
    warnings: (hardware) =>
      (['input', 'output'] as const).flatMap((role) => {
        const own = tallies.filter(({ converter }) => converter.role === role);
        return own.some(({ clipped }) => clipped > 0) ? [clips(hardware, own)] : [];
      }),
  };
}

const shareOf = ({ clipped, total }: Tally): number => clipped / total;
const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;

function clips(
  hardware: string,
  tallies: readonly (Tally & { readonly converter: LayerConverter })[],
): Problem {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const worst = tallies.reduce((most, tally) => (shareOf(tally) > shareOf(most) ? tally : most));
  const { role, block, layer, place } = worst.converter;
  const share = percent(sum(({ clipped }) => clipped) / sum(({ total }) => total));
  return {
    code: 'hardware.converter-clips',
    message: `The ${role} converters "${block}" of "${hardware}" clip ${share} of their values in the first trial; most of "${place}" in layer "${layer}": ${percent(shareOf(worst))}.`,
    hint: 'Widen their range, or lower the scale.',
  };
}
