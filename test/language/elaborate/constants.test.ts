import { describe, expect, it } from 'vitest';
import { byName, designOf } from '../program.ts';

/** The value of a constant expression, as the parameter of a block. */
async function constant(expression: string) {
  const design = await designOf(
    `block B(in: V) -> out: V {\n  param p = ${expression}\n  out = in\n}\ncrossbar C { device = D }\ndevice D = resistive()\nhardware H { vmm on C  tanh on B }`,
  );
  return byName(byName(design.blocks, 'B').parameters, 'p').default;
}

describe('A constant expression', () => {
  it.each([
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2^-2^2', 1 / 16],
    ['(-2)^2', 4],
    ['-2 * 3', -6],
    ['2 * -3', -6],
    ['8 / 4 / 2', 1],
    ['8 / 4 * 2', 4],
    ['7 - 4 - 2', 1],
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['2^-1 * 6 - 1 - 1', 1],
    ['1 m', 1],
    ['1 mm', 1e-3],
    ['1 MHz * 1 s', 1e6],
    ['1 mHz * 1 s', 1e-3],
    ['1 um', 1e-6],
    ['1 µm', 1e-6],
    ['1 μm', 1e-6],
    ['10 kΩ / 1 kOhm', 10],
    ['2 V*s', 2],
    ['(2 um)^2 / 1 m^2', 4e-12],
    ['2 um^2 / 1 m^2', 2e-12],
    ['10 /V', 10],
  ])('%s is %s', async (expression, value) => {
    const found = await constant(expression);
    expect(found).toMatchObject({ kind: 'number' });
    if (found.kind === 'number') expect(found.value / value).toBeCloseTo(1, 12);
  });

  it('is a range between sums, of which a bare 0 fits every unit', async () => {
    const rails = await constant('0 .. 2^3^2 * 1 mV + 1 V');
    expect(rails).toMatchObject({ kind: 'range', low: 0 });
    if (rails.kind === 'range') expect(rails.high).toBeCloseTo(1.512, 12);
  });

  it.each([
    ['gaussian(1, 2 %)', { shape: 'gaussian', mean: 1, sigma: 0.02, relative: true }],
    ['gaussian(1, sigma = 2 %)', { shape: 'gaussian', mean: 1, sigma: 0.02, relative: true }],
    ['gaussian(2 %, mean = 1)', { shape: 'gaussian', mean: 1, sigma: 0.02, relative: true }],
    ['gaussian(2 mV)', { shape: 'gaussian', mean: 0, sigma: 0.002, relative: false }],
    ['uniform(1 V, 10 mV)', { shape: 'uniform', mean: 1, sigma: 0.01, relative: false }],
    ['lognormal(3, 0.1)', { shape: 'lognormal', mean: 3, sigma: 0.1, relative: true }],
  ])('%s is a distribution', async (expression, distribution) => {
    expect(await constant(expression)).toMatchObject(distribution);
  });
});
