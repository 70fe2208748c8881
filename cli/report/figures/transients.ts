import type { Result, ResultTable, TransientResult } from '@memloom/sim-core';
import type { Figure } from '../chart/figure.ts';

/** Waveforms in nanoseconds: a figure for each recorded signal, its units in one. */
export function transientFigures({ transients, tables }: Result): readonly Figure[] {
  return transients.flatMap((transient) => {
    const waves = tables.find(({ id }) => id === transient.table);
    return waves ? signalFigures(waves, transient) : [];
  });
}

function signalFigures(
  { columns: [time, ...waves] }: ResultTable,
  { hardware, steps, signOff }: TransientResult,
): readonly Figure[] {
  const signals = [...new Set(waves.map(({ name }) => name.replace(/\[\d+\]$/, '')))];
  const x = Array.from(time.values, (seconds) => seconds * 1e9);
  return signals.map((signal) => {
    const units = waves.filter(({ name }) => name.replace(/\[\d+\]$/, '') === signal);
    return {
      id: `transient-${hardware}-${signal}`,
      title: `${signal} on ${hardware}`,
      caption: `Voltage of ${units.length === 1 ? 'the one unit' : `${units.length} units`} over ${steps} time ${steps === 1 ? 'step' : 'steps'}${signOff ? `, dashed as ${signOff.engine} has it` : ''}.`,
      x: { label: 'Time', unit: 'ns' },
      y: { label: signal, unit: units[0].unit },
      series: units.flatMap(({ name, values }, unit) => {
        const line = { name, colour: unit, mark: 'line' as const, x, y: Array.from(values) };
        const other = signOff?.probes.find((probe) => probe.name === name);
        if (!other) return [line];
        const reference = { name: `${name} in ngspice`, colour: 'ink' as const, mark: 'dashed' as const, x };
        return [line, { ...reference, y: Array.from(other.values) }];
      }),
    };
  });
}
