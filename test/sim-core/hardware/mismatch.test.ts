import { describe, expect, it } from 'vitest';
import type { HardwareDesign, ParameterValue } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { type DesignChanges, designOf, gaussian, randomWeights, realised, sized, use } from './designs.ts';

/** All that one trial writes. */
function trial(changes: DesignChanges, seed = 1): Map<string, readonly number[]> {
  const design = designOf(changes);
  const written = new Map<string, readonly number[]>();
  const keep = (name: string, values: Float64Array) => void written.set(name, [...values]);
  realised(design).write(
    randomWeights(sized(design), 2),
    { seed: 1, trial: randomStream(seed, 'trial') },
    {
      tensor: keep,
      parameter: keep,
    },
  );
  return written;
}

const offsets = (share: HardwareDesign['share'], offset: ParameterValue = gaussian(2e-3)) => {
  const bindings = {
    sigmoid: use('Sigmoid', { offset }),
    tanh: use('Tanh', { offset }),
    product: use('Multiplier', { offset }),
  };
  return new Map([...trial({ hardware: { share, bindings } })].filter(([name]) => name.endsWith('.offset')));
};
const ofRole = (draws: ReadonlyMap<string, readonly number[]>, role: string) =>
  [...draws].filter(([name]) => name.startsWith(`rnn.${role}[`)).map(([, values]) => values);

describe('Mismatch', () => {
  it('is drawn once per unit and per use in the equations', () => {
    const draws = offsets({ units: false, gates: false });
    const all = [...draws.values()];
    // Three sigmoids, two tanh, three products; 4 units.
    expect(['sigmoid', 'tanh', 'product'].map((role) => ofRole(draws, role).length)).toEqual([3, 2, 3]);
    expect(all.every((values) => values.length === 4)).toBe(true);
    expect(new Set(all.flat()).size).toBe(8 * 4);
  });

  it('of activations is one for all units of a gate where units share a circuit, but products keep their own', () => {
    const draws = offsets({ units: true, gates: false });
    expect(ofRole(draws, 'sigmoid').map((values) => values.length)).toEqual([1, 1, 1]);
    expect(new Set(ofRole(draws, 'sigmoid').flat()).size).toBe(3);
    expect(ofRole(draws, 'product').map((values) => values.length)).toEqual([4, 4, 4]);
  });

  it('of activations is one for all gates of a layer where gates share circuits', () => {
    expect(ofRole(offsets({ units: false, gates: true }), 'sigmoid').map((values) => values.length)).toEqual([
      4,
    ]);
    expect(ofRole(offsets({ units: true, gates: true }), 'sigmoid').map((values) => values.length)).toEqual([
      1,
    ]);
  });

  it('stays within the bounds that the block declares', () => {
    const design = designOf({ hardware: { bindings: { sigmoid: use('Sigmoid', { offset: gaussian(1) }) } } });
    const bounded = {
      ...design,
      blocks: design.blocks.map((block) => ({
        ...block,
        parameters: block.parameters.map((parameter) => ({ ...parameter, low: -0.5, high: 0.1 })),
      })),
    };
    expect(bounded.blocks.length).toBeGreaterThan(0);
    const drawn: number[] = [];
    for (let seed = 0; seed < 20; seed++)
      realised(bounded).write(
        randomWeights(sized(bounded), 2),
        { seed: 1, trial: randomStream(seed) },
        {
          tensor: () => undefined,
          parameter: (name, values) => void (name.endsWith('.offset') && drawn.push(...values)),
        },
      );
    expect(Math.min(...drawn)).toBe(-0.5);
    expect(Math.max(...drawn)).toBe(0.1);
  });
});

describe('The streams of a trial', () => {
  const device = { programming: gaussian(0.05, true), stuckOn: 0.2, readNoise: gaussian(0.01, true) };
  const crossbar = { readout: 'voltage' as const };
  const bindings = { sigmoid: use('Sigmoid', { offset: gaussian(2e-3) }) };

  it('give the same values for the same seed and others for another', () => {
    expect(trial({ device, crossbar, hardware: { bindings } })).toEqual(
      trial({ device, crossbar, hardware: { bindings } }),
    );
    expect(trial({ device }, 1)).not.toEqual(trial({ device }, 2));
  });

  it('are independent: without programming errors the same devices are stuck and the same offsets drawn', () => {
    const stuckIn = (
      written: ReadonlyMap<string, readonly number[]>,
      clean: ReadonlyMap<string, readonly number[]>,
    ) =>
      [...written].flatMap(([name, values]) =>
        name.endsWith('plus.conductance')
          ? values.map((value, i) => value === 1e-4 && clean.get(name)?.[i] !== 1e-4)
          : [],
      );
    const columns = { ...crossbar, pairs: 'columns' as const };
    const clean = trial({ crossbar: columns });
    const all = trial({ device, crossbar: columns, hardware: { bindings } });
    const exact = trial({
      device: { ...device, programming: undefined },
      crossbar: columns,
      hardware: { bindings },
    });
    expect(stuckIn(all, clean).filter(Boolean).length).toBeGreaterThan(5);
    expect(stuckIn(exact, clean)).toEqual(stuckIn(all, clean));
    for (const [name, values] of exact) if (name.endsWith('.offset')) expect(all.get(name)).toEqual(values);
  });

  it('are independent: without stuck devices the others are programmed to the same conductances', () => {
    const columns = { pairs: 'columns' as const };
    const all = trial({ device, crossbar: columns });
    const working = trial({ device: { ...device, stuckOn: 0 }, crossbar: columns });
    for (const [name, values] of all)
      if (/:(plus|minus)\.conductance$/.test(name))
        for (const [i, value] of values.entries())
          if (value !== 1e-4) expect(working.get(name)?.[i]).toBe(value);
  });
});
