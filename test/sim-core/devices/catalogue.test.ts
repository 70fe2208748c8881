import { describe, expect, it } from 'vitest';
import { deviceModels, pulseModels, resolveValues, statisticalModels } from '../../../sim-core/index.ts';

const compact = [...deviceModels.values()];
const parametric = compact;

describe('the catalogues of models', () => {
  it('list every compact, pulse-update and statistical model by its name', () => {
    const others = new Set([...pulseModels.keys(), ...statisticalModels.keys()]);
    expect([...deviceModels.keys()].filter((name) => !others.has(name)).sort()).toEqual([
      'jartVcm',
      'linearIonDrift',
      'pem',
      'resistive',
      'stanford2012',
      'stanford2016',
      'team',
      'vteam',
      'yakopcic',
      'yakopcicGeneral',
    ]);
    expect([...pulseModels.keys()].sort()).toEqual([
      'constantStep',
      'exponentialStep',
      'linearStep',
      'neurosim',
      'passiveArray',
      'powerStep',
      'softBounds',
      'transistorCell',
    ]);
    expect([...statisticalModels.keys()].sort()).toEqual(['pcm', 'reram']);
    for (const name of others) expect(deviceModels.has(name), name).toBe(true);
  });

  it.each(parametric.map((model) => [model.name, model] as const))(
    '%s documents every parameter, its default within bounds',
    (_name, model) => {
      for (const parameter of model.parameters) {
        expect(parameter.doc.length).toBeGreaterThan(5);
        expect(parameter.source.length).toBeGreaterThan(3);
        if (parameter.kind === 'word') expect(parameter.words).toContain(parameter.default);
        else {
          expect(parameter.default).toBeGreaterThanOrEqual(parameter.low);
          expect(parameter.default).toBeLessThanOrEqual(parameter.high);
        }
      }
      expect(resolveValues(model, {}).ok).toBe(true);
    },
  );

  it.each(parametric.map((model) => [model.name, model] as const))(
    'every published set of %s is valid and names its source',
    (_name, model) => {
      for (const { source, values } of Object.values(model.sets)) {
        expect(source.length).toBeGreaterThan(5);
        expect(resolveValues(model, values)).toMatchObject({ ok: true });
      }
    },
  );

  it.each(compact.map((model) => [model.name, model] as const))(
    '%s conducts better on than off, and no current flows at 0 V',
    (_name, model) => {
      for (const values of [{}, ...Object.values(model.sets).map((set) => set.values)]) {
        const { gOn, gOff } = model.window(values, 0.1);
        expect(gOn).toBeGreaterThan(gOff);
        expect(gOff).toBeGreaterThanOrEqual(0);
        const device = model.device(values);
        expect(Math.abs(device.current(device.on, 0))).toBe(0);
        expect(Math.abs(device.current(device.off, 0))).toBe(0);
      }
    },
  );

  it.each(compact.map((model) => [model.name, model] as const))(
    '%s has a read window at 0 V that continues the one at small voltages',
    (_name, model) => {
      // Both polarities together: some models conduct differently to either side of the origin. The contact of
      // jartVcm, whose current at negative voltage goes with V^1.5, has no slope there to continue.
      if (model.name === 'jartVcm') return;
      const [atZero, above, below] = [0, 1e-5, -1e-5].map((volts) => model.window({}, volts));
      expect((2 * atZero.gOn) / (above.gOn + below.gOn)).toBeCloseTo(1, 3);
      expect(atZero.gOff).toBeCloseTo((above.gOff + below.gOff) / 2, 8);
    },
  );

  it('ohmic models have their resistances as window, whatever the read voltage', () => {
    for (const name of ['resistive', 'linearIonDrift', 'team', 'vteam']) {
      const model = deviceModels.get(name);
      expect(model?.window({ rOn: 2e3, rOff: 5e5 }, 0.3).gOn).toBeCloseTo(1 / 2e3, 15);
      expect(model?.window({ rOn: 2e3, rOff: 5e5 }, -0.2).gOff).toBeCloseTo(1 / 5e5, 15);
    }
  });

  it('the exponential form of VTEAM has the same ends as the linear one', () => {
    const model = deviceModels.get('vteam');
    const window = model?.window({ rOn: 2e3, rOff: 5e5, form: 'exponential' }, 0.1);
    expect(window?.gOn).toBeCloseTo(1 / 2e3, 12);
    expect((window?.gOff ?? 0) * 5e5).toBeCloseTo(1, 12);
  });
});

describe('resolving values', () => {
  const vteam = parametric.filter((model) => model.name === 'vteam');

  it('completes values with defaults', () => {
    for (const model of vteam) {
      const resolved = resolveValues(model, { rOn: 123 });
      expect(resolved.ok && resolved.value).toMatchObject({ rOn: 123, rOff: 1000, window: 'none' });
    }
  });

  it.each([
    [{ rOhm: 1 }, 'device.unknown-parameter', 'rOhm'],
    [{ rOn: -5 }, 'device.parameter-out-of-bounds', 'rOn'],
    [{ rOn: Number.NaN }, 'device.parameter-out-of-bounds', 'rOn'],
    [{ window: 'joglecar' }, 'device.unknown-word', 'joglecar'],
    [{ window: 3 }, 'device.unknown-word', 'window'],
    [{ rOn: 2000, rOff: 1000 }, 'device.conflicting-parameters', 'rOff'],
    [{ x0: 4e-9 }, 'device.conflicting-parameters', 'x0'],
  ])('reports %o as %s', (values, code, name) => {
    for (const model of vteam) {
      const resolved = resolveValues(model, values as Readonly<Record<string, number | string>>);
      expect(resolved.ok).toBe(false);
      if (resolved.ok) continue;
      expect(resolved.problems[0].code).toBe(code);
      expect(resolved.problems[0].message).toContain(name);
    }
  });
});
