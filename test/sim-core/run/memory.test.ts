import { describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../sim-core/run/request.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineRequest } from './airline-design.ts';

/** The airline request with so many units in its cell. */
function withUnits(units: number, changes: Parameters<typeof airlineRequest>[0] = {}): RunRequest {
  const { design, ...rest } = airlineRequest(changes);
  const networks = design.networks.map((network) => ({
    ...network,
    layers: network.layers.map((layer) =>
      layer.kind === 'cell' ? { ...layer, dimensions: { m: units } } : layer,
    ),
  }));
  return { ...rest, design: { ...design, networks } };
}

/** Why a request is refused, in words; undefined: it is not. It must be refused before it computes anything. */
function refusal(request: RunRequest): string | undefined {
  let worked = false;
  const outcome = run(request, { progress: () => (worked = true) });
  if (outcome.ok) return undefined;
  expect(outcome.problems.map(({ code }) => code)).toEqual(['run.too-large']);
  expect(worked).toBe(false);
  return outcome.problems[0].message;
}

const short = { train: { epochs: 1 }, experiment: { infer: undefined, expectations: [] } };
const mebibyte = 2 ** 20;

describe('a run that does not fit into memory is refused before it computes', () => {
  it('where one compiled network is more than an engine can address', () => {
    expect(refusal(withUnits(6000))).toMatch(
      /^Experiment "forecast" needs .* GiB .*; the limit is 4\.00 GiB/,
    );
  });

  it('where its weights, gradients and moments are more than the machine has', () => {
    // 100 units have 40 901 weights of 8 bytes: 1.6 MiB in 5 copies, and twice in each program that has a gradient.
    expect(refusal({ ...withUnits(100, short), memory: mebibyte })).toMatch(/the limit is/);
    expect(refusal({ ...withUnits(100, short), memory: 4 * mebibyte })).toBeUndefined();
  });

  it('where batch and window are too large together, though neither is alone', () => {
    const request = (steps: number, batch: number) =>
      refusal({
        ...withUnits(16, { steps, ...short, train: { epochs: 1, batch } }),
        memory: 4 * mebibyte,
      });
    expect(request(40, 1)).toBeUndefined();
    expect(request(1, 64)).toBeUndefined();
    expect(request(40, 64)).toMatch(/the limit is/);
  });

  it('where the arrays of the hardware are what does not fit', () => {
    const infer = { hardware: ['VoltageMode'], trials: 1, probes: [{ signal: 'rnn.h' }] };
    const request = (on: Parameters<typeof airlineRequest>[0]) =>
      refusal({ ...withUnits(100, on), memory: 4 * mebibyte });
    expect(request(short)).toBeUndefined();
    expect(request({ ...short, experiment: { ...short.experiment, infer } })).toMatch(/the limit is/);
  });

  it('where only a swept value makes it so', () => {
    const sweep = {
      path: { owner: 'forecast', parameter: 'batch' },
      values: [1, 64].map((value) => ({ text: `${value}`, value: { kind: 'number', value } as const })),
    };
    const changes = { steps: 40, ...short, experiment: { ...short.experiment, sweep } };
    expect(refusal({ ...withUnits(16, changes), memory: 4 * mebibyte })).toMatch(/the limit is/);
  });
});
