import { describe, expect, it } from 'vitest';
import { record } from '../../../sim-core/run/record.ts';
import type { Recording, RecordRequest } from '../../../sim-core/run/recording.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineRequest } from './airline-design.ts';

const base = airlineRequest({ train: { epochs: 2 } });
const request = (changes: Partial<RecordRequest> = {}): RecordRequest => ({
  ...base,
  sample: 0,
  trial: 0,
  ...changes,
});

function recordingOf(of: RecordRequest): Recording {
  const outcome = record(of);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.value;
}

const whole = run({ ...base, trials: 1 });
if (!whole.ok) throw new Error(whole.problems[0].message);
const { traces } = whole.value;

/** What the run's waveforms say of a sample: [step][unit] of a signal. */
function traced(name: string, sample: number): readonly number[] {
  const columns = traces.columns.filter((column) => column.name.startsWith(`${name}[`));
  return [...traces.sample.keys()]
    .filter((row) => traces.sample[row] === sample)
    .flatMap((row) => columns.map(({ values }) => values[row]));
}

describe('A recorded inference', () => {
  it.each([
    ['ideal', undefined],
    ['VoltageMode', 'VoltageMode'],
    ['CurrentMode', 'CurrentMode'],
  ])('has the bits of the waveforms of the run, with its noise: %s', (name, hardware) => {
    const { signals, steps } = recordingOf(request({ hardware, sample: 17 }));
    const compared = signals.filter(({ layer }) => layer === 'rnn');
    expect(compared.map(({ signal }) => signal)).toEqual(
      hardware ? ['i', 'f', 'z', 'o', 'c', 'h'] : ['i', 'f', 'z', 'c', 'o', 'h'],
    );
    for (const { signal, values, size } of compared) {
      expect(values.length).toBe(steps * size);
      expect([...values]).toEqual(traced(`${name}.rnn.${signal}`, 17));
    }
  });

  it('has other errors in another trial, and the same ones whenever it is asked for', () => {
    const at = (trial: number) => recordingOf(request({ hardware: 'VoltageMode', trial })).signals;
    expect(at(3)).toEqual(at(3));
    expect(at(3)).not.toEqual(at(0));
  });

  it('puts every signal on hardware into a phase, in the order of evaluation', () => {
    const { phases, signals, withoutPhases } = recordingOf(request({ hardware: 'VoltageMode' }));
    expect(withoutPhases).toBeUndefined();
    expect(phases.length).toBeGreaterThan(1);
    const order = signals.map(({ phase }) => phase ?? Number.NaN);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const sampled = signals.find(({ signal }) => signal === 'c');
    expect(phases[sampled?.phase ?? -1].name).toContain('rnn.c');
  });

  it('ends where a value is not finite, and holds finite values alone', () => {
    const { design } = base;
    const cells = design.cells.map((cell) => ({
      ...cell,
      equations: cell.equations.map((equation) =>
        equation.name === 'z'
          ? {
              ...equation,
              value: { op: 'unary' as const, fn: 'ln' as const, of: { op: 'number' as const, value: -1 } },
            }
          : equation,
      ),
    }));
    const experiments = design.experiments.map((one) => ({ ...one, train: undefined }));
    const { end, signals } = recordingOf(request({ design: { ...design, cells, experiments } }));
    expect(end).toMatchObject({ layer: 'rnn', signal: 'z', step: 0, problem: { code: 'run.not-finite' } });
    for (const { values } of signals) expect(values.every(Number.isFinite)).toBe(true);
  });

  it.each<[string, Partial<RecordRequest>]>([
    ['record.sample', { sample: 10_000 }],
    ['record.sample', { sample: -1 }],
    ['record.trial', { trial: 0.5 }],
    ['record.hardware', { hardware: 'Nowhere' }],
    ['run.unknown-experiment', { experiment: 'nothing' }],
    ['run.too-large', { memory: 1000 }],
  ])('is refused with %s', (code, changes) => {
    expect(record(request(changes))).toMatchObject({ ok: false, problems: [{ code }] });
  });
});
