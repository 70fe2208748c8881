import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileScalar } from '../../../sim-core/devices/compile-scalar.ts';
import { byName, designOf } from '../program.ts';

type Values = Readonly<Record<string, number>>;
let blocks: Awaited<ReturnType<typeof designOf>>['blocks'];

beforeAll(async () => {
  const bindings = 'readout on Tia sum on SummingAmp';
  const text = `import std.cmos180\nhardware C { ${bindings} }\nhardware V { readout on DifferenceAmp }`;
  ({ blocks } = await designOf(text));
});

/** Output of a block for given inputs and parameters, away from its rails. */
function outputOf(name: string, given: Values): number {
  const block = byName(blocks, name);
  const known = new Map(Object.entries({ ...given, 'rails.low': -1e9, 'rails.high': 1e9 }));
  for (const equation of block.equations) {
    const names = [...known.keys()];
    const values = Float64Array.from(known.values());
    known.set(equation.name, compileScalar(equation.value, (of) => names.indexOf(of))(values));
  }
  return known.get(block.output.name) ?? Number.NaN;
}

/**
 * Output of an op-amp with open-loop gain A and an offset at its non-inverting input, whose inverting node is fed
 * through conductances by sources and by the output: Kirchhoff's law at that node together with Vo = A (Vp + Vos - Vn).
 */
function opAmp(
  { openLoopGain, offset }: Values,
  plus: number,
  feedback: number,
  sources: readonly { readonly volts: number; readonly siemens: number }[],
): number {
  const fed = sources.reduce((sum, { volts, siemens }) => sum + volts * siemens, 0);
  const total = sources.reduce((sum, { siemens }) => sum + siemens, feedback);
  // Vn = (fed + Vo·feedback)/total, put into the amplifier's equation.
  return (openLoopGain * (plus + offset - fed / total)) / (1 + (openLoopGain * feedback) / total);
}

const volts = fc.double({ min: -0.2, max: 0.2, noNaN: true });
const amplifier = fc.record({
  openLoopGain: fc.double({ min: 10, max: 1e5, noNaN: true }),
  offset: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
});
const resistance = fc.double({ min: 1e3, max: 1e5, noNaN: true });

describe('the amplifiers of std.cmos180 solve the circuits that they stand for', () => {
  it('Tia: a column at the virtual ground, which the offset moves', () => {
    const column = fc.array(fc.record({ volts, siemens: fc.double({ min: 1e-6, max: 1e-4, noNaN: true }) }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(amplifier, resistance, column, (values, rF, devices) => {
        // The stage inverts; pairs drive their word lines with the opposite sign.
        const current = devices.reduce((sum, device) => sum - device.volts * device.siemens, 0);
        const gColumn = devices.reduce((sum, { siemens }) => sum + siemens, 0);
        const output = outputOf('Tia', { ...values, in: current, gColumn, rF });
        expect(output).toBeCloseTo(opAmp(values, 0, 1 / rF, devices), 9);
      }),
      { seed: 1 },
    );
  });

  it('DifferenceAmp: four resistors about one op-amp', () => {
    fc.assert(
      fc.property(
        amplifier,
        volts,
        volts,
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (values, plus, minus, gain) => {
          const divided = (plus * gain) / (1 + gain);
          const expected = opAmp(values, divided, 1 / gain, [{ volts: minus, siemens: 1 }]);
          expect(outputOf('DifferenceAmp', { ...values, plus, minus, gain })).toBeCloseTo(expected, 9);
        },
      ),
      { seed: 2 },
    );
  });

  it('SummingAmp: three equal resistors at the inverting input', () => {
    fc.assert(
      fc.property(amplifier, volts, volts, (values, a, b) => {
        const expected = opAmp(
          values,
          0,
          1,
          [-a, -b].map((of) => ({ volts: of, siemens: 1 })),
        );
        expect(outputOf('SummingAmp', { ...values, a, b })).toBeCloseTo(expected, 9);
      }),
      { seed: 3 },
    );
  });
});
