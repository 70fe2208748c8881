import type { Result, ResultTable } from '@memloom/sim-core';
import type { Figure } from '../chart/figure.ts';

/** Waveforms in nanoseconds: a figure for each recorded signal, its units in one. */
export function transientFigures({ transients, tables }: Result): readonly Figure[] {
  return transients.flatMap(({ hardware, table: id, steps }) => {
    const waves = tables.find((table) => table.id === id);
    return waves ? signalFigures(waves, hardware, steps) : [];
  });
}

function signalFigures(
  { columns: [time, ...waves] }: ResultTable,
  hardware: string,
  steps: number,
): readonly Figure[] {
  const signals = [...new Set(waves.map(({ name }) => name.replace(/\[\d+\]$/, '')))];
  const x = Array.from(time.values, (seconds) => seconds * 1e9);
  return signals.map((signal) => {
    const units = waves.filter(({ name }) => name.replace(/\[\d+\]$/, '') === signal);
    return {
      id: `transient-${hardware}-${signal}`,
      title: `${signal} on ${hardware}`,
      caption: `Voltage of ${units.length === 1 ? 'the one unit' : `${units.length} units`} over ${steps} time ${steps === 1 ? 'step' : 'steps'}.`,
      x: { label: 'Time', unit: 'ns' },
      y: { label: signal, unit: units[0].unit },
      series: units.map(({ name, values }, unit) => ({
        name,
        colour: unit,
        mark: 'line' as const,
        x,
        y: Array.from(values),
      })),
    };
  });
}
