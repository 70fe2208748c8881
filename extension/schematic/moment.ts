import type { Design } from '@memloom/sim-core';
import type { SeriesSummary } from '../results/series.ts';
import { inlineText, type SignalValue, signalName } from '../values/locate.ts';
import { formatQuantity } from '../webview/numbers.ts';
import type { Moment } from './messages.ts';

/** What a schematic shows of the moment at the cursor of the waveforms: values of its own realisation, and the phase. */
export function momentOf(
  design: Design,
  experiment: string,
  hardware: string | undefined,
  { id, columns }: SeriesSummary,
  values: ArrayLike<number>,
  lanes: ReadonlyMap<string, string>,
): Moment {
  const found = new Map<string, SignalValue[]>();
  for (const [at, { name, unit }] of columns.entries()) {
    const signal = signalName(design, experiment, name);
    if (signal === undefined || !isShown(signal.run, id, hardware)) continue;
    const key = `${signal.layer}.${signal.signal}`;
    found.set(key, [...(found.get(key) ?? []), { trace: `${key}[0]`, unit, value: values[at] }]);
  }
  const texts = [...found].map(([key, own]) => [key, withoutName(inlineText(own, formatQuantity))]);
  const phase = lanes.get('phase') ?? '';
  return {
    text: [...lanes].map(([name, label]) => `${name} ${label}`).join(', '),
    active: phase === '' ? [] : phase.split(' + ').map((end) => end.replace(/\[\d+\]$/, '')),
    values: Object.fromEntries(texts.filter(([, text]) => text !== '')),
  };
}

/** Traces name their run; a transient is of the one hardware that it is named after. */
const isShown = (run: string, series: string, hardware: string | undefined): boolean =>
  run === '' ? series === `transient:transient.${hardware}` : run === (hardware ?? 'ideal');

/** The text begins with the name of what it is about, which stands in the box already. */
const withoutName = (text: string): string => text.slice(text.indexOf(' ') + 1);
