import { describe, expect, it } from 'vitest';
import type {
  CrossbarDesign,
  Design,
  DeviceArrayProperties,
  OperatingConditions,
} from '../../../sim-core/design/design.ts';
import { deviceModels } from '../../../sim-core/devices/catalogue.ts';
import { readConductance, resolveValues } from '../../../sim-core/devices/define.ts';
import { integrate } from '../../../sim-core/devices/integrate.ts';
import { programmableDevice, writeVerify } from '../../../sim-core/devices/programming.ts';
import { pulseModels } from '../../../sim-core/devices/pulse/catalogue.ts';
import { pulseTrain } from '../../../sim-core/devices/waveform.ts';
import type { ActualArray } from '../../../sim-core/hardware/array-errors.ts';
import type { TargetArray } from '../../../sim-core/hardware/array-targets.ts';
import { idlePulses } from '../../../sim-core/hardware/idle-pulses.ts';
import { realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { denseNetwork, designOf, randomWeights, realised, sized, unwrap } from './designs.ts';

type Values = Readonly<Record<string, number | string>>;
const vRead = 0.1;

/** Devices of a model, each array `[inputs + 1][units]` with pairs as columns. */
function written(
  model: string,
  values: Values,
  device: Partial<DeviceArrayProperties>,
  crossbar: Partial<CrossbarDesign> = {},
  [inputs, units] = [4, 3],
) {
  const known = deviceModels.get(model);
  if (!known) throw new Error(model);
  const window = known.window(unwrap(resolveValues(known, values)), vRead);
  const base = designOf({
    device: { ...window, ...device },
    crossbar: { pairs: 'columns', vRead, ...crossbar },
    network: denseNetwork(inputs, units),
  });
  const design: Design = {
    ...base,
    devices: base.devices.map((one) => ({
      ...one,
      model,
      parameters: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', value },
        ]),
      ),
    })),
  };
  const weights = randomWeights(sized(design), 3);
  const seen: { wanted: TargetArray; actual: ActualArray }[] = [];
  realised(design).write(
    weights,
    { seed: 1, trial: randomStream(1, 'trial') },
    { tensor() {}, parameter() {}, devices: (_array, wanted, actual) => seen.push({ wanted, actual }) },
  );
  const [{ wanted, actual }] = seen;
  const pairs = (of: 'plus' | 'minus') =>
    Array.from(wanted.target[of], (target, p) => ({ target, actual: actual.devices[of][p] }));
  return { design, window, plus: pairs('plus'), minus: pairs('minus') };
}

/** About thirty pulses of 100 ns from end to end; half of each is below its threshold. */
const vteam = { rOn: 1e4, rOff: 1e6, vOn: -1, vOff: 1, kOn: -10, kOff: 0.05, window: 'none', x0: 3e-9 };
const pulses = { up: -1.05, down: 1.02, width: 100e-9 };
const verify = { tolerance: 0.01, tries: 400 };
const conditions: OperatingConditions = {
  age: 0,
  temperature: 300,
  referenceTemperature: 300,
  drift: { exponent: 0, variation: 0, onset: 20 },
  readTime: 1e-6,
};

describe('Writing an array by pulses', () => {
  it('brings every device of a compact model to within the tolerance of its target', () => {
    const { plus, minus, window } = written('vteam', vteam, { pulses, verify });
    const reachable = [...plus, ...minus].filter(({ target }) => target > 1.05 * window.gOff);
    expect(reachable.length).toBeGreaterThan(10);
    for (const { target, actual } of reachable)
      expect(Math.abs(actual / target - 1)).toBeLessThanOrEqual(verify.tolerance);
  });

  it('brings pulse-update devices as near as their steps are fine, each with its own variation', () => {
    const step = 0.002;
    const values = { dwMin: step, dwMinDtod: 0.1, dwMinStd: 0.3, wMaxDtod: 0, wMinDtod: 0, upDownDtod: 0 };
    const changes = { pulses: { up: 1, down: -1, width: 1e-7 }, verify: { tolerance: 1e-3, tries: 2000 } };
    const { plus, minus, window } = written('constantStep', values, changes);
    const errors = [...plus, ...minus].map(
      ({ target, actual }) => (actual - target) / (window.gOn - window.gOff),
    );
    // The last pulse went past the target or stopped before it, by a step or so, with the noise of its pulses.
    for (const error of errors) expect(Math.abs(error)).toBeLessThan((step / 1.2) * (1 + 0.3 * 4) * 2);
    expect(new Set(errors.map((error) => error.toFixed(9))).size).toBeGreaterThan(10);
  });

  it('gives up where the pulses are used up', () => {
    const { plus, window } = written('vteam', vteam, { pulses, verify: { tolerance: 0.01, tries: 2 } });
    const far = plus.filter(({ target }) => target > 0.5 * window.gOn);
    for (const { target, actual } of far) expect(actual).toBeLessThan(0.5 * target);
  });

  it('half-selects the devices that are written already, from the last of the array to the first', () => {
    // Half of each pulse is beyond these thresholds.
    const low = { ...vteam, vOn: -0.4, vOff: 0.4, kOn: -0.02, kOff: 0.01 };
    const model = deviceModels.get('vteam');
    if (!model) throw new Error('vteam');
    const device = model.device(unwrap(resolveValues(model, low)));
    const changes = { pulses, verify };
    const own = written('vteam', low, changes, {}, [1, 1]);
    const kept = written('vteam', low, changes, { cell: { ...transistor } }, [1, 1]);
    // [plus, minus] of the input's row, then of the bias's.
    const targets = [0, 1].flatMap((p) => [own.plus[p].target, own.minus[p].target]);
    const left = [0, 1].flatMap((p) => [own.plus[p].actual, own.minus[p].actual]);
    const alone = targets.map((target) =>
      unwrap(
        writeVerify(
          programmableDevice('D', device, vRead),
          device.states.map(({ initial }) => initial),
          target,
          {
            potentiate: { amplitude: pulses.up, width: pulses.width },
            depress: { amplitude: pulses.down, width: pulses.width },
            tolerance: verify.tolerance,
            maxPulses: verify.tries,
          },
        ),
      ),
    );
    const time = (cell: number, amplitude: number) =>
      alone[cell].pulses.reduce((sum, one) => (one.amplitude === amplitude ? sum + one.width : sum), 0);
    const disturbed = (cell: number, others: readonly number[]) => {
      let states = Array.from(alone[cell].state);
      for (const amplitude of [pulses.up, pulses.down]) {
        const width = others.reduce((sum, other) => sum + time(other, amplitude), 0);
        if (width === 0) continue;
        const half = pulseTrain([{ amplitude: amplitude / 2, width }]);
        const trace = unwrap(integrate('D', device, half, { initial: states }));
        states = trace.states.map(({ values }) => values[values.length - 1]);
      }
      return readConductance(device, states, vRead);
    };
    // Cells 0 1 / 2 3: later ones on the word line or bit line of each.
    const expected = [disturbed(0, [1, 2]), disturbed(1, [3]), disturbed(2, [3]), disturbed(3, [])];
    for (const [cell, g] of expected.entries()) expect(left[cell] / g).toBeCloseTo(1, 5);
    expect(Math.max(...left.map((g, cell) => Math.abs(g / targets[cell] - 1)))).toBeGreaterThan(0.05);
    for (const [p, { actual }] of kept.plus.entries()) {
      const reads = alone[2 * p].reads;
      expect(actual).toBeCloseTo(reads[reads.length - 1], 12);
    }
  });

  it.each<[string, string, Values, { up: number; down: number }, RegExp[]]>([
    [
      'within both thresholds',
      'vteam',
      vteam,
      { up: -0.9, down: 0.8 },
      [/-0.9 V do not raise/, /0.8 V do not lower/],
    ],
    [
      'of swapped signs',
      'vteam',
      vteam,
      { up: 1.02, down: -1.05 },
      [/1.02 V do not raise/, /-1.05 V do not lower/],
    ],
    ['of a sign that lowers', 'softBounds', {}, { up: -1, down: -1 }, [/-1 V do not raise/]],
    ['of a model that does not move', 'resistive', {}, { up: 1, down: -1 }, [/raise/, /lower/]],
    ['beyond both thresholds', 'vteam', vteam, { up: -1.05, down: 1.02 }, []],
  ])('warns of pulses %s', (_case, model, values, volts, expected) => {
    const { design } = written(model, values, { pulses: { ...volts, width: 1e-7 }, verify });
    const warnings = realised(design).warnings.filter(({ code }) => code === 'device.pulses');
    expect(warnings).toHaveLength(expected.length);
    for (const [at, { message }] of warnings.entries()) expect(message).toMatch(expected[at]);
  });

  it('does not call pulses idle that would overheat a filament', () => {
    const [device] = designOf().devices;
    const array = { ...device.array, gOn: 2.7e-6, gOff: 4.6e-9 };
    const written = (up: number, down: number) =>
      idlePulses(
        {
          ...device,
          model: 'stanford2016',
          parameters: {},
          array: { ...array, pulses: { up, down, width: 1e-7 } },
        },
        vRead,
      );
    expect(written(2, -2)).toEqual([]);
    expect(written(0.8, -1.2)).toEqual([]);
    expect(written(-1.2, 0.8)).toHaveLength(2);
  });

  it('says at once where a model does not bear the pulses', () => {
    const { design } = written('vteam', vteam, {});
    const broken: Design = {
      ...design,
      devices: design.devices.map((one) => ({
        ...one,
        array: { ...one.array, pulses: { ...pulses, width: -1 }, verify },
      })),
    };
    const outcome = realiseNetwork(sized(broken), broken, 'Hw');
    expect(outcome.ok).toBe(false);
    expect(outcome.ok ? '' : outcome.problems[0].code).toMatch(/^device\./);
  });
});

const transistor = {
  kind: 'transistor' as const,
  onResistance: 0,
  gate: 3,
  gateThreshold: 0.7,
  transconductance: 1e-3,
  selectorCurrent: 1e-9,
  selectorVoltage: 0.05,
};

describe('Reads that disturb', () => {
  const values = { rOn: 100, rOff: 16e3, mobility: 1e-14, thickness: 1e-8, window: 'none' };
  const moved = (reads: number, crossbar: Partial<CrossbarDesign> = {}) =>
    written('linearIonDrift', values, { reads, conditions }, crossbar);
  /** An ion-drift device of a conductance after a voltage for as long as the reads take. */
  const drifted = (conductance: number, volts: number, reads: number) => {
    const k = (values.mobility * values.rOn) / values.thickness ** 2;
    const drop = values.rOff - values.rOn;
    const x = (values.rOff - 1 / conductance) / drop;
    // (rOff - drop·x) dx = k·V dt.
    const end = values.rOff * x - (drop * x * x) / 2 + k * volts * reads * conditions.readTime;
    const after = (values.rOff - Math.sqrt(Math.max(0, values.rOff ** 2 - 2 * drop * end))) / drop;
    return 1 / (values.rOff - drop * Math.min(1, Math.max(0, after)));
  };

  it('move an ion-drift device as its closed form says, by their number times their duration', () => {
    const reads = 200;
    const { plus, window } = moved(reads);
    expect(window.gOn).toBeCloseTo(1e-2, 9);
    for (const { target, actual } of plus) expect(actual / drifted(target, vRead, reads)).toBeCloseTo(1, 6);
    const [one, two] = [moved(reads).plus[0].actual, moved(2 * reads).plus[0].actual];
    expect(two).toBeGreaterThan(one);
  });

  it('drive the second word line of a pair negatively, and leave a transistor its share', () => {
    const reads = 1e6;
    const onResistance = 8e3;
    const cell = { ...transistor, onResistance };
    const { plus, minus } = moved(reads, { pairs: 'rows', cell });
    const left = (conductance: number) => vRead / (1 + onResistance * conductance);
    for (const { target, actual } of plus)
      expect(actual / drifted(target, left(target), reads)).toBeCloseTo(1, 6);
    for (const { target, actual } of minus)
      expect(actual / drifted(target, -left(target), reads)).toBeCloseTo(1, 6);
    // Much more than the tolerance lies between these and the whole read voltage.
    const [{ target, actual }] = plus;
    expect(actual / drifted(target, vRead, reads)).toBeLessThan(0.99);
  });

  it('move devices of a passive array as so many pulses of their duration do, however they were written', () => {
    const stream = randomStream(1);
    const device = pulseModels.get('passiveArray')?.draw({}, stream);
    const reads = 20_000;
    const { plus, minus } = written('passiveArray', {}, { reads, conditions });
    const pulse = { amplitude: vRead, width: conditions.readTime };
    for (const { target, actual } of [...plus, ...minus]) {
      let state = target;
      for (let k = 0; k < reads; k++) state = device?.pulse(state, pulse, stream) ?? 0;
      expect(Math.abs(actual / state - 1)).toBeLessThan(1e-3);
    }
    expect(Math.max(...plus.map(({ target, actual }) => actual / target))).toBeGreaterThan(1.02);
    for (const { actual } of written('passiveArray', {}, { reads: 1e18, conditions }).plus)
      expect(actual).toBe(device?.high);
  });

  it('leave a device with a threshold beyond the read voltage as it is', () => {
    for (const { target, actual } of written('vteam', vteam, { reads: 1e12, conditions }).plus)
      expect(actual).toBe(target);
  });
});
