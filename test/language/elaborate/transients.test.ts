import { describe, expect, it } from 'vitest';
import { designOf } from '../program.ts';

const text = (statements: string) => `
import std.cells
import std.cmos180
device Cell = resistive(rOn = 10 kOhm, rOff = 1 MOhm)
crossbar Gates { device = Cell }
hardware Analog {
  vmm on Gates readout on DifferenceAmp sigmoid on Sigmoid tanh on Tanh product on Multiplier sum on SummingAmp
  state on SampleHold
}
network N(x: [1]) -> y: [1] { rnn = GruResetBefore(x, units = 4) y = dense(rnn, units = 1) }
dataset d from "numbers.csv" { column = "value" window = 3 steps }
experiment e {
  network N data d train adam() for 1 epoch infer on Analog
  transient 2 steps { ${statements} }
}
`;

const probesOf = async (statements: string) =>
  (await designOf(text(statements))).experiments[0].transient?.probes.map(
    ({ quantity, signal }) => `${quantity} ${signal}`,
  );

describe('Probes of a transient', () => {
  it('name signals, nodes of circuits, and other quantities of them', async () => {
    expect(
      await probesOf(`
        probe rnn.n, rnn.n.pair.readout, rnn.product.2, y
        probe current(rnn.h.capacitor), power(rnn), conductance(rnn.n.r_h), state(y.rnn)`),
    ).toEqual([
      'voltage rnn.n',
      'voltage rnn.n.pair.readout',
      'voltage rnn.product.2',
      'voltage y',
      'current rnn.h.capacitor',
      'power rnn',
      'conductance rnn.n.r_h',
      'state y.rnn',
    ]);
  });

  it('leave devices as they are unless they are to move', async () => {
    expect((await designOf(text(''))).experiments[0].transient?.devices).toBe('static');
    expect((await designOf(text('devices = dynamic'))).experiments[0].transient?.devices).toBe('dynamic');
  });
});
