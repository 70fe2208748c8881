import { describe, expect, it } from 'vitest';
import {
  type DeviceDesign,
  deviceModels,
  type Equation,
  type Expression,
  equationDevice,
  integrate,
  sine,
} from '../../../sim-core/index.ts';

const one = { constant: 1, terms: {} };
const ref = (name: string): Expression => ({ op: 'reference', name, next: false });
const num = (value: number): Expression => ({ op: 'number', value });
const binary = (
  fn: 'add' | 'subtract' | 'multiply' | 'divide' | 'power',
  left: Expression,
  right: Expression,
): Expression => ({ op: 'binary', fn, left, right });
const equation = (name: string, next: boolean, value: Expression): Equation => ({
  id: `device:Drift/${name}`,
  name,
  next,
  value,
  size: one,
});

/** HP drift with Biolek's window, as a user writes it. */
const resistance = binary(
  'add',
  binary('multiply', ref('rOn'), ref('w')),
  binary('multiply', ref('rOff'), binary('subtract', num(1), ref('w'))),
);
const rising: Expression = { op: 'unary', fn: 'step', of: { op: 'unary', fn: 'negate', of: ref('i') } };
const window = binary('subtract', num(1), binary('power', binary('subtract', ref('w'), rising), num(4)));
const drift: DeviceDesign = {
  id: 'device:Drift',
  name: 'Drift',
  model: 'equations',
  parameters: {
    rOn: { kind: 'number', value: 100 },
    rOff: { kind: 'distribution', shape: 'gaussian', mean: 16e3, sigma: 100, relative: false },
    k: { kind: 'number', value: 1e4 },
  },
  equations: {
    voltage: 'v',
    current: 'i',
    states: [{ name: 'w', low: 0, high: 1, initial: 0.1 }],
    equations: [
      equation('i', false, binary('divide', ref('v'), resistance)),
      equation('w', true, binary('multiply', binary('multiply', ref('k'), ref('i')), window)),
    ],
  },
  array: { gOn: 0.01, gOff: 1e-5, stuckOn: 0, stuckOff: 0 },
};

describe('a device written as state equations', () => {
  it('does exactly what the built-in model of the same equations does', () => {
    const own = equationDevice(drift);
    const builtIn = deviceModels.get('linearIonDrift')?.device({ window: 'biolek', p: 2 });
    if (!own.ok || !builtIn) throw new Error('no device');
    const wave = sine({ amplitude: 1, frequency: 1, periods: 2 });
    const [a, b] = [integrate('Drift', own.value, wave), integrate('linearIonDrift', builtIn, wave)];
    if (!a.ok || !b.ok) throw new Error('no trace');
    for (const [k, x] of a.value.states[0].values.entries()) {
      expect(x).toBeCloseTo(b.value.states[0].values[k], 9);
      expect(a.value.current[k]).toBeCloseTo(b.value.current[k], 12);
    }
  });

  it('knows its fully on and off states from its conduction', () => {
    const own = equationDevice(drift);
    expect(own.ok && own.value.on).toEqual([1]);
    expect(own.ok && own.value.off).toEqual([0]);
  });

  it('whose equations name something undefined is a problem, not a crash', () => {
    const equations = drift.equations?.equations ?? [];
    const broken = (changed: readonly Equation[]): DeviceDesign => ({
      ...drift,
      equations: drift.equations && { ...drift.equations, equations: changed },
    });
    const unknown = equationDevice(broken([equation('i', false, ref('nothing')), equations[1]]));
    expect(!unknown.ok && unknown.problems[0].message).toContain('nothing');
    const noRate = equationDevice(broken([equations[0]]));
    expect(!noRate.ok && noRate.problems[0].message).toContain("w'");
    const noCurrent = equationDevice(broken([equations[1]]));
    expect(!noCurrent.ok && noCurrent.problems[0].code).toBe('device.equations');
    expect(equationDevice({ ...drift, equations: undefined }).ok).toBe(false);
  });
});
