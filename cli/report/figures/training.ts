import type { Result } from '@memloom/sim-core';
import type { Figure, Series } from '../chart/figure.ts';
import { extent } from '../chart/scale.ts';

/** The loss of each epoch, on a logarithmic axis where it spans more than a decade. */
export function trainingFigures(result: Result, loss: string): readonly Figure[] {
  const { training } = result;
  if (training.loss.length === 0) return [];
  const curves: readonly Series[] = [
    { name: 'training', colour: 0, mark: 'line', ...curve(training.loss) },
    { name: 'validation', colour: 1, mark: 'line', ...curve(training.validationLoss) },
  ];
  const values = [...training.loss, ...training.validationLoss].filter((value) => value > 0);
  const [low, high] = extent(values);
  return [
    {
      id: 'training',
      title: 'Training',
      caption: `Loss after each of ${training.loss.length} epochs.`,
      x: { label: 'Epoch', unit: '', whole: true },
      y: { label: `Loss (${loss}, scaled data)`, unit: '', scale: high > 10 * low ? 'log' : 'linear' },
      series: curves.filter((series) => series.x.length > 0),
    },
  ];
}

const curve = (values: Float64Array) => ({
  x: Array.from(values, (_, epoch) => epoch + 1),
  y: Array.from(values, (value) => (value > 0 ? value : null)),
});
