/**
 * The traces as the page holds them: columns of little-endian float32 in base64, four bytes for a value, and only so
 * many samples as the report has room for.
 */
export interface Waveforms {
  readonly runs: readonly string[];
  /** Names of the signals without run and unit, such as `rnn.c`. */
  readonly signals: readonly string[];
  readonly columns: readonly WaveformColumn[];
  readonly sample: string;
  readonly step: string;
  readonly samples: number;
  /** Samples of the whole trace; `traces.csv` has them all. */
  readonly allSamples: number;
}

export interface WaveformColumn {
  readonly run: string;
  readonly signal: string;
  /** Index within the signal, for example which of the cell's units. */
  readonly index: number;
  /** SI unit, `1` for a plain number. */
  readonly unit: string;
  readonly values: string;
}
