import type { CharacterizationDesign, Design, StimulusDesign } from '../design/design.ts';
import { readVoltageOf } from '../design/override.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { named } from '../run/plan.ts';
import type { Analysis } from './analysis.ts';
import { prepareProgramming } from './programming.ts';
import { preparePulses } from './pulses.ts';
import { type Subject, subjectOf } from './subject.ts';
import { prepareWave } from './wave.ts';

/** What every stimulus is given. */
export interface Bench {
  readonly subject: Subject;
  readonly vRead: number;
  /** Begins the names of tables and measurements: `HfO2.sine`. */
  readonly name: string;
}

/** Each stimulus of a characterisation, ready to run. */
export function prepareCharacterization(
  design: Design,
  analysis: CharacterizationDesign,
  seed: number,
): Outcome<readonly Analysis[]> {
  const { device: name, origin, stimuli } = analysis;
  const device = named(design.devices, name, 'device', origin);
  if (!device.ok) return device;
  const subject = subjectOf(device.value, analysis, seed);
  if (!subject.ok) return subject;
  const probe = subject.value.draw('', 0);
  if (!probe.ok) return probe;
  const initial = subject.value.initial(probe.value);
  if (!initial.ok) return failure(...initial.problems.map((problem) => ({ origin, ...problem })));
  const unfit = stimuli.filter((stimulus) => !fits(subject.value.kind, stimulus));
  if (unfit.length > 0)
    return failure(...unfit.map((stimulus) => unfitProblem(stimulus, name, device.value.model)));
  return success(
    stimuli.map((stimulus) =>
      prepareStimulus(stimulus, {
        subject: subject.value,
        vRead: analysis.vRead ?? (readVoltageOf(design, name) || 0.1),
        name: `${analysis.name}.${stimulus.name}`,
      }),
    ),
  );
}

/** Pulse-update models know pulses alone, statistical ones how programming to a target ends. */
const fits = (kind: Subject['kind'], stimulus: StimulusDesign): boolean =>
  kind === 'compact' || stimulus.kind === 'program' || (kind === 'pulses' && stimulus.kind === 'pulses');

const unfitProblem = ({ kind, origin }: StimulusDesign, device: string, model: string): Problem => ({
  code: 'analysis.stimulus',
  message: `${device} is of model ${model}, which says nothing of a ${kind === 'pulses' ? 'train of pulses' : kind}.`,
  hint: 'Pulse-update models take pulses and program, statistical models program alone.',
  origin,
});

function prepareStimulus(stimulus: StimulusDesign, bench: Bench): Analysis {
  switch (stimulus.kind) {
    case 'sine':
    case 'triangle':
      return prepareWave(stimulus, bench);
    case 'pulses':
      return preparePulses(stimulus, bench);
    case 'program':
      return prepareProgramming(stimulus, bench);
  }
}
