import { describe, expect, it } from 'vitest';
import type { Design } from '../../../sim-core/design/design.ts';
import { realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import { allRoles, cellNetwork, type DesignChanges, designOf, realised, sized, use } from './designs.ts';

const codes = (design: Design, hardware = 'Hw') => {
  const outcome = realiseNetwork(sized(design), design, hardware);
  return outcome.ok ? [] : outcome.problems.map(({ code }) => code);
};
const codesOf = (changes: DesignChanges) => codes(designOf(changes));

describe('Realising a network', () => {
  it('lists what stays ideal in one warning', () => {
    const { warnings } = realised(designOf());
    expect(warnings.map(({ code, message }) => ({ code, message }))).toEqual([
      {
        code: 'hardware.unbound',
        message:
          'On hardware "Hw" nothing realises readout, sigmoid, tanh, product, sum, state: evaluated ideally.',
      },
    ]);
  });

  it('has nothing to warn about when every role that the network needs is bound', () => {
    expect(realised(designOf({ hardware: { bindings: allRoles('current') } })).warnings).toEqual([]);
  });

  it('says so where there is no crossbar', () => {
    const without = realised(designOf({ hardware: { crossbar: undefined, bindings: allRoles('current') } }));
    expect(without.warnings.map(({ message }) => message)).toEqual([
      'On hardware "Hw" nothing realises vmm: evaluated ideally.',
    ]);
    expect(without.layouts).toEqual([]);
  });

  it('says so where a temperature changes nothing for want of an activation energy', () => {
    const warm = (activationEnergy: number | undefined) =>
      realised(
        designOf({
          device: {
            conditions: {
              age: 1,
              temperature: 358,
              referenceTemperature: 300,
              activationEnergy,
              drift: { exponent: 0.05, variation: 0, onset: 20 },
              readTime: 1e-6,
            },
          },
          hardware: { bindings: allRoles('current') },
        }),
      ).warnings.map(({ code }) => code);
    expect(warm(undefined)).toEqual(['device.temperature']);
    expect(warm(1e-19)).toEqual([]);
  });

  it('probes voltages', () => {
    const { network } = realised(designOf({ network: cellNetwork('Np', 1, 4) }));
    const probes = network.layers[0].graph.probes;
    expect(probes.map(({ name }) => name)).toEqual(['i', 'f', 'z', 'c', 'o', 'h']);
    expect(probes.every(({ unit, scale }) => unit === 'V' && scale === 1)).toBe(true);
  });

  it('counts a multiplication by a number as a gain, not as a multiplier', () => {
    const { warnings } = realised(
      designOf({
        network: cellNetwork('Odd', 1, 2),
        hardware: { bindings: { ...allRoles('current'), product: undefined } },
      }),
    );
    expect(warnings).toEqual([]);
  });
});

describe('Hardware that cannot work', () => {
  it.each<readonly [string, DesignChanges, string]>([
    ['an unknown crossbar', { hardware: { crossbar: 'Aray' } }, 'hardware.unknown-crossbar'],
    ['an unknown device', { crossbar: { device: 'Memristr' } }, 'hardware.unknown-device'],
    ['an unknown block', { hardware: { bindings: { tanh: use('Tnah') } } }, 'hardware.unknown-block'],
    ['a scale of zero', { hardware: { scale: 0 } }, 'hardware.scale'],
    ['a read voltage of zero', { crossbar: { vRead: 0 } }, 'crossbar.vRead'],
    ['a negative load', { crossbar: { load: -1 } }, 'crossbar.load'],
    ['a weightMax of zero', { crossbar: { weightMax: 0 } }, 'crossbar.weightMax'],
    ['a closed window', { device: { gOff: 1e-4 } }, 'device.window'],
    ['one level', { device: { levels: 1 } }, 'device.levels'],
    ['more than all devices stuck', { device: { stuckOn: 0.6, stuckOff: 0.6 } }, 'device.stuck'],
    [
      'a block with the wrong number of inputs',
      { hardware: { bindings: { sigmoid: use('SummingAmp') } } },
      'hardware.block-ports',
    ],
  ])('is a problem: %s', (_, changes, code) => {
    expect(codesOf(changes)).toEqual([code]);
  });

  it('is a problem: a read-out block that does not fit the crossbar', () => {
    expect(
      codesOf({ crossbar: { readout: 'voltage' }, hardware: { bindings: { readout: use('Tia') } } }),
    ).toEqual(['hardware.block-ports', 'hardware.supplied-port']);
    expect(codesOf({ hardware: { bindings: { readout: use('DifferenceAmp') } } })).toEqual([
      'hardware.block-ports',
      'hardware.supplied-port',
    ]);
  });

  it('is a problem: a hardware that does not exist, with the nearest name', () => {
    const design = designOf();
    const outcome = realiseNetwork(sized(design), design, 'Hv');
    expect(outcome.ok ? [] : outcome.problems).toEqual([
      {
        code: 'hardware.unknown-hardware',
        message: 'There is no hardware "Hv".',
        hint: 'Did you mean "Hw"?',
        origin: undefined,
      },
    ]);
  });
});
