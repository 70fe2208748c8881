import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine, type SpiceVectors } from '../../cli/spice/engine.ts';
import { deviceModels } from '../../sim-core/devices/catalogue.ts';
import { resolveValues } from '../../sim-core/devices/define.ts';
import { integrate } from '../../sim-core/devices/integrate.ts';
import { modelLaw } from '../../sim-core/devices/laws/device-law.ts';
import type { DeviceModel, Values } from '../../sim-core/devices/model.ts';
import { sine } from '../../sim-core/devices/waveform.ts';
import { deviceSubcircuit } from '../../sim-core/spice/device-subcircuit.ts';
import { unwrap } from '../sim-core/circuit/circuits.ts';
import { copyExample, memloom, withFolder } from './terminal.ts';

interface Drive {
  readonly model: string;
  readonly values: Values;
  readonly amplitude: number;
  readonly frequency: number;
  readonly periods?: number;
  /** Least instants of ngspice. */
  readonly points?: number;
}

/** Drives that take each model through a good part of its range, onto its bounds where it has hard ones. */
const drives: readonly Drive[] = [
  { model: 'linearIonDrift', values: {}, amplitude: 1, frequency: 1 },
  { model: 'linearIonDrift', values: { window: 'biolek', p: 7 }, amplitude: 1, frequency: 1 },
  { model: 'linearIonDrift', values: { window: 'prodromakis', p: 2.5 }, amplitude: 1, frequency: 1 },
  { model: 'linearIonDrift', values: { window: 'none', x0: 0.1 }, amplitude: 1, frequency: 1 },
  { model: 'team', values: { kOn: -1e-7, kOff: 1e-2 }, amplitude: 0.2, frequency: 1e6 },
  { model: 'team', values: { kOn: -1e-7, kOff: 1e-2, form: 'exponential' }, amplitude: 0.2, frequency: 1e6 },
  { model: 'vteam', values: {}, amplitude: 0.8, frequency: 1e7, points: 20_000 },
  { model: 'vteam', values: { window: 'kvatinsky', x0: 1e-9 }, amplitude: 1, frequency: 1e7 },
  {
    model: 'vteam',
    values: { rOn: 1e4, rOff: 1e6, vOn: -1.1, vOff: 0.9, kOn: -1, kOff: 0.015 },
    amplitude: 1.4,
    frequency: 1e6,
  },
  { model: 'yakopcic', values: {}, amplitude: 0.45, frequency: 100 },
  { model: 'yakopcicGeneral', values: {}, amplitude: 2, frequency: 1 },
  { model: 'stanford2012', values: {}, amplitude: 1.5, frequency: 1e7, points: 20_000 },
  { model: 'stanford2016', values: {}, amplitude: 1.75, frequency: 1e7 },
  { model: 'jartVcm', values: { nInitial: 5e26 }, amplitude: 0.8, frequency: 1e6, periods: 1, points: 1000 },
  {
    model: 'jartVcm',
    values: { nMax: 22e26, nMin: 0.004e26, nInitial: 5e26 },
    amplitude: 1,
    frequency: 1e7,
    periods: 1,
    points: 1000,
  },
  { model: 'pem', values: {}, amplitude: 1.1, frequency: 1e3, points: 20_000 },
  { model: 'resistive', values: { x0: 0.3 }, amplitude: 1, frequency: 1e3 },
  { model: 'pcm', values: {}, amplitude: 1, frequency: 1e3 },
];

describe('the subcircuit of a device in ngspice', () => {
  it.each(drives)(
    'moves as ours: $model with $values',
    async (drive) => {
      const model = deviceModels.get(drive.model) as DeviceModel;
      const values = unwrap(resolveValues(model, drive.values));
      const device = model.device(values);
      const { amplitude, frequency, periods = 2 } = drive;
      const ours = unwrap(
        integrate(model.name, device, sine({ amplitude, frequency, periods }), {
          tolerance: 1e-9,
          samples: 401,
        }),
      );
      const theirs = await inNgspice(
        drive,
        deviceSubcircuit('device', modelLaw(model, values)),
        device.states,
      );
      const time = theirs.get('time') ?? new Float64Array(0);
      for (const { name, values: states } of ours.states) {
        const { low, high } = device.states.find((state) => state.name === name) ?? { low: 0, high: 1 };
        const shares = states.map((x) => (x - low) / (high - low));
        const node = theirs.get(`v(s_${name.toLowerCase()})`) ?? new Float64Array(0);
        expect(largestError(ours.time, shares, time, node)).toBeLessThan(1e-4);
      }
      const largest = ours.current.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const current = theirs.get('i(vdrive)')?.map((value) => -value / largest) ?? new Float64Array(0);
      const shares = ours.current.map((value) => value / largest);
      expect(largestError(ours.time, shares, time, current)).toBeLessThan(3e-4);
    },
    120_000,
  );
});

async function inNgspice(
  { amplitude, frequency, periods = 2, points = 4000 }: Drive,
  subcircuit: readonly string[],
  states: readonly { readonly name: string }[],
): Promise<SpiceVectors> {
  const pins = states.map(({ name }) => `s_${name.toLowerCase()}`);
  const end = periods / frequency;
  const engine = unwrap(await openEngine());
  return unwrap(
    await engine.run(
      [
        '* one device',
        ...subcircuit,
        `Vdrive d 0 sin(0 ${amplitude} ${frequency})`,
        `Xdevice d 0 ${pins.join(' ')} device`,
        '.options method=gear reltol=1e-7 abstol=1e-15 vntol=1e-9 chgtol=1e-20 trtol=1',
        `.save ${pins.map((pin) => `v(${pin})`).join(' ')} i(vdrive)`,
        `.tran ${end / 2000} ${end} 0 ${end / points} uic`,
        '.end',
        '',
      ].join('\n'),
    ),
  );
}

/** Largest difference of our samples from theirs, between whose instants lies a straight line. */
function largestError(
  ours: Float64Array,
  values: Float64Array,
  time: Float64Array,
  theirs: Float64Array,
): number {
  let worst = theirs.length > 1 ? 0 : Number.POSITIVE_INFINITY;
  let at = 0;
  for (const [k, t] of ours.entries()) {
    while (at < time.length - 2 && time[at + 1] < t) at++;
    const share = Math.min(1, Math.max(0, (t - time[at]) / (time[at + 1] - time[at])));
    worst = Math.max(worst, Math.abs(theirs[at] + share * (theirs[at + 1] - theirs[at]) - values[k]));
  }
  return worst;
}

describe('memloom export of devices', () => {
  it('writes each device once as a subcircuit and as a Verilog-A module', () =>
    withFolder((folder) => {
      copyExample('devices', folder);
      const run = (...args: readonly string[]) => memloom(folder, ['export', ...args]);
      expect(run('spice', 'devices.loom', '--device', 'Film', '--out', 'a')).toMatchObject({
        code: 0,
        err: '',
      });
      const text = readFileSync(join(folder, 'a/Film.device.cir'), 'utf8');
      expect(text).toMatch(/^\.subckt Film p n s_\w+ params:$/m);
      expect(readdirSync(join(folder, 'a'))).toEqual(['Film.device.cir']);
      run('spice', 'devices.loom', '--device', 'Film', '--out', 'b');
      expect(readFileSync(join(folder, 'b/Film.device.cir'), 'utf8')).toBe(text);
      const { code, out } = run('verilog-a', 'devices.loom', '--out', 'c');
      expect(code).toBe(0);
      const names = [...readFileSync(join(folder, 'devices.loom'), 'utf8').matchAll(/^device (\w+)/gm)].map(
        ([, name]) => `${name}.va`,
      );
      expect(names.length).toBeGreaterThan(1);
      expect(readdirSync(join(folder, 'c')).sort()).toEqual(names.sort());
      for (const name of names) expect(out).toContain(name);
    }));

  it.each([
    [['spice', 'devices.loom', '--device', 'Fil'], 'has no device "Fil"'],
    [['verilog-a', 'devices.loom', '--experiment', 'x'], 'A device is exported by itself'],
    [['verilog', 'devices.loom'], 'There is no format "verilog"'],
  ])('refuses %j', (args, message) =>
    withFolder((folder) => {
      copyExample('devices', folder);
      const { code, err } = memloom(folder, ['export', ...args]);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }),
  );
});
