import type { CircuitPhase } from '@memloom/sim-core';
import { quantity } from '../result/number.ts';
import { escapeHtml } from './html.ts';

const width = 720;
const left = 190;
const rowHeight = 22;

/**
 * One time step: for each signal that is sampled or read, the level of its switch, closed during its phase. A tick
 * marks what the phase needs to settle.
 */
export function timingDiagram(phases: readonly CircuitPhase[]): string {
  const total = phases.reduce((sum, { duration }) => sum + duration, 0);
  const at = (seconds: number) => left + ((width - left - 10) * seconds) / total;
  const starts = phases.map((_, k) => phases.slice(0, k).reduce((sum, { duration }) => sum + duration, 0));
  const rows = phases.flatMap(({ ends }, phase) => ends.map((name) => ({ name, phase })));
  const height = rows.length * rowHeight + 30;
  const lines = rows.map(({ name, phase }, row) => {
    const low = (row + 1) * rowHeight - 4;
    const high = low - rowHeight + 10;
    const [from, to] = [at(starts[phase]), at(starts[phase] + phases[phase].duration)];
    const needed = at(starts[phase] + Math.min(phases[phase].needed, total));
    const level = `M${left} ${low}H${number(from)}V${high}H${number(to)}V${low}H${width - 10}`;
    return (
      `<text x="${left - 8}" y="${low}" text-anchor="end">${escapeHtml(name)}</text>` +
      `<path d="${level}" fill="none" stroke="currentColor"/>` +
      `<path d="M${number(Math.min(needed, width - 10))} ${high - 2}v6" stroke="currentColor" stroke-width="2"/>`
    );
  });
  const marks = starts.map(
    (start) =>
      `<text x="${number(at(start))}" y="${height - 8}" text-anchor="middle">${escapeHtml(quantity(start, 's'))}</text>`,
  );
  return (
    `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Timing diagram of one time step" font-size="11" fill="currentColor">` +
    `${lines.join('')}${marks.join('')}</svg><figcaption>Switches during one time step of ${escapeHtml(quantity(total, 's'))}; a tick marks what the phase needs to settle.</figcaption></figure>`
  );
}

const number = (value: number): string => value.toFixed(1);
