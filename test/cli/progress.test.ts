import { expect, it } from 'vitest';
import { progressText } from '../../cli/terminal/progress.ts';

const progress = { phase: 'train', detail: 'epoch 25 of 100', fraction: 0.25, loss: 0.0123456 } as const;

it('says how far a run is, its loss, and how long it still takes', () => {
  expect(progressText('forecast', progress, 10_000, 120)).toBe(
    '█████░░░░░░░░░░░░░░░  25 %  forecast: train epoch 25 of 100  loss 0.0123  30 s left',
  );
});

it('counts long waits in minutes, and does not guess at the beginning', () => {
  expect(progressText('forecast', { ...progress, fraction: 0.05 }, 20_000, 120)).toMatch(/6 min left$/);
  expect(progressText('forecast', { ...progress, fraction: 0.001 }, 5, 120)).toMatch(/loss 0\.0123$/);
});

it('never exceeds the width of the terminal, so that it stays on one line', () => {
  for (const columns of [1, 20, 40, 80]) {
    expect(progressText('forecast', progress, 10_000, columns).length).toBeLessThan(Math.max(1, columns));
  }
});
