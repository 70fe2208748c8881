import { describe, expect, it } from 'vitest';
import { byName, designOf } from '../program.ts';

const device = 'device D = resistive()';

describe('the cell of a crossbar', () => {
  it('is passive unless the text says otherwise, and is inherited with its parameters', async () => {
    const text = `${device}
      crossbar A { device = D }
      crossbar B extends A { cell = transistor gate = 1.5 V transconductance = 200 uA/V^2 }
      crossbar C extends B { gateThreshold = 0.4 V }
      crossbar E extends A { cell = transistor onResistance = 3 kOhm }
      crossbar F extends A { cell = selector selectorCurrent = 5 nA }`;
    const { crossbars } = await designOf(text);
    const cell = (name: string) => byName(crossbars, name).cell;
    expect(cell('A')?.kind).toBe('passive');
    expect(cell('C')).toMatchObject({
      kind: 'transistor',
      gate: 1.5,
      gateThreshold: 0.4,
      transconductance: 2e-4,
    });
    expect(cell('C')).not.toHaveProperty('onResistance');
    expect(cell('E')).toMatchObject({ kind: 'transistor', onResistance: 3000 });
    expect(cell('F')).toMatchObject({ kind: 'selector', selectorCurrent: 5e-9, selectorVoltage: 0.05 });
  });
});
