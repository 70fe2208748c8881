import { type Outcome, success } from '../design/problem.ts';
import {
  type Programmable,
  type ProgrammingOptions,
  programmableDevice,
  programmablePulsed,
} from '../devices/programming.ts';
import type { Bench } from './characterize.ts';
import type { Subject } from './subject.ts';

/** One device under pulses, and the state that it starts from. */
export interface Specimen {
  readonly device: Programmable<ArrayLike<number>>;
  readonly initial: ArrayLike<number>;
}

/** Draws a device of a stimulus; with parameters that vary from pulse to pulse it is drawn anew for each. */
export function specimen(
  { subject, vRead }: Bench,
  stimulus: { readonly name: string; readonly gap: number },
  number: number,
  options: ProgrammingOptions = {},
): Outcome<Specimen> {
  if (subject.kind === 'pulses') return pulsedSpecimen(subject, stimulus.name, number);
  const drawn = subject.draw(stimulus.name, number);
  if (!drawn.ok) return drawn;
  const initial = subject.initial(drawn.value);
  if (!initial.ok) return initial;
  const programmable = (device: typeof drawn.value) =>
    programmableDevice(subject.name, device, vRead, { ...options, gap: stimulus.gap });
  const fixed = programmable(drawn.value);
  if (!subject.variesWithPulses) return success({ device: fixed, initial: initial.value });
  let count = 0;
  return success({
    initial: initial.value,
    device: {
      conductance: fixed.conductance,
      pulse(states, pulse) {
        const next = subject.draw(stimulus.name, number, ++count);
        if (!next.ok) return next;
        const { states: bounds } = next.value;
        const within = Float64Array.from(states, (value, i) =>
          Math.min(Math.max(value, bounds[i].low), bounds[i].high),
        );
        return programmable(next.value).pulse(within, pulse);
      },
    },
  });
}

/** A pulse-update model has one state, its weight or conductance. */
function pulsedSpecimen(subject: Subject, stimulus: string, number: number): Outcome<Specimen> {
  const drawn = subject.drawPulsed(stimulus, number);
  if (!drawn.ok) return drawn;
  const inner = programmablePulsed(drawn.value, subject.stream(stimulus, number));
  return success({
    initial: [drawn.value.initial],
    device: {
      conductance: ({ 0: state }) => inner.conductance(state),
      pulse({ 0: state }, pulse) {
        const next = inner.pulse(state, pulse);
        return next.ok ? success([next.value]) : next;
      },
    },
  });
}
