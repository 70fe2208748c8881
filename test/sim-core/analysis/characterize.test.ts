import { describe, expect, it } from 'vitest';
import {
  type CharacterizationDesign,
  type ProgrammingDesign,
  type PulsesDesign,
  run,
  type StimulusDesign,
  type WaveDesign,
} from '../../../sim-core/index.ts';
import { columnOf, device, measured, request, resultOf, tableOf } from './request.ts';

const characterize = (
  name: string,
  stimuli: readonly StimulusDesign[],
  changes: Partial<CharacterizationDesign> = {},
): CharacterizationDesign => ({
  id: `experiment:bench/${name}`,
  name,
  kind: 'characterize',
  device: name,
  vRead: 0.1,
  initial: {},
  variations: [],
  stimuli,
  ...changes,
});
const node = (name: string) => ({ id: name, name });
const wave = (changes: Partial<WaveDesign> = {}): WaveDesign => ({
  ...node('sine'),
  kind: 'sine',
  amplitude: 1,
  frequency: 1,
  periods: 2,
  samples: 200,
  ...changes,
});
const pulses = (changes: Partial<PulsesDesign> = {}): PulsesDesign => ({
  ...node('pulses'),
  kind: 'pulses',
  trains: [
    { amplitude: -1, width: 1e-3, count: 10 },
    { amplitude: 1, width: 1e-3, count: 10 },
  ],
  cycles: 1,
  gap: 0,
  devices: 1,
  ...changes,
});
const program = (changes: Partial<ProgrammingDesign> = {}): ProgrammingDesign => ({
  ...node('program'),
  kind: 'program',
  targets: [2e-5, 5e-5],
  potentiate: { amplitude: -1, width: 1e-4 },
  depress: { amplitude: 1, width: 1e-4 },
  gap: 0,
  tolerance: 0.01,
  mostPulses: 200,
  devices: 20,
  ...changes,
});

/** Ohmic, moving at a constant 100 nm/s·(v/vOff - 1) of 3 nm, so that ten pulses of 1 ms and 1 V cover a third. */
const slow = {
  rOn: 10e3,
  rOff: 100e3,
  vOn: -0.5,
  vOff: 0.5,
  kOn: -1e-7,
  kOff: 1e-7,
  alphaOn: 1,
  alphaOff: 1,
};

describe('a sine', () => {
  it('of a linear resistor encloses nothing and measures its conductance', () => {
    const result = resultOf(
      request([device('R', 'resistive', { rOn: 1e3, rOff: 1e6, x0: 1 })], [characterize('R', [wave()])]),
    );
    expect(measured(result, 'R.sine.gMax')).toBeCloseTo(1e-3, 12);
    expect(measured(result, 'R.sine.onOff')).toBeCloseTo(1, 12);
    expect(measured(result, 'R.sine.area')).toBeLessThan(1e-15);
    // Mean power of a sine over two periods of 1 s: V²·g/2.
    expect(measured(result, 'R.sine.energy')).toBeCloseTo(2 * 0.5e-3, 8);
  });

  it('of an HP device is a loop that is pinched at zero and shrinks with frequency', () => {
    const hp = device('Hp', 'linearIonDrift', { thickness: 27e-9, rOn: 10e3, rOff: 100e3, p: 7 });
    const result = resultOf(
      request([hp], [characterize('Hp', [wave(), wave({ ...node('fast'), frequency: 100 })])]),
    );
    expect(measured(result, 'Hp.sine.pinch')).toBeLessThan(1e-12);
    expect(measured(result, 'Hp.sine.onOff')).toBeGreaterThan(1.5);
    expect(measured(result, 'Hp.fast.area')).toBeLessThan(0.05 * measured(result, 'Hp.sine.area'));
    const table = tableOf(result, 'Hp.sine');
    expect(table.kind).toBe('hysteresis');
    expect(table.columns.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'time s',
      'voltage V',
      'current A',
      'x 1',
    ]);
    expect(columnOf(table, 'time')).toHaveLength(401);
  });

  it('starts from the initial state that is given', () => {
    const hp = device('Hp', 'linearIonDrift');
    const result = resultOf(request([hp], [characterize('Hp', [wave()], { initial: { x: 0.7 } })]));
    expect(columnOf(tableOf(result, 'Hp.sine'), 'x')[0]).toBe(0.7);
  });

  it('that leaves the validity of a model ends there with a warning of time, voltage and state', () => {
    const hot = device('Hot', 'stanford2016', { i0: 1e-3, tMax: 400, gapInitial: 0.2e-9 });
    const result = resultOf(request([hot], [characterize('Hot', [wave({ frequency: 1e6 })])]));
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0].code).toBe('device.invalid-drive');
    expect(result.warnings[0].message).toMatch(
      /at [\d.e-]+ s and [\d.e-]+ V, with gap = [\d.e-]+ m and T = [\d.e-]+ K/,
    );
    const time = columnOf(tableOf(result, 'Hot.sine'), 'time');
    expect(time[time.length - 1]).toBeLessThan(1e-6);
    expect(result.measurements).toEqual([]);
  });
});

describe('pulses', () => {
  it('move a VTEAM device by k·(v/vOff - 1)·t each, as its equation says', () => {
    const result = resultOf(request([device('D', 'vteam', slow)], [characterize('D', [pulses()])]));
    const table = tableOf(result, 'D.pulses');
    const conductance = columnOf(table, 'conductance');
    for (let k = 0; k <= 10; k++) {
      const x = 0.5 - (k * 1e-7 * 1 * 1e-3) / 3e-9;
      expect(conductance[k]).toBeCloseTo(1 / (10e3 + 90e3 * x), 12);
      expect(conductance[20 - k]).toBeCloseTo(conductance[k], 12);
    }
    expect([...columnOf(table, 'amplitude').slice(0, 2)]).toEqual([0, -1]);
    // The way back is the way there.
    expect(measured(result, 'D.pulses.asymmetry')).toBeLessThan(1e-6);
  });

  it('below the threshold move nothing', () => {
    const gentle = pulses({ trains: [{ amplitude: 0.49, width: 1, count: 5 }] });
    const result = resultOf(request([device('D', 'vteam', slow)], [characterize('D', [gentle])]));
    expect(measured(result, 'D.pulses.onOff')).toBe(1);
    expect(result.measurements.map(({ name }) => name)).not.toContain('D.pulses.switchingTime');
  });

  it('on many devices that differ give the mean and the spread', () => {
    const varied = characterize('D', [pulses({ devices: 50 })], {
      variations: [
        {
          parameter: 'rOn',
          each: 'device',
          spread: { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: 0.05, relative: true },
        },
      ],
    });
    const result = resultOf(request([device('D', 'vteam', slow)], [varied]));
    const table = tableOf(result, 'D.pulses');
    const [deviation, mean] = [columnOf(table, 'deviation'), columnOf(table, 'conductance')];
    // At x = 1/2, R = 55 kOhm and dR = 500 Ohm·ξ/2: g varies by 0.4545 %; the last point stands there again.
    expect(deviation[0] / mean[0]).toBeGreaterThan(0.0045 * 0.75);
    expect(deviation[0] / mean[0]).toBeLessThan(0.0045 * 1.25);
    expect(deviation[20]).toBeCloseTo(deviation[0], 9);
  });
});

describe('write–verify', () => {
  it('brings every device to within the tolerance of its target', () => {
    const result = resultOf(request([device('D', 'vteam', slow)], [characterize('D', [program()])]));
    expect(measured(result, 'D.program.success')).toBe(1);
    expect(measured(result, 'D.program.error')).toBeLessThan(0.01);
    const table = tableOf(result, 'D.program');
    const [target, conductance] = [columnOf(table, 'target'), columnOf(table, 'conductance')];
    expect(target).toHaveLength(40);
    for (const [at, wanted] of target.entries())
      expect(Math.abs(conductance[at] / wanted - 1)).toBeLessThanOrEqual(0.01);
    const [from, to, first, second] = tableOf(result, 'D.program.histogram').columns;
    expect(from.values[0]).toBeLessThan(to.values[0]);
    expect(first.values.reduce((a, b) => a + b)).toBe(20);
    expect(second.values.reduce((a, b) => a + b)).toBe(20);
  });

  it('counts what cannot be reached', () => {
    const tooFar = program({ targets: [5e-4], mostPulses: 30 });
    const result = resultOf(request([device('D', 'vteam', slow)], [characterize('D', [tooFar])]));
    expect(measured(result, 'D.program.success')).toBe(0);
    expect(measured(result, 'D.program.meanPulses')).toBe(30);
  });
});

describe('models that know pulses, or how programming ends', () => {
  it('NeuroSim’s devices show the labels that they are made of', () => {
    const neurosim = device('Ag', 'neurosim', {
      gMax: 1 / 26e6,
      onOff: 12.5,
      pulses: 97,
      labelUp: 2.4,
      labelDown: -4.88,
      c2c: 0,
    });
    const trains = [
      { amplitude: 3.2, width: 3e-4, count: 97 },
      { amplitude: -2.8, width: 3e-4, count: 97 },
    ];
    const result = resultOf(request([neurosim], [characterize('Ag', [pulses({ trains })])]));
    expect(measured(result, 'Ag.pulses.nonlinearityUp')).toBeCloseTo(2.4, 1);
    expect(measured(result, 'Ag.pulses.nonlinearityDown')).toBeCloseTo(-4.88, 1);
    expect(measured(result, 'Ag.pulses.asymmetry')).toBeCloseTo(7.28, 1);
    expect(measured(result, 'Ag.pulses.onOff')).toBeCloseTo(12.5, 6);
    expect(result.tables.map(({ id }) => id)).toEqual(['Ag.pulses']);
  });

  it('write–verify brings soft-bounds devices with all their variation to their targets', () => {
    const soft = device('Soft', 'softBounds', { gOn: 100e-6, gOff: 1e-6 });
    const writing = program({
      targets: [30e-6, 60e-6],
      potentiate: { amplitude: 1, width: 1e-6 },
      depress: { amplitude: -1, width: 1e-6 },
      tolerance: 0.02,
      mostPulses: 2000,
    });
    const result = resultOf(request([soft], [characterize('Soft', [writing])]));
    expect(measured(result, 'Soft.program.success')).toBeGreaterThan(0.9);
  });

  it('phase-change memory strays from its target as the fit of its programming error says', () => {
    const pcm = device('Pcm', 'pcm');
    const writing = program({ targets: [12.5e-6], devices: 4000 });
    const result = resultOf(request([pcm], [characterize('Pcm', [writing])]));
    // r = 1/2: sigma = 0.26348 + 1.9650/2 - 1.1731/4 uS.
    const sigma = (0.26348 + 1.965 / 2 - 1.1731 / 4) / 12.5;
    expect(measured(result, 'Pcm.program.error') / sigma).toBeGreaterThan(0.95);
    expect(measured(result, 'Pcm.program.error') / sigma).toBeLessThan(1.05);
  });

  it('reads a statistical model so long after programming as it is told', () => {
    const pcm = device('Pcm', 'pcm');
    const mean = (readAfter: number) => {
      const writing = program({ targets: [25e-6], devices: 4000, readAfter });
      const result = resultOf(request([pcm], [characterize('Pcm', [writing])]));
      const conductances = columnOf(tableOf(result, 'Pcm.program'), 'conductance');
      return conductances.reduce((sum, g) => sum + g, 0) / conductances.length;
    };
    // At r = 1 the exponent is 0.049 ± 0.008 (clipped): the mean of exp(-nu·ln((t + 20 s)/20 s)).
    const times = Math.log((86_400 + 20) / 20);
    const expected = Math.exp(-0.049 * times + (0.008 * times) ** 2 / 2);
    expect(Math.abs(mean(86_400) / mean(0) / expected - 1)).toBeLessThan(0.005);
  });

  it.each([
    ['softBounds', wave()],
    ['pcm', wave()],
    ['pcm', pulses()],
  ] as const)('%s refuses a stimulus that its model says nothing of', (model, stimulus) => {
    const outcome = run(request([device('D', model)], [characterize('D', [stimulus])]));
    expect(outcome.ok ? '' : outcome.problems[0].code).toBe('analysis.stimulus');
  });
});

it('the same request gives the same bits, another seed other devices', () => {
  const varied = characterize('D', [pulses({ devices: 3 })], {
    variations: [
      {
        parameter: 'kOff',
        each: 'pulse',
        spread: { kind: 'distribution', shape: 'lognormal', mean: 0, sigma: 0.2, relative: true },
      },
    ],
  });
  const of = (seed: number) => resultOf(request([device('D', 'vteam', slow)], [varied], { seed }));
  expect(of(3)).toEqual(of(3));
  const curve = (seed: number) => columnOf(tableOf(of(seed), 'D.pulses'), 'conductance');
  expect(curve(3)).not.toEqual(curve(4));
});

describe('what is wrong', () => {
  const problems = (wanted: Parameters<typeof run>[0]) => {
    const outcome = run(wanted);
    return outcome.ok ? [] : outcome.problems.map(({ code }) => code);
  };

  it.each([
    ['an unknown device', [device('E', 'vteam')], {}, 'run.unknown-device'],
    ['an unknown model', [device('D', 'vteem')], {}, 'device.unknown-model'],
    ['an unknown state', [device('D', 'vteam')], { initial: { y: 1 } }, 'device.initial-state'],
    ['a parameter out of bounds', [device('D', 'vteam', { rOn: -1 })], {}, 'device.parameter-out-of-bounds'],
  ])('%s', (_, devices, changes, code) => {
    expect(problems(request(devices, [characterize('D', [wave()], changes)]))).toContain(code);
  });

  it('an expectation of a measurement that the analysis does not give, before anything runs', () => {
    const expectations = [
      { text: 'D.sine.onof > 1', metric: 'D.sine.onof', comparator: '>', value: 1 } as const,
    ];
    const outcome = run(request([device('D', 'vteam')], [characterize('D', [wave()])], { expectations }));
    expect(outcome.ok ? '' : outcome.problems[0].hint).toContain('D.sine.onOff');
  });
});

it('expectations are held against measurements', () => {
  const expectations = [
    { text: 'R.sine.onOff < 2', metric: 'R.sine.onOff', comparator: '<', value: 2 } as const,
  ];
  const result = resultOf(
    request([device('R', 'resistive')], [characterize('R', [wave()])], { expectations }),
  );
  expect(result.expectations).toMatchObject([{ text: 'R.sine.onOff < 2', holds: true }]);
});
