import { describe, expect, it } from 'vitest';
import type { Design, DeviceDesign, Expression, ParameterValue } from '../../../sim-core/design/design.ts';
import { overrideParameter } from '../../../sim-core/design/override.ts';
import { airlineDesign } from '../run/airline-design.ts';

const design = airlineDesign({});
const number = (value: number): ParameterValue => ({ kind: 'number', value });
const word = (value: string): ParameterValue => ({ kind: 'word', value });

function put(path: string, value: ParameterValue, into: Design = design): Design {
  const [owner, parameter] = path.split('.');
  const outcome = overrideParameter(into, { owner, parameter }, value);
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
}

function problemOf(path: string, value: ParameterValue) {
  const [owner, parameter] = path.split('.');
  const outcome = overrideParameter(design, { owner, parameter }, value);
  if (outcome.ok) throw new Error(`${path} was accepted.`);
  return outcome.problems[0];
}

describe('Overriding a parameter', () => {
  it('changes that parameter and nothing else, and leaves the design as it was', () => {
    const before = JSON.stringify(design);
    const changed = put('HfO2.stuckOff', number(0.01));
    expect(JSON.stringify(design)).toBe(before);
    expect(changed).toEqual({
      ...design,
      devices: [{ ...design.devices[0], array: { ...design.devices[0].array, stuckOff: 0.01 } }],
    });
  });

  it.each<readonly [string, number, object]>([
    ['age', 3600, { age: 3600 }],
    ['temperature', 358, { temperature: 358 }],
    ['drift', 0.04, { drift: { exponent: 0.04, variation: 0.1, onset: 20 } }],
    ['flicker', 0.01, { flicker: 0.01 }],
  ])('reaches the conditions of use: %s', (parameter, value, expected) => {
    const conditions = {
      age: 1,
      temperature: 300,
      referenceTemperature: 300,
      drift: { exponent: 0, variation: 0.1, onset: 20 },
      readTime: 1e-6,
    };
    const [device] = design.devices;
    const used = { ...design, devices: [{ ...device, array: { ...device.array, conditions } }] };
    const [changed] = put(`HfO2.${parameter}`, number(value), used).devices;
    expect(changed.array.conditions).toEqual({ ...conditions, ...expected });
  });

  it.each<readonly [string, ParameterValue, (changed: Design) => unknown, unknown]>([
    ['HfO2.levels', number(16), ({ devices }) => devices[0].array.levels, 16],
    ['VoltageArray.vRead', number(0.3), ({ crossbars }) => crossbars[0].vRead, 0.3],
    ['VoltageArray.pairs', word('columns'), ({ crossbars }) => crossbars[0].pairs, 'columns'],
    ['CurrentArray.weightMax', number(2), ({ crossbars }) => crossbars[1].weightMax, 2],
    ['VoltageArray.coding', word('offset'), ({ crossbars }) => crossbars[0].coding, 'offset'],
    ['VoltageArray.tiling', word('false'), ({ crossbars }) => crossbars[0].tiling, false],
    ['VoltageArray.slices', number(4), ({ crossbars }) => crossbars[0].slices, 4],
    ['CurrentMode.redraw', word('writing'), ({ hardware }) => hardware[1].redraw, 'writing'],
    ['HfO2.gOnVariation', number(0.1), ({ devices }) => devices[0].array.gOnVariation?.sigma, 0.1],
    ['CurrentMode.scale', number(0.2), ({ hardware }) => hardware[1].scale, 0.2],
    ['passengers.split', number(0.5), ({ datasets }) => datasets[0].split, 0.5],
    [
      'passengers.from',
      word('other.csv'),
      ({ datasets }) => datasets[0].source,
      { ...design.datasets[0].source, file: 'other.csv' },
    ],
    [
      'passengers.window',
      number(5),
      ({ datasets }) => datasets[0].framing,
      { ...design.datasets[0].framing, steps: 5 },
    ],
    ['forecast.epochs', number(3), ({ experiments }) => experiments[0].train?.epochs, 3],
    ['forecast.rate', number(0.01), ({ experiments }) => experiments[0].train?.optimizer.rate, 0.01],
    ['forecast.batch', number(8), ({ experiments }) => experiments[0].train?.batch, 8],
    ['forecast.trials', number(8), ({ experiments }) => experiments[0].infer?.trials, 8],
  ])('reaches %s', (path, value, read, expected) => {
    expect(read(put(path, value))).toEqual(expected);
  });

  it('of a device model finds the conductance window anew', () => {
    const { parameters, array } = put('HfO2.rOn', number(20e3), put('HfO2.rOff', number(2e6))).devices[0];
    expect(parameters).toMatchObject({ rOn: number(20e3), rOff: number(2e6) });
    expect(array.gOn).toBeCloseTo(1 / 20e3, 12);
    expect(array.gOff).toBeCloseTo(1 / 2e6, 12);
    expect(array.levels).toBe(64);
  });

  it('of a read voltage moves the window of a device whose current is not linear in it', () => {
    const nonlinear: Design = {
      ...design,
      devices: [{ ...design.devices[0], model: 'yakopcic', parameters: {} }],
    };
    const windows = [0.1, 0.2].map(
      (vRead) => put('VoltageArray.vRead', number(vRead), nonlinear).devices[0].array,
    );
    expect(windows[0].gOn).toBeGreaterThan(windows[0].gOff);
    expect(windows[0].gOn).not.toBe(windows[1].gOn);
    // The first crossbar made of the device decides.
    expect(put('CurrentArray.vRead', number(0.3), nonlinear).devices).toEqual(nonlinear.devices);
  });

  it('by a number replaces the spread of an error and keeps its shape', () => {
    const { programming } = put('HfO2.programming', number(0.05)).devices[0].array;
    expect(programming).toEqual({ ...design.devices[0].array.programming, sigma: 0.05 });
    const none: Design = {
      ...design,
      devices: [{ ...design.devices[0], array: { ...design.devices[0].array, programming: undefined } }],
    };
    expect(put('HfO2.programming', number(0.05), none).devices[0].array.programming).toEqual(programming);
  });

  it('of a block takes effect wherever the block is used', () => {
    const [hardware, ...others] = design.hardware;
    const { state } = hardware.bindings;
    const bound: Design = {
      ...design,
      hardware: [
        {
          ...hardware,
          bindings: {
            ...hardware.bindings,
            state: state && { ...state, arguments: { capacitance: number(1e-9) } },
          },
        },
        ...others,
      ],
    };
    const changed = put('SampleHold.capacitance', number(5e-12), bound);
    const block = changed.blocks.find(({ name }) => name === 'SampleHold');
    expect(block?.parameters.find(({ name }) => name === 'capacitance')?.default).toEqual(number(5e-12));
    expect(changed.hardware[0].bindings.state?.arguments).toEqual({});
  });
});

describe('Overriding fails', () => {
  it('with the nearest name where the owner does not exist', () => {
    expect(problemOf('HfO3.levels', number(2))).toEqual({
      code: 'override.unknown-owner',
      message: 'There is no device, crossbar, block, hardware, dataset or experiment "HfO3".',
      hint: 'Did you mean "HfO2"?',
    });
  });

  it('with the nearest name where the owner has no such parameter', () => {
    expect(problemOf('HfO2.programing', number(2))).toMatchObject({
      code: 'override.unknown-parameter',
      message: '"HfO2" has no parameter "programing".',
      hint: 'Did you mean "programming"?',
    });
    expect(problemOf('forecast.toString', number(2)).code).toBe('override.unknown-parameter');
  });

  it.each<readonly [string, ParameterValue]>([
    ['HfO2.levels', number(2.5)],
    ['HfO2.levels', number(1)],
    ['HfO2.stuckOn', number(1.5)],
    ['HfO2.programming', number(-0.1)],
    ['HfO2.rOn', word('low')],
    ['VoltageArray.readout', word('digital')],
    ['VoltageArray.vRead', number(0)],
    ['VoltageArray.vRead', word('high')],
    ['CurrentMode.scale', number(Number.NaN)],
    ['Sigmoid.rails', number(1)],
    ['Sigmoid.rails', { kind: 'range', low: 1, high: 0 }],
    ['Sigmoid.offset', word('none')],
    ['passengers.split', number(1)],
    ['forecast.batch', number(0)],
    ['forecast.rate', number(-1)],
  ])('where the value does not suit %s: %o', (path, value) => {
    const problem = problemOf(path, value);
    expect(problem.code).toBe('override.value');
    expect(problem.hint).toMatch(/^It takes /);
  });

  it('with what the device model says about values that contradict one another', () => {
    expect(problemOf('HfO2.rOn', number(1e9)).code).toBe('device.conflicting-parameters');
    expect(problemOf('HfO2.rOn', number(-1)).code).toBe('device.parameter-out-of-bounds');
  });
});

describe('a device by its own equations', () => {
  /** A conductor k·(1 + w) siemens. */
  const own = (array: Partial<DeviceDesign['array']> = {}): Design => {
    const [first, ...others] = design.devices;
    const named = (name: string): Expression => ({ op: 'reference', name, next: false });
    const times = (left: Expression, right: Expression): Expression => ({
      op: 'binary',
      fn: 'multiply',
      left,
      right,
    });
    const one: Expression = { op: 'number', value: 1 };
    const sum: Expression = { op: 'binary', fn: 'add', left: one, right: named('w') };
    const equation = (name: string, next: boolean, value: Expression) => ({
      id: name,
      name,
      next,
      value,
      size: { constant: 1, terms: {} },
    });
    const device: DeviceDesign = {
      ...first,
      model: 'equations',
      parameters: { k: number(1e-5) },
      equations: {
        voltage: 'v',
        current: 'i',
        states: [{ name: 'w', low: 0, high: 1, initial: 0 }],
        equations: [
          equation('i', false, times(times(named('k'), sum), named('v'))),
          equation('w', true, named('v')),
        ],
      },
      array: { ...first.array, gOn: 2e-5, gOff: 1e-5, ...array },
    };
    return { ...design, crossbars: [], devices: [device, ...others] };
  };
  const changed = (start: Design, value: ParameterValue) => {
    const outcome = overrideParameter(start, { owner: own().devices[0].name, parameter: 'k' }, value);
    return outcome.ok ? outcome.value.devices[0] : outcome.problems[0].code;
  };

  it('takes another value, and its conductance window follows', () => {
    expect(changed(own(), number(3e-5))).toMatchObject({
      parameters: { k: { value: 3e-5 } },
      array: { gOn: expect.closeTo(6e-5, 12), gOff: expect.closeTo(3e-5, 12) },
    });
  });

  it('keeps a window that its array gives', () => {
    expect(changed(own({ gOn: 5e-5 }), number(3e-5))).toMatchObject({
      array: { gOn: 5e-5, gOff: expect.closeTo(3e-5, 12) },
    });
  });

  it('goes before an array property of the same name, as in the language', () => {
    const start = own();
    const [first] = start.devices;
    const named = { ...first, parameters: { ...first.parameters, levels: number(0.5) } };
    const path = { owner: first.name, parameter: 'levels' };
    const outcome = overrideParameter({ ...start, devices: [named] }, path, number(0.25));
    expect(outcome.ok && outcome.value.devices[0].parameters.levels).toEqual(number(0.25));
  });

  it('takes no word, and no value with which it would not conduct', () => {
    expect(changed(own(), word('low'))).toBe('override.value');
    expect(changed(own(), number(0))).toBe('device.conflicting-parameters');
  });
});
