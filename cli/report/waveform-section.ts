import { escapeHtml } from './html.ts';
import type { Waveforms } from './waveform-data.ts';

/** The controls of the waveforms; the page's script fills in the figures. */
export function waveformSection(waveforms: Waveforms): string {
  const { allSamples, samples } = waveforms;
  const shown =
    samples < allSamples
      ? `The first ${samples} of ${allSamples} test samples; traces.csv has them all.`
      : `${samples} test ${samples === 1 ? 'sample' : 'samples'}, first trial.`;
  const numbers = Array.from({ length: samples }, (_, sample) => String(sample));
  // One long sample says more alone; short ones say more one after the other.
  const everySample = ['all', ...numbers];
  const sampleOptions = waveforms.step.length / samples > 200 ? [...numbers, 'all'] : everySample;
  return (
    `<section><h2>Waveforms of the cells</h2><p class="controls">` +
    choice('signal', 'Signal', waveforms.signals) +
    choice('index', 'Element', ['0']) +
    choice('run', 'Network', ['all', ...waveforms.runs]) +
    choice('sample', 'Sample', sampleOptions) +
    `</p><div id="waveform-figures" aria-live="polite"></div>` +
    `<p>${escapeHtml(shown)}</p><noscript><p>Waveforms are drawn by a script; traces.csv has their values.</p></noscript></section>`
  );
}

function choice(id: string, label: string, options: readonly string[]): string {
  const items = options.map((option) => `<option>${escapeHtml(option)}</option>`).join('');
  return `<label for="waveform-${id}">${label} <select id="waveform-${id}">${items}</select></label>`;
}
