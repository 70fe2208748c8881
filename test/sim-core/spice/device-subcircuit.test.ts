import { describe, expect, it } from 'vitest';
import { deviceLaw } from '../../../sim-core/devices/laws/device-law.ts';
import { deviceSubcircuit } from '../../../sim-core/spice/device-subcircuit.ts';
import { designOf } from '../../language/program.ts';
import { unwrap } from '../circuit/circuits.ts';

describe('the subcircuit of a device with equations of its own', () => {
  it('keeps apart what ngspice would take for one: capitals, and the parameters of a programmed device', async () => {
    const { devices } = await designOf(`device Own(v: V) -> i: A {
      param scale = 1 kOhm
      param start_s_w = 0.5
      state w in 0.01 .. 1 = 0.5
      state W in 0 .. 1 = 0.5
      i = v / scale * w
      w' = 1 /(V*s) * v * start_s_w
      W' = 1 /s * (w - W)
    }`);
    const law = unwrap(deviceLaw(devices[0]));
    const own = deviceSubcircuit('Own', law, true);
    const parameters = own.flatMap((line) => /^\+ (\w+)=/.exec(line)?.[1] ?? []);
    expect(parameters).toEqual(['scale_', 'start_s_w__', 'scale', 'start_s_w', 'start_s_w_']);
    expect(own).toContain('.subckt Own p n s_w s_w_ params:');
    const names = own.flatMap((line) => /^([BCR]\w+) /.exec(line)?.[1].toLowerCase() ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(own.find((line) => line.startsWith('Bdevice'))).toContain('{scale}*(');
    expect(deviceSubcircuit('Own', law)).toContain('+ scale=1000');
  });
});
