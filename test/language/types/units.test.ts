import { units, unitWords } from '@memloom/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameDimension } from '../../../language/types/units/dimension.ts';
import { formatDimension } from '../../../language/types/units/format.ts';
import { nearestUnit } from '../../../language/types/units/nearest-unit.ts';
import { parseUnit, scaleToSi, splitQuantity } from '../../../language/types/units/unit.ts';

function unit(text: string) {
  const result = parseUnit(text);
  if (!result.ok) throw new Error(`"${result.word}" in "${text}" is no unit`);
  return result.unit;
}

function value(text: string): number {
  const { number, unit: symbol } = splitQuantity(text);
  return scaleToSi(number, unit(symbol));
}

describe('units', () => {
  it('scales decimal numbers exactly as their SI notation would', () => {
    const pairs: readonly (readonly [string, number])[] = [
      ['10 kOhm', 10e3],
      ['35 uW', 35e-6],
      ['2.5 mV', 2.5e-3],
      ['1 pF', 1e-12],
      ['310 um^2', 310e-12],
      ['0.1 %', 0.001],
      ['1.5e3 mV', 1.5],
      ['20 MHz', 20e6],
      ['10 /V', 10],
      ['3 steps', 3],
      ['7 µm', 7e-6],
      ['4 MΩ', 4e6],
      ['2 g', 2e-3],
    ];
    for (const [text, expected] of pairs) expect(value(text), text).toBe(expected);
  });

  it('knows the dimension of products, quotients and powers', () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['V/A', 'Ohm'],
      ['A*s', 'C'],
      ['C/V', 'F'],
      ['1/Ohm', 'S'],
      ['V*A', 'W'],
      ['W*s', 'J'],
      ['V*s/A', 'H'],
      ['1/s', 'Hz'],
      ['N*m', 'J'],
      ['J/C', 'V'],
      ['kg*m/s^2', 'N'],
      ['V*s', 'Wb'],
      ['(m^2)/(V*s)', 'm^2/(V*s)'],
      ['%', '1'],
      ['eV', 'J'],
    ];
    for (const [left, right] of pairs)
      expect(sameDimension(unit(left).dimension, unit(right).dimension), `${left} = ${right}`).toBe(true);
    expect(sameDimension(unit('V').dimension, unit('A').dimension)).toBe(false);
    expect(sameDimension(unit('steps').dimension, unit('epochs').dimension)).toBe(false);
    expect(sameDimension(unit('dB').dimension, unit('1').dimension)).toBe(false);
  });

  it('keeps rational exponents apart', () => {
    const root = unit('V^0.5').dimension;
    expect(sameDimension(root, unit('V').dimension)).toBe(false);
    expect(formatDimension(unit('V^0.5*V^0.5').dimension)).toBe('V');
  });

  it('writes every unit of the table back as a text of the same dimension', () => {
    for (const { symbol } of units) {
      const { dimension } = unit(symbol);
      expect(sameDimension(unit(formatDimension(dimension)).dimension, dimension), symbol).toBe(true);
    }
  });

  it('reads every word that it offers', () => {
    for (const word of unitWords) expect(parseUnit(word).ok, word).toBe(true);
  });

  it('names the word that is no unit, and where it stands', () => {
    expect(parseUnit('m^2/(Volt*s)')).toEqual({ ok: false, word: 'Volt', offset: 5 });
    expect(parseUnit('')).toEqual({ ok: false, word: '', offset: 0 });
  });

  it('suggests by letter case, by name, and by spelling', () => {
    expect(nearestUnit('kohm')).toBe('kOhm');
    expect(nearestUnit('pf')).toBe('pF');
    expect(nearestUnit('volts')).toBe('V');
    // A prefix alone leaves open what of: neither kelvin nor metres.
    for (const prefix of ['k', 'M', 'Meg', 'u']) expect(nearestUnit(prefix)).toBeUndefined();
    expect(nearestUnit('Ohms')).toBe('Ohm');
    expect(nearestUnit('MegOhm')).toBe('MOhm');
    expect(nearestUnit('kiloohms')).toBe('kOhm');
    expect(nearestUnit('microvolts')).toBe('uV');
    expect(nearestUnit('nanos')).toBe('ns');
  });

  it('never throws, whatever the text', () => {
    const characters = fc.string({ unit: fc.constantFrom(...'VAsmOhk%/*^()-1.29 µΩ') });
    fc.assert(
      fc.property(characters, (text) => typeof parseUnit(text).ok === 'boolean'),
      { seed: 20, numRuns: 2000 },
    );
  });
});
