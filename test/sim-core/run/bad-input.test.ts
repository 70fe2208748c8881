import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../sim-core/design/problem.ts';
import type { RunRequest } from '../../../sim-core/run/request.ts';
import { run } from '../../../sim-core/run/run.ts';
import { readSafetensors, writeSafetensors } from '../../../sim-core/weights/safetensors.ts';
import { airlineDesign, airlineRequest } from './airline-design.ts';

type Changes = Parameters<typeof airlineDesign>[0];

const short: Changes = { train: { epochs: 1 }, experiment: { infer: undefined } };

function problemsOf(request: RunRequest): readonly Problem[] {
  const outcome = run(request);
  if (outcome.ok) throw new Error('Expected a problem.');
  return outcome.problems;
}

const withFile = (text: string): RunRequest => ({
  ...airlineRequest(short),
  files: { 'airline-passengers.csv': new TextEncoder().encode(text) },
});

describe('bad data', () => {
  const rows = Array.from({ length: 30 }, (_, at) => `m${at},${100 + at * at}`).join('\n');

  it.each([
    ['no file', { ...airlineRequest(short), files: {} }, 'data.missing-file'],
    ['an empty file', withFile(''), 'data.no-rows'],
    ['a header alone', withFile('month,passengers\n'), 'data.no-rows'],
    ['another column', withFile(`month,guests\n${rows}`), 'data.missing-column'],
    ['a NaN', withFile(`month,passengers\n${rows}\nm,NaN\n`), 'data.not-a-number'],
    ['an empty cell', withFile(`month,passengers\n${rows}\nm,\n`), 'data.empty-cell'],
    ['too few rows', withFile('month,passengers\na,1\nb,2\nc,3\n'), 'data.too-short'],
    ['equal values', withFile(`month,passengers\n${'m,5\n'.repeat(40)}`), 'data.constant-column'],
  ])('with %s is one problem that names the file', (_, request, code) => {
    const [problem] = problemsOf(request);
    expect(problem.code).toBe(code);
    expect(problem.data?.file).toBe('airline-passengers.csv');
  });

  it('of random bytes is a problem, not an exception', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, at) => (at * 7919 + 13) % 256);
    const request = { ...airlineRequest(short), files: { 'airline-passengers.csv': bytes } };
    expect(problemsOf(request)[0].code).toBe('data.not-text');
  });

  it('with extreme values is a problem or finite figures, never NaN', () => {
    const extreme = Array.from({ length: 60 }, (_, at) => `m,${at % 2 ? 1e308 : -1e308}`).join('\n');
    const outcome = run(withFile(`month,passengers\n${extreme}`));
    if (outcome.ok) expect(Object.values(outcome.value.metrics).every(Number.isFinite)).toBe(true);
    else expect(outcome.problems[0].message).not.toContain('NaN');
  });
});

describe('bad experiments', () => {
  const changed = (experiment: Changes['experiment'], train: Changes['train'] = {}): RunRequest =>
    airlineRequest({
      train: { epochs: 1, ...train },
      experiment: { infer: undefined, expectations: [], ...experiment },
    });

  it('with an unknown metric fail before training and suggest the nearest', () => {
    const text = 'rsme.test < 70';
    const expectations = [{ text, metric: 'rsme.test', comparator: '<', value: 70 } as const];
    let worked = false;
    const outcome = run(changed({ expectations }), { progress: () => (worked = true) });
    expect(outcome.ok ? undefined : outcome.problems[0].code).toBe('run.unknown-metric');
    expect(outcome.ok ? undefined : outcome.problems[0].hint).toContain('"rmse.test"');
    expect(worked).toBe(false);
  });

  it('with an unknown probe suggest the nearest signal', () => {
    const infer = { hardware: [], trials: 1, probes: [{ signal: 'rnn.cc' }] };
    const [problem] = problemsOf(changed({ infer }));
    expect(problem.code).toBe('run.unknown-signal');
    expect(problem.hint).toContain('"rnn.c"');
  });

  it('that diverge name the cause and not NaN as a result', () => {
    const [problem] = problemsOf(
      changed({}, { epochs: 50, optimizer: { kind: 'sgd', rate: 1e300, momentum: 0 } }),
    );
    expect(problem.code).toMatch(/not-finite$/);
  });

  it('whose gradient is not finite name the weights', () => {
    const [problem] = problemsOf(
      changed({}, { epochs: 50, optimizer: { kind: 'sgd', rate: 1e300, momentum: 0 } }),
    );
    expect(problem.code).toMatch(/not-finite$/);
    expect(problem.message).toMatch(/"[^"]+"/);
  });

  it('without training and weights warn that the weights are random', () => {
    const outcome = run(changed({ train: undefined }));
    expect(outcome.ok && outcome.value.warnings.map(({ code }) => code)).toContain('run.untrained');
  });

  it('refuses a network that no memory holds before it draws a weight', () => {
    const { design, ...rest } = airlineRequest(short);
    const networks = design.networks.map((network) => ({
      ...network,
      layers: network.layers.map((layer) =>
        layer.kind === 'cell' ? { ...layer, dimensions: { ...layer.dimensions, m: 100_000 } } : layer,
      ),
    }));
    const [problem] = problemsOf({ ...rest, design: { ...design, networks } });
    expect(problem.code).toBe('run.too-large');
    expect(problem.message).toContain('"Forecast" has 40000');
  });

  it('whose network does not fit the data say what to change', () => {
    const base = airlineDesign(short);
    const network = { ...base.networks[0], inputs: [{ name: 'x', size: 2 }] };
    const request = { ...airlineRequest(short), design: { ...base, networks: [network] } };
    expect(problemsOf(request)[0]).toMatchObject({
      code: 'run.input-size',
      hint: expect.stringContaining('x: [1]'),
    });
  });

  it('with targets at each step and one output for all say what to change', () => {
    const base = airlineDesign(short);
    const [network] = base.networks;
    const last = { id: 'l', name: 'end', kind: 'last', inputs: ['rnn'], reverse: false } as const;
    const dense = { id: 'y', name: 'y', kind: 'dense', inputs: ['end'], units: 1, bias: true } as const;
    const design = {
      ...base,
      networks: [{ ...network, layers: [network.layers[0], last, dense] }],
      datasets: [{ ...base.datasets[0], framing: { kind: 'sequence', ahead: 1 } as const }],
    };
    expect(problemsOf({ ...airlineRequest(short), design })[0].code).toBe('run.output-steps');
  });
});

describe('weight files', () => {
  const trained = run(airlineRequest({ train: { epochs: 3 }, experiment: { infer: undefined } }));
  if (!trained.ok) throw new Error('The example trains.');
  const bytes = writeSafetensors(trained.value.weights, {});
  const reading = (file: Uint8Array): RunRequest => {
    const request = airlineRequest({
      experiment: { train: undefined, weights: { file: 'w.safetensors' }, infer: undefined },
    });
    return { ...request, files: { ...request.files, 'w.safetensors': file } };
  };

  it('give the very same predictions as the training that wrote them', () => {
    const read = run(reading(bytes));
    if (!read.ok) throw new Error(read.problems[0].message);
    expect(read.value.predictions).toEqual(trained.value.predictions);
    expect(read.value.weights).toEqual(trained.value.weights);
    expect(Object.keys(read.value.provenance.data)).toContain('w.safetensors');
  });

  it('are where training goes on from', () => {
    const request = airlineRequest({
      train: { epochs: 1 },
      experiment: { weights: { file: 'w.safetensors' }, infer: undefined },
    });
    const outcome = run({ ...request, files: { ...request.files, 'w.safetensors': bytes } });
    expect(outcome.ok && outcome.value.training.loss[0]).toBeLessThan(trained.value.training.loss[0]);
  });

  it('that are missing, cut off or of another network are problems that name the file', () => {
    const tensors = readSafetensors(bytes, 'w');
    if (!tensors.ok) throw new Error('readable');
    const renamed = tensors.value.map((tensor) => ({
      ...tensor,
      name: tensor.name.replace('rnn.', 'rnn1.'),
    }));
    const codes = (request: RunRequest) => problemsOf(request).map(({ code }) => code);
    expect(codes({ ...reading(bytes), files: airlineRequest().files })).toEqual(['weights.missing-file']);
    expect(codes(reading(bytes.subarray(0, bytes.length - 8)))).toEqual(['weights.malformed']);
    expect(codes(reading(writeSafetensors(renamed, {})))).toEqual(['weights.missing', 'weights.extra']);
    expect(problemsOf(reading(writeSafetensors(renamed, {})))[0].data).toEqual({ file: 'w.safetensors' });
  });
});
