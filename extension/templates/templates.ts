import classifier from './classifier.loom';
import device from './device.loom';
import load from './forecast.csv';
import forecast from './forecast.loom';

/** A first text to begin from, with the data that it reads. */
export interface Template {
  readonly name: string;
  readonly description: string;
  /** By file name; the first one is opened. */
  readonly files: Readonly<Record<string, string>>;
}

export const templates: readonly Template[] = [
  {
    name: 'Forecast',
    description: 'an LSTM in a memristor crossbar forecasts a seasonal load',
    files: { 'forecast.loom': forecast, 'forecast.csv': load },
  },
  {
    name: 'Classifier',
    description: 'an LSTM tells normal from abnormal sensor traces, which are synthetic',
    files: { 'classifier.loom': classifier },
  },
  {
    name: 'Device',
    description: 'loops and pulses of a memristor, without a network',
    files: { 'device.loom': device },
  },
];
