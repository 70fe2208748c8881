/** The script that a report carries: cursors on its figures, and the choice of waveforms. */
import type { Figure } from '../chart/figure.ts';
import { figureElement } from '../figure-element.ts';
import type { Waveforms } from '../waveform-data.ts';
import { attachCursor } from './cursor.ts';
import { everyRun, waveformFigures } from './waveform-figure.ts';

const data = <T>(id: string): T | undefined => {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
};

function attachCursors(scope: ParentNode, figures: readonly Figure[]): void {
  for (const figure of figures) {
    const element = scope.querySelector(`figure#${figure.id}`);
    if (element) attachCursor(element, figure);
  }
}

function select(id: string): HTMLSelectElement | undefined {
  const element = document.getElementById(id);
  return element instanceof HTMLSelectElement ? element : undefined;
}

function attachWaveforms(waveforms: Waveforms): void {
  const target = document.getElementById('waveform-figures');
  const [signal, index, run, sample] = ['signal', 'index', 'run', 'sample'].map((name) =>
    select(`waveform-${name}`),
  );
  if (!target || !signal || !index || !run || !sample) return;

  /** Signals differ in how many elements they have. */
  const offerIndices = () => {
    const count = waveforms.columns.filter(
      (column) => column.run === waveforms.runs[0] && column.signal === signal.value,
    );
    const standing = index.value;
    index.replaceChildren(
      new Option('all', 'all'),
      ...count.map((column) => new Option(String(column.index))),
    );
    index.value =
      count.some((column) => String(column.index) === standing) || standing === 'all' ? standing : '0';
  };
  const draw = () => {
    const number = (text: string) => (text === 'all' ? 'all' : Number(text));
    const figures = waveformFigures(waveforms, {
      signal: signal.value,
      index: number(index.value),
      run: run.value || everyRun,
      sample: number(sample.value),
    });
    target.innerHTML = figures.map(figureElement).join('');
    attachCursors(target, figures);
  };
  signal.addEventListener('change', offerIndices);
  for (const control of [signal, index, run, sample]) control.addEventListener('change', draw);
  offerIndices();
  draw();
}

attachCursors(document, data<readonly Figure[]>('figures') ?? []);
const waveforms = data<Waveforms>('waveforms');
if (waveforms) attachWaveforms(waveforms);
