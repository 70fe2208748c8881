import { deviceModels, readVoltageOf } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import { byName, designOf, equations } from '../program.ts';

const network =
  'network N(x: [1]) -> y: [1] { y = dense(x, units = 1) }\ndataset d from "data/d.csv" { column = "a" }';
const experimentOf = async (body: string) =>
  (await designOf(`${network}\nhardware H { }\nhardware G { }\nexperiment e { network N data d ${body} }`))
    .experiments[0];

describe('devices', () => {
  it('have the conductance window of their model at the read voltage of their crossbar', async () => {
    const design = await designOf(
      'device D = vteam(rOn = 10 kOhm, rOff = 1 MOhm) { levels = 16 readNoise = gaussian(0.5 %) programming = uniform(2 uS) }\ncrossbar C { device = D vRead = 0.3 V }',
    );
    const device = byName(design.devices, 'D');
    expect(readVoltageOf(design, 'D')).toBe(0.3);
    expect(device.array.gOn).toBeCloseTo(1e-4, 12);
    expect(device.array.gOff).toBeCloseTo(1e-6, 12);
    expect(device.array).toMatchObject({
      levels: 16,
      readNoise: { shape: 'gaussian', sigma: 0.005, relative: true },
      programming: { shape: 'uniform', sigma: 2e-6, relative: false },
      stuckOn: 0,
    });
  });

  it('fill in every parameter of their model', async () => {
    for (const [name, model] of deviceModels) {
      const [device] = (await designOf(`device D = ${name}`)).devices;
      expect(Object.keys(device.parameters).sort(), name).toEqual(
        model.parameters.map((parameter) => parameter.name).sort(),
      );
    }
  });

  it('take every published set of parameters of the catalogue', async () => {
    for (const [name, model] of deviceModels)
      for (const [set, { values }] of Object.entries(model.sets)) {
        const [device] = (await designOf(`device D = ${name}.${set}`)).devices;
        for (const [parameter, value] of Object.entries(values))
          expect(device.parameters[parameter], `${name}.${set}.${parameter}`).toMatchObject({ value });
      }
  });

  it('say what differs between them, what time does, and what changes from read to read', async () => {
    const design = await designOf(
      `device D = pcm(gMax = 20 uS) {
        gOnVariation = 5 % gOffVariation = gaussian(0.1 uS) verify = 2 % verifyTries = 7
        age = 2 days drift = 0.03 driftVariation = 20 % driftOnset = 1 minute
        temperature = 358 K activationEnergy = 1 eV flicker = 0.5 % readTime = 1 us
      }`,
    );
    const { array, model } = byName(design.devices, 'D');
    expect(model).toBe('pcm');
    expect(array.gOn).toBeCloseTo(20e-6, 12);
    expect(array).toMatchObject({
      gOnVariation: { sigma: 0.05, relative: true },
      gOffVariation: { sigma: 1e-7, relative: false },
      verify: { tolerance: 0.02, tries: 7 },
      conditions: {
        age: 172_800,
        temperature: 358,
        referenceTemperature: 300,
        activationEnergy: 1.602176634e-19,
        drift: { exponent: 0.03, variation: 0.2, onset: 60 },
        flicker: 0.005,
        readTime: 1e-6,
      },
    });
  });

  it('derive from devices: nearest values count', async () => {
    const design = await designOf(
      'device A = vteam(rOn = 10 kOhm, rOff = 1 MOhm) { levels = 16 stuckOn = 1 % }\ndevice B = A(rOff = 2 MOhm) { levels = 8 }',
    );
    expect(byName(design.devices, 'B')).toMatchObject({
      model: 'vteam',
      parameters: { rOn: { value: 10e3 }, rOff: { value: 2e6 } },
      array: { levels: 8, stuckOn: 0.01 },
    });
  });

  it('may be state equations, with windows of drift and a conductance window found from them', async () => {
    const text = `device Drift(v: V) -> i: A {
      param rOn = 100 Ohm param rOff = 16 kOhm param mobility = 1e-14 m^2/(V*s) param thickness = 10 nm
      state w in 0 .. 1 = 0.1
      i = v / (rOn * w + rOff * (1 - w))
      w' = mobility * rOn / thickness^2 * i * biolek(w, i / 1 A, p = 2)
      array { levels = 32 }
    }
    device Slow = Drift(mobility = 1e-15 m^2/(V*s)) { levels = 4 }
    crossbar C { device = Drift }`;
    const design = await designOf(text);
    const drift = byName(design.devices, 'Drift');
    expect(drift.model).toBe('equations');
    expect(drift.equations?.states).toEqual([{ name: 'w', low: 0, high: 1, initial: 0.1 }]);
    expect(drift.array.gOn).toBeCloseTo(1 / 100, 12);
    expect(drift.array.gOff).toBeCloseTo(1 / 16e3, 12);
    expect(drift.equations && equations(drift.equations)).toEqual([
      'i = divide(v, add(multiply(rOn, w), multiply(rOff, subtract(1, w))))',
      "w' = multiply(multiply(divide(multiply(mobility, rOn), power(thickness, 2)), i), subtract(1, power(power(subtract(w, step(negate(divide(i, 1)))), 2), 2)))",
    ]);
    expect(byName(design.devices, 'Slow')).toMatchObject({
      model: 'equations',
      parameters: { mobility: { value: 1e-15 }, rOn: { value: 100 } },
      array: { levels: 4 },
    });
  });
});

describe('crossbars and hardware', () => {
  it('inherit what they do not say', async () => {
    const design = await designOf(`import std.cmos180
      device D = vteam()
      crossbar A { device = D readout = current wire = 2.5 Ohm size = 12 x 16 }
      crossbar B extends A { wire = 1 Ohm pairs = columns }
      hardware G { vmm on A readout on Tia tanh on Tanh(gain = 2, rails = -2 V .. 2 V) scale = 0.2 V share activations across units and gates }
      hardware H extends G { vmm on B tanh on Tanh(gain = gaussian(1, 5 %)) }`);
    expect(byName(design.crossbars, 'B')).toMatchObject({
      device: 'D',
      readout: 'current',
      wire: 1,
      pairs: 'columns',
      size: { rows: 12, columns: 16 },
      normalise: 'dummyRow',
      vRead: 0.1,
    });
    expect(byName(design.hardware, 'G').bindings.tanh?.arguments).toEqual({
      gain: { kind: 'number', value: 2 },
      rails: { kind: 'range', low: -2, high: 2 },
    });
    expect(byName(design.hardware, 'H')).toMatchObject({
      crossbar: 'B',
      scale: 0.2,
      share: { units: true, gates: true },
      bindings: {
        readout: { block: 'Tia' },
        tanh: { arguments: { gain: { shape: 'gaussian', mean: 1, sigma: 0.05, relative: true } } },
      },
    });
  });

  it('say how weights are spread over devices and arrays, and what a trial draws anew', async () => {
    const design = await designOf(`device D = vteam()
      crossbar A { device = D }
      crossbar B extends A { size = 64 x 32 coding = offset tiling = false partialSums = analog slices = 4 sliceBits = 3 }
      hardware G { vmm on A }
      hardware H { vmm on B redraw = writing }`);
    expect(byName(design.crossbars, 'A')).toMatchObject({
      coding: 'differential',
      tiling: true,
      partialSums: 'digital',
      sliceBits: 2,
    });
    expect(byName(design.crossbars, 'A').slices).toBeUndefined();
    expect(byName(design.crossbars, 'B')).toMatchObject({
      coding: 'offset',
      tiling: false,
      partialSums: 'analog',
      slices: 4,
      sliceBits: 3,
    });
    expect(design.hardware.map(({ redraw }) => redraw)).toEqual(['chip', 'writing']);
  });

  it('keep the transfer of a block apart from its costs, in an order in which it can be computed', async () => {
    const design = await designOf(`block B(in: V) -> out: V {
      param rails = -1 V .. 1 V
      out = clamp(half, rails) power = 35 uW area = 310 um^2
      half = in / 2
    }`);
    expect(equations(design.blocks[0])).toEqual([
      'half = divide(in, 2)',
      'out = clamp(half, rails.low, rails.high)',
    ]);
    expect(design.blocks[0].costs).toMatchObject([
      { name: 'power', value: { op: 'number', value: 35e-6 } },
      { name: 'area', value: { op: 'number', value: 310e-12 } },
    ]);
  });

  it('expand quantize to the rounding that it stands for', async () => {
    const design = await designOf(
      'block Q(in: V) -> out: V { param bits = 3 param range = 0 V .. 7 V out = quantize(in, bits, range) }',
    );
    expect(equations(design.blocks[0])).toEqual([
      'out = add(range.low, multiply(round(multiply(divide(subtract(clamp(in, range.low, range.high), range.low), subtract(range.high, range.low)), subtract(power(2, bits), 1))), divide(subtract(range.high, range.low), subtract(power(2, bits), 1))))',
    ]);
  });
});

describe('data sets', () => {
  it('name their files by URI, beside the text', async () => {
    const [dataset] = (await designOf(network)).datasets;
    expect(dataset.source).toMatchObject({ kind: 'csv', columns: ['a'], target: 'a' });
    expect(dataset.source.kind === 'csv' && dataset.source.file).toMatch(
      /^memory:\/folder\d+\/data\/d\.csv$/,
    );
    expect(dataset).toMatchObject({
      split: 0.67,
      scale: { kind: 'none', fit: 'train' },
      framing: { kind: 'window', steps: 1, ahead: 1, omitLast: 0 },
    });
  });

  it('read tables, series files and generators', async () => {
    const design = await designOf(`
      dataset table from "t.csv" { columns = "a", "b" target = "c" scale = standard() fit = all framing = sequence ahead = 2 steps split = 0.5 }
      dataset series from "train.tsv" { format = ucr test = "../test.tsv" positive = 2 stride = 4 }
      dataset made generate wafer(train = 10, test = 20, abnormal = 20 %) { stride = 8 scale = minmax(-1, 1) }`);
    expect(byName(design.datasets, 'table')).toMatchObject({
      source: { columns: ['a', 'b'], target: 'c' },
      scale: { kind: 'standard', fit: 'all' },
      framing: { kind: 'sequence', ahead: 2 },
      split: 0.5,
    });
    const series = byName(design.datasets, 'series');
    expect(series).toMatchObject({
      source: { kind: 'ucr', positive: 2 },
      framing: { kind: 'series', stride: 4 },
    });
    expect(series.source.kind === 'ucr' && series.source.testFile).toBe('memory:/test.tsv');
    expect(byName(design.datasets, 'made')).toMatchObject({
      source: { kind: 'wafer', train: 10, test: 20, length: 152, abnormal: 0.2, seed: 1 },
      scale: { kind: 'minmax', low: -1, high: 1 },
      framing: { kind: 'series', stride: 8 },
    });
  });
});

describe('experiments', () => {
  it('carry training with all defaults', async () => {
    expect((await experimentOf('train adam() for 5 epochs')).train).toEqual({
      optimizer: { kind: 'adam', rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      epochs: 5,
      batch: 1,
      loss: 'mse',
      validation: 0,
      shuffle: true,
    });
  });

  it('carry what their statements say', async () => {
    const experiment = await experimentOf(`
      train sgd(0.1, momentum = 0.9) for 5 epochs { batch = 4 loss = mae clip = 1 patience = 10 validation = 10 % shuffle = false } on H
      seed 99
      infer on G, H trials 7 { probe y }
      sweep H.scale over 0.1 V, 50 mV
      expect rmse.test < 70 expect H.rmse.test.std >= 1e-3`);
    expect(experiment).toMatchObject({
      seed: 99,
      train: {
        optimizer: { kind: 'sgd', rate: 0.1, momentum: 0.9 },
        batch: 4,
        loss: 'mae',
        clip: 1,
        patience: 10,
        validation: 0.1,
        shuffle: false,
        on: 'H',
      },
      infer: { hardware: ['G', 'H'], trials: 7, probes: [{ signal: 'y' }] },
      sweep: {
        path: { owner: 'H', parameter: 'scale' },
        values: [
          { text: '0.1 V', value: { value: 0.1 } },
          { text: '50 mV', value: { value: 0.05 } },
        ],
      },
      expectations: [
        { text: 'rmse.test < 70', metric: 'rmse.test', comparator: '<', value: 70 },
        { metric: 'H.rmse.test.std', comparator: '>=' },
      ],
    });
  });

  it('infer on the hardware of the network where they name none', async () => {
    const text = `hardware H { } network N(x: [1]) -> y: [1] { y = dense(x, units = 1) on H }
      dataset d from "d.csv" { column = "a" } experiment e { network N data d weights from "w/e.safetensors" infer }`;
    const [experiment] = (await designOf(text)).experiments;
    expect(experiment.infer).toEqual({ hardware: ['H'], trials: 1, probes: [] });
    expect(experiment.weights?.file).toMatch(/^memory:\/folder\d+\/w\/e\.safetensors$/);
  });

  it('probe both directions of a bidirectional layer', async () => {
    const text = `import std.cells
      network N(x: [1]) -> y: [1] { both = bidirectional(Np(x, units = 2)) y = dense(both, units = 1) }
      dataset d from "d.csv" { column = "a" }
      experiment e { network N data d train adam() for 1 epoch infer { probe both.i, y } }`;
    expect((await designOf(text)).experiments[0].infer?.probes.map((probe) => probe.signal)).toEqual([
      'both.forward.i',
      'both.backward.i',
      'y',
    ]);
  });

  it('stand side by side in one file, each node with an id and origin of its own', async () => {
    const design = await designOf(
      `${network}\nexperiment a { network N data d train adam() for 1 epoch }\nexperiment b { network N data d train adam() for 2 epochs }`,
    );
    expect(design.experiments.map(({ id }) => id)).toEqual(['experiment:a', 'experiment:b']);
    expect(design.experiments[1].origin?.start).toEqual({ line: 3, character: 0 });
    expect(JSON.parse(JSON.stringify(design))).toEqual(design);
  });
});
