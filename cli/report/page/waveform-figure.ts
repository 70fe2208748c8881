import type { Figure, Series } from '../chart/figure.ts';
import type { WaveformColumn, Waveforms } from '../waveform-data.ts';

/** What the reader chose to see. */
export interface WaveformChoice {
  readonly signal: string;
  /** Index within the signal, or all of them. */
  readonly index: number | 'all';
  readonly run: string;
  /** The sample's number, or all samples one after the other. */
  readonly sample: number | 'all';
}

export const everyRun = 'all';

/** One figure for each unit: an axis is shared only by signals of the same unit. */
export function waveformFigures(waveforms: Waveforms, choice: WaveformChoice): readonly Figure[] {
  const chosen = waveforms.columns.filter(
    ({ signal, index, run }) =>
      signal === choice.signal &&
      (choice.index === 'all' || index === choice.index) &&
      (choice.run === everyRun || run === choice.run),
  );
  const units = [...new Set(chosen.map((column) => column.unit))];
  return units.map((unit) => {
    const columns = chosen.filter((column) => column.unit === unit);
    const name = choice.index === 'all' ? choice.signal : `${choice.signal}[${choice.index}]`;
    return {
      id: `waveform-${unit.replace(/\W+/g, '')}`,
      title: name,
      caption: captionOf(name, columns, choice),
      x: {
        label: choice.sample === 'all' ? 'Time step, samples one after the other' : 'Time step',
        unit: '',
        whole: true,
      },
      y: { label: name, unit: unit === '1' ? '' : unit },
      series: columns.map((column) => seriesOf(waveforms, column, choice)),
    };
  });
}

function captionOf(name: string, columns: readonly WaveformColumn[], { sample }: WaveformChoice): string {
  const runs = [...new Set(columns.map((column) => column.run))].join(', ');
  return `${name} of ${runs} in ${sample === 'all' ? 'all samples shown' : `sample ${sample}`}.`;
}

function seriesOf(waveforms: Waveforms, column: WaveformColumn, choice: WaveformChoice): Series {
  const samples = unpack(waveforms.sample);
  const steps = unpack(waveforms.step);
  const values = unpack(column.values);
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (let row = 0; row < values.length; row++) {
    if (choice.sample !== 'all' && samples[row] !== choice.sample) continue;
    // The state starts anew with each sample, so its line is interrupted there.
    if (y.length > 0 && samples[row] !== samples[row - 1]) {
      x.push(row);
      y.push(null);
    }
    x.push(choice.sample === 'all' ? row : steps[row]);
    y.push(values[row]);
  }
  return {
    name: seriesName(column, choice),
    colour: colourOf(waveforms, column, choice),
    mark: 'line',
    x,
    y,
  };
}

const seriesName = ({ run, index }: WaveformColumn, choice: WaveformChoice): string =>
  choice.index === 'all' ? `${run} [${index}]` : run;

/** Units tell apart what one run shows; otherwise a run keeps the colour that it has everywhere. */
const colourOf = (waveforms: Waveforms, { run, index }: WaveformColumn, choice: WaveformChoice): number =>
  choice.index === 'all' && choice.run !== everyRun ? index : waveforms.runs.indexOf(run);

export function unpack(base64: string): readonly number[] {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
}
