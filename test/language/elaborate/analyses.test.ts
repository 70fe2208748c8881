import { describe, expect, it } from 'vitest';
import { designOf } from '../program.ts';

const analysesOf = async (body: string) => {
  const [experiment] = (await designOf(`device D = vteam\nexperiment e { ${body} }`)).experiments;
  return experiment.analyses.map((analysis) => {
    if (analysis.kind !== 'characterize') throw new Error('Expected a characterisation.');
    return analysis;
  });
};

describe('characterize', () => {
  it('reads waves, each pair of an amplitude and a frequency as one', async () => {
    const [analysis] = await analysesOf(
      'characterize D { sine 1 V, 2 V 1 kHz, 10 kHz for 10 periods { samples = 50 } triangle -500 mV 1 Hz }',
    );
    expect(analysis).toMatchObject({
      id: 'experiment:e/characterize:D',
      name: 'D',
      kind: 'characterize',
      device: 'D',
    });
    expect(analysis.stimuli).toMatchObject([
      { kind: 'sine', name: 'sine', amplitude: 1, frequency: 1000, periods: 10, samples: 50 },
      { kind: 'sine', name: 'sine2', amplitude: 1, frequency: 10000, periods: 10, samples: 50 },
      { kind: 'sine', name: 'sine3', amplitude: 2, frequency: 1000, periods: 10, samples: 50 },
      { kind: 'sine', name: 'sine4', amplitude: 2, frequency: 10000, periods: 10, samples: 50 },
      { kind: 'triangle', name: 'triangle', amplitude: -0.5, frequency: 1, periods: 1, samples: 200 },
    ]);
  });

  it('reads pulses and write–verify', async () => {
    const [{ stimuli }] = await analysesOf(
      'characterize D { pulses 1.2 V 100 ns x 50 then -1.3 V 200 ns x 20 then 1 V 1 us { cycles = 3 gap = 5 us }\n' +
        'program 20 uS, 50 uS up -1.2 V 100 ns down (2 * 0.65 V) 50 ns { tolerance = 1 % mostPulses = 30 devices = 7 } }',
    );
    expect(stimuli).toMatchObject([
      {
        kind: 'pulses',
        trains: [
          { amplitude: 1.2, width: 1e-7, count: 50 },
          { amplitude: -1.3, width: 2e-7, count: 20 },
          { amplitude: 1, width: 1e-6, count: 1 },
        ],
        cycles: 3,
        gap: 5e-6,
        devices: 1,
      },
      {
        kind: 'program',
        targets: [2e-5, 5e-5],
        potentiate: { amplitude: -1.2, width: 1e-7 },
        depress: { amplitude: 1.3, width: 5e-8 },
        tolerance: 0.01,
        mostPulses: 30,
        devices: 7,
      },
    ]);
  });

  it('reads what varies, initial states and the read voltage', async () => {
    const [{ variations, initial, vRead }] = await analysesOf(
      'characterize D { vRead = 0.2 V initial x = 2 nm vary vOn by 3 % vary vOff by uniform(1 mV) each pulse vary alphaOn by 0.5 }',
    );
    expect(vRead).toBe(0.2);
    expect(initial).toEqual({ x: 2e-9 });
    expect(variations).toMatchObject([
      { parameter: 'vOn', each: 'device', spread: { shape: 'gaussian', sigma: 0.03, relative: true } },
      { parameter: 'vOff', each: 'pulse', spread: { shape: 'uniform', sigma: 0.001, relative: false } },
      { parameter: 'alphaOn', each: 'device', spread: { sigma: 0.5, relative: false } },
    ]);
  });

  it('takes an absolute spread in the unit of the catalogue', async () => {
    const design = await designOf(
      'device S = stanford2012\nexperiment e { characterize S { vary eA by 16.02176634e-21 J } }',
    );
    const [analysis] = design.experiments[0].analyses;
    const [variation] = analysis.kind === 'characterize' ? analysis.variations : [];
    expect(variation.spread.sigma).toBeCloseTo(0.1, 12);
  });

  it('stands alone, or beside a network; a second one of a device has its own name', async () => {
    const analyses = await analysesOf('characterize D { } characterize D { }');
    expect(analyses.map(({ name }) => name)).toEqual(['D', 'D_2']);
    const design = await designOf('device D = vteam\nexperiment e { characterize D { } seed 4 }');
    expect(design.experiments[0]).toMatchObject({ seed: 4 });
    expect(design.experiments[0]).not.toHaveProperty('network');
  });
});

it('x is a name wherever it does not say how often', async () => {
  const design = await designOf(
    'block B(in: V) -> out: V {\n  param a = 2 V x1 = 3 * in\n  x = a + in\n  out = x + x1\n}\nnetwork N(x: [1]) -> y: [1] { y = dense(x, units = 1) }',
  );
  expect(design.blocks[0].equations.map(({ name }) => name)).toEqual(['x1', 'x', 'out']);
});
