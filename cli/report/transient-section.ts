import { type Result, signOffLimit, type TransientResult } from '@memloom/sim-core';
import { quantity, significant } from '../result/number.ts';
import { escapeHtml, table } from './html.ts';
import { timingDiagram } from './timing-diagram.ts';

/** For each hardware: the schedule of a time step, how near settled values come, where the energy goes. */
export function transientSections({ transients }: Result): string {
  return transients
    .map(
      (transient) =>
        `<section class="tables"><h2>Transient on ${escapeHtml(transient.hardware)}</h2>` +
        `${timingDiagram(transient.schedule)}${schedule(transient)}${settled(transient)}${energy(transient)}${signedOff(transient)}</section>`,
    )
    .join('\n');
}

/** Of each signal the unit that another simulator sees most differently. */
function signedOff({ signOff }: TransientResult): string {
  if (!signOff) return '';
  const worst = new Map<string, { name: string; error: number }>();
  for (const probe of signOff.probes) {
    const signal = probe.name.replace(/\[\d+\]$/, '');
    if (probe.error >= (worst.get(signal)?.error ?? 0)) worst.set(signal, probe);
  }
  return table(
    `Sign-off: the same circuit in ${signOff.engine}. Largest difference of the waveforms, relative to the swing of the signal; at most ${100 * signOffLimit} % agrees.`,
    [{ heading: 'Signal' }, { heading: 'Difference', numeric: true }, { heading: 'Agrees' }],
    [...worst.values()].map(({ name, error }) => [
      name,
      `${significant(100 * error, 3)} %`,
      error <= signOffLimit ? 'yes' : 'no',
    ]),
  );
}

const schedule = ({ schedule: phases }: TransientResult): string =>
  table(
    'Phases of a time step, each until what is named is sampled or read; the slowest way decides what a phase needs.',
    [
      { heading: 'Phase' },
      { heading: 'Duration', numeric: true },
      { heading: 'Needed', numeric: true },
      { heading: 'Slowest way' },
    ],
    phases.map(({ name, duration, needed, path }) => [
      name,
      quantity(duration, 's'),
      quantity(needed, 's'),
      path
        .filter(({ seconds }) => seconds > 0)
        .map((link) => `${link.name} ${quantity(link.seconds, 's')}`)
        .join(', '),
    ]),
  );

/** The unit of each signal that is farthest from the behavioural fidelity. */
function settled({ settled: signals, scale }: TransientResult): string {
  const worst = new Map<string, { settled: number; behavioural: number; step: number; name: string }>();
  for (const { name, settled: values, behavioural } of signals) {
    const signal = name.replace(/\[\d+\]$/, '');
    values.forEach((value, step) => {
      const known = worst.get(signal);
      const far = Math.abs(value - behavioural[step]);
      if (!known || far > Math.abs(known.settled - known.behavioural))
        worst.set(signal, { settled: value, behavioural: behavioural[step], step, name });
    });
  }
  return table(
    `Settled values beside the behavioural fidelity: of each signal the unit and time step that differ most. The difference is relative to ${quantity(scale, 'V')}.`,
    [
      { heading: 'Signal' },
      { heading: 'Time step', numeric: true },
      { heading: 'Settled', numeric: true },
      { heading: 'Behavioural', numeric: true },
      { heading: 'Difference', numeric: true },
    ],
    [...worst.values()].map(({ name, step, settled: value, behavioural }) => [
      name,
      String(step),
      quantity(value, 'V'),
      quantity(behavioural, 'V'),
      significant(Math.abs(value - behavioural) / scale),
    ]),
  );
}

/** Means over the time steps: of each phase, and of each circuit. */
function energy({ energy: of, schedule: phases, steps }: TransientResult): string {
  const { elements, supplied, dissipated, supplies, areas } = of;
  const n = elements.length;
  const joules = (counts: (interval: number, element: number) => boolean) =>
    [supplied, dissipated, supplies].map((values) => {
      const sum = values.reduce(
        (total, value, k) => (counts(Math.floor(k / n), k % n) ? total + value : total),
        0,
      );
      return quantity(sum / steps, 'J');
    });
  const headings = [
    { heading: 'By signals', numeric: true },
    { heading: 'Turned into heat', numeric: true },
    { heading: 'By supplies', numeric: true },
  ];
  const byPhase = table(
    'Energy of a time step, mean over the time steps: of the signals in crossbars and capacitors, and of the supplies as far as blocks state their power.',
    [{ heading: 'Phase' }, ...headings],
    phases.map(({ name }, phase) => [name, ...joules((interval) => interval % phases.length === phase)]),
  );
  const byCircuit = table(
    'The same by circuit, with the area that blocks state.',
    [{ heading: 'Circuit' }, ...headings, { heading: 'Area', numeric: true }],
    elements.map((name, element) => [
      name,
      ...joules((_, number) => number === element),
      areas[element] > 0 ? `${significant(1e12 * areas[element], 3)} µm²` : '',
    ]),
  );
  return byPhase + byCircuit;
}
