import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutLanes } from '../../extension/waveforms/lane-layout.ts';
import { labelAt, laneWindow } from '../../extension/waveforms/lanes.ts';
import { measure } from '../../extension/waveforms/measure.ts';
import { valueAt } from '../../extension/waveforms/segments.ts';
import { snap } from '../../extension/waveforms/snap.ts';
import { spectrum, transform } from '../../extension/waveforms/spectrum.ts';
import { firstState, nextName, type WaveformSource } from '../../extension/waveforms/view.ts';
import { seriesOf } from './series.ts';

const times = (count: number, to: number) =>
  Array.from({ length: count }, (_, at) => (at * to) / (count - 1));

describe('Measures', () => {
  it('of a first-order step response are those of its closed form', () => {
    // v = 1 - exp(-t): 10–90 % takes ln 9, settling to 2 % of the last value takes about ln 50.
    const x = times(20_001, 20);
    const measures = measure(
      seriesOf(
        x.map((t) => 1 - Math.exp(-t)),
        x,
      ),
      0,
      0,
      20,
    );
    expect(measures?.riseTime).toBeCloseTo(Math.log(9), 5);
    expect(measures?.settlingTime).toBeCloseTo(Math.log(50), 4);
    expect(measures?.overshoot).toBeCloseTo(0, 8);
    expect(measures?.integral).toBeCloseTo(20 - (1 - Math.exp(-20)), 5);
  });

  it('of a damped second-order step response have its overshoot, exp(-π ζ / √(1 - ζ²))', () => {
    const zeta = 0.3;
    const damped = Math.sqrt(1 - zeta ** 2);
    const x = times(40_001, 60);
    const values = x.map(
      (t) => 1 - Math.exp(-zeta * t) * (Math.cos(damped * t) + (zeta / damped) * Math.sin(damped * t)),
    );
    const measures = measure(seriesOf(values, x), 0, 0, 60);
    expect(measures?.overshoot).toBeCloseTo(Math.exp((-Math.PI * zeta) / damped), 5);
  });

  it('of a sine have its mean square, whatever the spacing of the samples', () => {
    const x = Array.from({ length: 20_001 }, (_, at) => 2 * Math.PI * (at / 20_000) ** 1.5);
    const measures = measure(
      seriesOf(
        x.map((t) => 3 * Math.sin(t)),
        x,
      ),
      0,
      0,
      2 * Math.PI,
    );
    expect(measures?.mean).toBeCloseTo(0, 6);
    expect(measures?.rms).toBeCloseTo(3 / Math.SQRT2, 6);
    expect(measures?.energy).toBeCloseTo(9 * Math.PI, 5);
    expect(measures?.minimum).toBeCloseTo(-3, 6);
    expect(measures?.maximum).toBeCloseTo(3, 6);
  });

  it('take the part of a stretch that lies within the range, and hold the value of a curve in steps', () => {
    const ramp = seriesOf([0, 4], [0, 4]);
    expect(measure(ramp, 0, 1, 3)).toMatchObject({ minimum: 1, maximum: 3, integral: 4, step: 2 });
    const [column] = ramp.columns;
    const held = { ...ramp, columns: [{ ...column, interpolation: 'step' as const }] };
    expect(measure(held, 0, 1, 3)).toMatchObject({ minimum: 0, maximum: 0, integral: 0 });
  });

  it('leave out gaps and breaks, and are none of an empty range', () => {
    const broken = seriesOf([1, 1, 9, 9], [0, 1, 2, 3], { breaks: (at) => at === 2 });
    expect(measure(broken, 0, 0, 3)).toMatchObject({ integral: 10, mean: 5 });
    expect(measure(seriesOf([1, Number.NaN, 1]), 0, 0, 2)).toBeUndefined();
  });
});

describe('The value at a cursor', () => {
  it('is that of the sample, of the line between samples, or the one held', () => {
    const series = seriesOf([0, 10, 20], [0, 1, 3]);
    expect([valueAt(series, 0, 1), valueAt(series, 0, 2), valueAt(series, 0, 4)]).toEqual([
      10,
      15,
      Number.NaN,
    ]);
    const held = { ...series, columns: [{ ...series.columns[0], interpolation: 'step' as const }] };
    expect(valueAt(held, 0, 2.9)).toBe(10);
  });
});

describe('A cursor snaps', () => {
  const x = times(1001, 2 * Math.PI);
  const sine = seriesOf(x.map(Math.sin), x);
  it('to the nearest sample', () => expect(snap(sine, 0, 1.0001, 0, 'sample')).toBeCloseTo(1.0001, 2));
  it('to the nearest extremum', () =>
    expect(snap(sine, 0, 1.4, 0.5, 'extremum')).toBeCloseTo(Math.PI / 2, 2));
  it('to the nearest edge', () => expect(snap(sine, 0, 3.3, 1, 'edge')).toBeCloseTo(Math.PI, 2));
  it('nowhere where there is nothing within reach', () =>
    expect(snap(sine, 0, 0.5, 0.1, 'extremum')).toBe(0.5));
  it('to the first sample of a plateau', () =>
    expect(snap(seriesOf([0, 5, 5, 5, 0]), 0, 2, 3, 'extremum')).toBe(1));
});

describe('A spectrum', () => {
  it('is the discrete Fourier transform', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (values) => {
          const real = Float64Array.from(values);
          const imaginary = new Float64Array(16);
          transform(real, imaginary);
          for (let k = 0; k < 16; k++) {
            const angle = (at: number) => (-2 * Math.PI * k * at) / 16;
            expect(real[k]).toBeCloseTo(
              values.reduce((sum, v, at) => sum + v * Math.cos(angle(at)), 0),
              10,
            );
            expect(imaginary[k]).toBeCloseTo(
              values.reduce((sum, v, at) => sum + v * Math.sin(angle(at)), 0),
              10,
            );
          }
        },
      ),
      { seed: 5, numRuns: 30 },
    );
  });

  it('shows the amplitude of a sine at its frequency, and nothing of its mean', () => {
    const x = times(4097, 1);
    const { x: frequency, columns } = spectrum(
      seriesOf(
        x.map((t) => 7 + 0.25 * Math.sin(2 * Math.PI * 100 * t)),
        x,
      ),
      0,
      0,
      1,
    );
    const at = columns[0].indexOf(Math.max(...columns[0]));
    expect(frequency[at]).toBe(100);
    expect(columns[0][at]).toBeCloseTo(0.25, 3);
    expect(columns[0][0]).toBeLessThan(1e-3);
  });
});

describe('A digital lane', () => {
  const lane = {
    name: 'phase',
    starts: Float64Array.of(0, 10, 20, 20.1, 20.2),
    labels: ['a', 'b', 'c', 'd', 'e'],
  };
  it('has one label until the next begins', () =>
    expect([labelAt(lane, -1), labelAt(lane, 0), labelAt(lane, 15), labelAt(lane, 99)]).toEqual([
      undefined,
      'a',
      'b',
      'e',
    ]));
  it('merges what is narrower than a pixel', () => {
    const { starts, labels } = laneWindow(lane, 0, 30, 30);
    expect([...starts]).toEqual([0, 10, 20]);
    expect(labels).toEqual(['a', 'b', '']);
  });
});

describe('Lanes', () => {
  const sourceWith = (...names: string[]): WaveformSource => ({
    place: 0,
    ref: { kind: 'result', id: '1', uri: 'file:///a.loom', experiment: 'e' },
    title: 'seed 1',
    series: {
      id: 'traces',
      title: 'Traces',
      xName: 'time step',
      xUnit: 'step',
      from: 0,
      to: 9,
      length: 10,
      lanes: [],
      columns: names.map((name) => ({ name, unit: name.startsWith('ideal') ? '1' : 'V', role: 'line' })),
    },
  });
  const names = ['ideal.rnn.c[0]', 'ideal.rnn.c[1]', 'ideal.rnn.h[0]', 'Analog.rnn.c[0]'];
  const sources = [sourceWith(...names), sourceWith('ideal.rnn.c[0]')];
  const titles = (layout: 'trace' | 'signal' | 'unit') =>
    layoutLanes(sources, names, layout).map(({ title, unit, curves }) => `${title} ${unit} ${curves.length}`);

  it('hold one trace of all runs, one signal, or one unit; units never mix', () => {
    expect(titles('trace')).toEqual([
      'ideal.rnn.c[0] 1 2',
      'ideal.rnn.c[1] 1 1',
      'ideal.rnn.h[0] 1 1',
      'Analog.rnn.c[0] V 1',
    ]);
    expect(titles('signal')).toEqual(['rnn.c 1 3', 'rnn.h 1 1', 'rnn.c V 1']);
    expect(titles('unit')).toEqual(['numbers 1 4', 'V V 1']);
  });

  it('give the same trace of another run the same colour', () => {
    const [lane] = layoutLanes(sources, names, 'signal');
    expect(lane.curves.map(({ source, colour }) => [source, colour])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  it('are what the experiment plots, where it plots anything', () =>
    expect(firstState(sources, ['rnn.h']).shown).toEqual(
      sources.flatMap(({ series }) =>
        series.columns.map(({ name }) => name).filter((name) => name.includes('.rnn.h[')),
      ),
    ));

  it('begin with the states of the first unit', () =>
    expect(firstState(sources).shown).toEqual(['ideal.rnn.c[0]', 'ideal.rnn.h[0]', 'Analog.rnn.c[0]']));

  it('have cursors with names that are free', () =>
    expect(
      nextName([
        { name: 'A', at: 0 },
        { name: 'C', at: 0 },
      ]),
    ).toBe('B'));
});
