import { describe, expect, it } from 'vitest';
import { byName, designOf } from './program.ts';
import { workspace } from './workspace.ts';

const text = `import std.cmos180
device HfO2 = vteam(rOn = 10 kOhm, rOff = 1 MOhm) { programming = gaussian(2 %) }
crossbar C { device = HfO2 }
hardware H { vmm on C readout on DifferenceAmp tanh on Tanh(gain = 2) }
network N(x: [1]) -> y: [1] { y = dense(x, units = 1) }
dataset d from "d.csv" { column = "a" window = 3 steps }
experiment e { network N data d train adam() for 5 epochs seed 3 infer on H trials 4 }
`;

describe('--set OWNER.PARAMETER=VALUE', () => {
  it('reads values as a text would, and puts them into the design', async () => {
    const set = [
      'HfO2.levels=16',
      'HfO2.rOn=20 kOhm',
      'HfO2.programming=5 %',
      'C.readout=voltage',
      'C.vRead = 0.2 V',
      'H.scale=50mV',
      'Tanh.gain=gaussian(1, 2 %)',
      'd.window=6',
      'e.epochs=9',
      'e.rate=0.01',
      'e.seed=8',
      'e.trials=2',
      'e.loss=mae',
    ];
    const design = await designOf(text, {}, set);
    const device = byName(design.devices, 'HfO2');
    expect(device.array).toMatchObject({ levels: 16, programming: { sigma: 0.05 } });
    expect(device.array.gOn).toBeCloseTo(5e-5, 15);
    expect(design.crossbars[0]).toMatchObject({ readout: 'voltage', vRead: 0.2 });
    expect(design.hardware[0].scale).toBe(0.05);
    expect(
      byName(design.blocks, 'Tanh').parameters.find(({ name }) => name === 'gain')?.default,
    ).toMatchObject({ sigma: 0.02, relative: true });
    expect(design.datasets[0].framing).toMatchObject({ steps: 6 });
    expect(design.experiments[0]).toMatchObject({
      seed: 8,
      train: { epochs: 9, loss: 'mae', optimizer: { rate: 0.01 } },
      infer: { trials: 2 },
    });
  });

  it.each([
    ['HfO2.levels', 'set.syntax'],
    ['HfO3.levels=16', 'override.unknown-owner'],
    ['HfO2.level=16', 'override.unknown-parameter'],
    ['HfO2.levels=16 V', 'unit.mismatch'],
    ['HfO2.levels=1', 'value.bounds'],
    ['HfO2.levels=1.5', 'value.integer'],
    ['HfO2.rOn=10 kohm', 'unit.unknown'],
    ['HfO2.rOn=10 kOhm } device X = vteam {', 'set.value'],
    ['HfO2.rOn=(1', 'set.value'],
    ['HfO2.rOn=§', 'set.value'],
    ['C.readout=amperes', 'value.word'],
    ['C.size=1', 'value.expected'],
    ['HfO2.rOn=2 MOhm', 'device.conflicting-parameters'],
  ])('%s fails with %s', async (setting, code) => {
    const { project, uriOf } = await workspace({ 'main.loom': text });
    const outcome = await project.elaborateFile(uriOf('main.loom'), { set: [setting] });
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.code)).toEqual([code]);
  });
});
