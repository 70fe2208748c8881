import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memloom, root, withFolder } from './terminal.ts';

const circuits = join(root, 'language/std/gf180');
const recorded: readonly {
  readonly file: string;
  readonly block: string;
  readonly subcircuit: string;
  readonly deviation: number;
  readonly pole: number;
  readonly power: number;
  readonly parameters: Readonly<Record<string, { readonly value: number }>>;
}[] = JSON.parse(readFileSync(join(circuits, 'characterized.json'), 'utf8'));

/** A first-order low-pass behind a voltage-controlled source of gain 0.9: everything about it is known. */
const filter = `* gain and pole in closed form
.subckt filter in out vdd vss
E1 inner 0 in 0 0.9
R1 inner out 1k
C1 out 0 9p
R2 vdd vss 33k
Xm vdd 0 vss vss nmos_3p3 w=2u l=4u
.ends
`;
const gainBlock = `block Gain(in: V) -> out: V {
  param gain = 1 in 0.1 .. 10
  param offset = gaussian(1 mV)
  param pole = 1 MHz in 1 Hz .. 1 THz
  out = gain * (in + offset)
}
`;

/** The logarithm of a negative number. */
const undefinedOutput = '.subckt bad in out vdd vss\nB1 out 0 V=ln(-1-v(in)*v(in))*1e300*v(out)\n.ends\n';

describe('memloom characterize-block', () => {
  it('measures what a circuit of closed form must give', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'filter.cir'), filter);
      writeFileSync(join(folder, 'gain.loom'), gainBlock);
      const args = [
        '--subckt',
        'filter',
        '--block',
        'Gain',
        '--from',
        'gain.loom',
        '--trials',
        '2',
        '--json',
      ];
      const { code, out, err } = memloom(folder, ['characterize-block', 'filter.cir', ...args]);
      expect(err).toBe('');
      expect(code).toBe(0);
      const measured = JSON.parse(out);
      expect(measured.parameters.gain.value).toBeCloseTo(0.9, 3);
      expect(measured.parameters.offset.value).toBeCloseTo(0, 6);
      // 1 kOhm and 9 pF beside the bench's 100 fF; the sweep has 40 points per decade, 6 % apart.
      expect(measured.pole / (1 / (2 * Math.PI * 1e3 * 9.1e-12))).toBeCloseTo(1, 1);
      expect(measured.settling / (Math.log(100) * 1e3 * 9.1e-12)).toBeCloseTo(1, 1);
      expect(measured.rails.high).toBeCloseTo(0.9 * 1.65, 2);
      // 3.3 V over 33 kOhm, and a transistor of 2 µm width whose overdrive is near a volt.
      expect(measured.power).toBeGreaterThan(3.3 ** 2 / 33e3);
      // 8 µm² of gate, 34 squares of 1 µm², 9 pF at 1.99 fF/µm².
      expect(measured.area * 1e12).toBeCloseTo(8 + 34 + 9000 / 1.99, 0);
    }));

  it.each(recorded.filter(({ block }) => block === 'Tanh' || block === 'SampleHold'))(
    'finds the recorded figures of $file again',
    ({ file, block, subcircuit, deviation, pole, power, parameters }) => {
      const supplied = block === 'Tanh' ? ['--supplied', 'unit=0.1'] : [];
      const args = ['--subckt', subcircuit, '--block', block, '--trials', '2', ...supplied, '--json'];
      const { code, out } = memloom(root, ['characterize-block', join(circuits, file), ...args]);
      expect(code).toBe(0);
      const measured = JSON.parse(out);
      expect(measured.deviation).toBeCloseTo(deviation, 9);
      expect(measured.pole / pole).toBeCloseTo(1, 6);
      expect(measured.power / power).toBeCloseTo(1, 6);
      for (const [name, { value }] of Object.entries(parameters))
        expect(measured.parameters[name].value).toBeCloseTo(value, 9);
    },
    120_000,
  );

  it.each([
    [['--block', 'Tanh'], '--subckt must be given'],
    [['--subckt', 'none', '--block', 'Tanh'], 'has no subcircuit "none"'],
    [['--subckt', 'loom_tanh', '--block', 'Tan'], 'There is no block "Tan"'],
    [['--subckt', 'loom_tanh', '--block', 'Multiplier'], 'has no pin a, b'],
    [['--subckt', 'loom_tanh', '--block', 'Tanh', '--corner', 'warm'], '--corner is'],
    [['--subckt', 'loom_tanh', '--block', 'Tanh', '--range=1..0'], '--range takes LOW..HIGH'],
    [['--subckt', 'loom_tanh', '--block', 'Tanh', '--ngspice', '/no/such'], 'is no ngspice'],
  ])('refuses %j', (args, message) => {
    const supplied = ['--supplied', 'unit=0.1'];
    const { code, out, err } = memloom(root, [
      'characterize-block',
      join(circuits, 'tanh.cir'),
      ...args,
      ...supplied,
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('says what ngspice complains about', () =>
    withFolder((folder) => {
      writeFileSync(
        join(folder, 'bad.cir'),
        '.subckt bad in out vdd vss\nX1 out in vss vss no_such w=1u l=1u\n.ends\n',
      );
      const args = ['--subckt', 'bad', '--block', 'SampleHold', '--trials', '2'];
      const { code, err } = memloom(folder, ['characterize-block', 'bad.cir', ...args]);
      expect(code).toBe(2);
      expect(err).toContain('spice.failed');
      expect(err).toContain('no_such');
    }));

  it.each([
    ['an empty file', '', 'spice.subcircuit'],
    ['a subcircuit without end', '.subckt bad in out vdd vss\nR1 in out 1k\n', 'has no end'],
    [
      'an output that nothing moves',
      '.subckt bad in out vdd vss\nR1 in 0 1k\nR2 out 0 1k\n.ends\n',
      'spice.no-function',
    ],
    ['an output without a value', undefinedOutput, 'spice.'],
    [
      'an include that is not there',
      '.include none.cir\n.subckt bad in out vdd vss\n.ends\n',
      'file.unreadable',
    ],
  ])(
    'refuses %s',
    (_what, text, message) =>
      withFolder((folder) => {
        writeFileSync(join(folder, 'bad.cir'), text);
        const args = ['--subckt', 'bad', '--block', 'SampleHold', '--trials', '2'];
        const { code, out, err } = memloom(folder, ['characterize-block', 'bad.cir', ...args]);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        expect(err).toContain(message);
      }),
    60_000,
  );
});
