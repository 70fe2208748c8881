import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tanh } from '../../../sim-core/math/elementary.ts';
import { writeSafetensors } from '../../../sim-core/weights/safetensors.ts';
import { type Client, clientFor, weightsOf } from './client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'memloom-debug-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = fileURLToPath(new URL('../../../examples/airline/airline-passengers.csv', import.meta.url));
copyFileSync(data, path.join(folder, 'load.csv'));

const text = `import std.cmos180
device Cell = vteam(rOn = 10 kOhm, rOff = 1 MOhm) { readNoise = gaussian(0.5 %) }
crossbar Array { device = Cell readout = current pairs = rows vRead = 0.1 V }
hardware Analog {
  vmm on Array
  readout on Tia
  sigmoid on Sigmoid
  tanh on Tanh
  product on Multiplier
  sum on SummingAmp
  state on SampleHold
  scale = 0.1 V
}
cell Leaky(x: [n]) -> h: [m] {
  state h: [m] = 0.25
  f = sigmoid(vmm(x, h, 1))
  z = tanh(vmm(x, h, 1))
  h' = f * h + (1 - f) * z
}
network Forecast(x: [1]) -> y: [1] {
  first = Leaky(x, units = 3)
  second = Leaky(first, units = 2)
  y = dense(second, units = 1)
}
dataset load from "load.csv" {
  column = "passengers"
  scale = minmax(0, 1)
  window = 4 steps
  split = 67 %
}
experiment plain {
  network Forecast
  data load
  train adam(rate = 1e-3) for 1 epochs { batch = 32 loss = mse }
  seed 3
  infer on Analog trials 2
}
`;
const lines = text.split('\n');
const lineOf = (start: string) => lines.findIndex((line) => line.trim().startsWith(start)) + 1;
const [f, h] = [lineOf('f ='), lineOf("h' =")];

const program = path.join(folder, 'plain.loom');
writeFileSync(program, text);

const numberOf = (value: string) => Number.parseFloat(value);

describe('The debug adapter', () => {
  let client: Client;
  beforeAll(async () => {
    client = await clientFor(program);
  });
  const fresh = async () => {
    client = await clientFor(program);
    return client;
  };

  it('stops at the first equation, with the hierarchy above it and its places in the text', async () => {
    const stop = await client.start({ fidelity: 'ideal' });
    expect(stop).toMatchObject({
      reason: 'entry',
      lines: [f, lineOf('cell'), lineOf('first ='), lineOf('network')],
    });
    expect(stop.frames).toEqual([
      'first.f',
      'cell Leaky',
      'layer first',
      'network Forecast, time step 1 of 4',
    ]);
    const { threads } = await client.request<DebugProtocol.ThreadsResponse['body']>('threads');
    expect(threads).toEqual([{ id: 1, name: 'plain: ideal, sample 0' }]);
  });

  it('steps from equation to equation and time step to time step, and back the same way', async () => {
    await (await fresh()).start({ fidelity: 'ideal' });
    const forwards: string[] = [];
    for (let at = 0; at < 8; at++) forwards.push((await client.move('next')).frames.join(' < '));
    expect(forwards[0]).toContain('first.z');
    expect(forwards[2]).toContain('second.f');
    expect(forwards[5]).toBe('layer y < network Forecast, time step 4 of 4'.replace('4 of', '1 of'));
    expect(forwards[6]).toContain('first.f < cell Leaky < layer first < network Forecast, time step 2 of 4');
    const backwards: string[] = [];
    for (let at = 0; at < 7; at++) backwards.push((await client.move('stepBack')).frames.join(' < '));
    expect(backwards).toEqual(forwards.slice(0, 7).reverse());
    expect(await client.move('stepBack')).toMatchObject({ description: 'At the beginning of the recording' });
    expect((await client.move('stepOut')).frames[0]).toBe('second.f');
    const moved = await client.move('memloom/move', { reach: 'step', direction: 1 });
    expect([moved.frames[0], moved.frames[3]]).toEqual(['second.f', 'network Forecast, time step 2 of 4']);
    const back = await client.move('memloom/move', { reach: 'step', direction: -1 });
    expect(back.frames[3]).toBe('network Forecast, time step 1 of 4');
  });

  it('shows values that satisfy the equations, as far as they are evaluated', async () => {
    await (await fresh()).start({ fidelity: 'ideal' });
    expect(await client.evaluate('h')).toBe('[0.25, 0.25, 0.25]');
    expect(await client.refused('evaluate', { expression: "h'" })).toContain('not evaluated yet');
    for (let at = 0; at < 2; at++) await client.move('next');
    for (const unit of [0, 1, 2]) {
      const by = await client.evaluate(
        `f[${unit}] * h[${unit}] + (1 - f[${unit}]) * z[${unit}] - h'[${unit}]`,
      );
      expect(Math.abs(numberOf(by))).toBeLessThan(1e-15);
    }
    expect(await client.evaluate('first.h')).toBe(await client.evaluate("h'"));
    expect(await client.evaluate('first')).toBe(await client.evaluate("h'"));
    expect(numberOf(await client.evaluate('tanh(h[0])'))).toBeCloseTo(tanh(0.25), 4);
    const inNetwork = await client.evaluate('x', 4);
    expect(inNetwork).toBe(await client.evaluate('x', 1));
    // In the next layer, and then in the next time step, what was new is the input, and the old value.
    const next = await client.evaluate("h'");
    await client.move('next');
    expect(await client.evaluate('x')).toBe(next);
    await client.move('memloom/move', { reach: 'step', direction: 1 });
    for (let at = 0; at < 3; at++) await client.move('stepBack');
    expect(await client.evaluate('h')).toBe(next);
  });

  it('lists variables by hierarchy, unit by unit, with units of measurement', async () => {
    await (await fresh()).start({ fidelity: 'Analog' });
    const scopes = async (frameId: number) =>
      (await client.request<DebugProtocol.ScopesResponse['body']>('scopes', { frameId })).scopes;
    const inside = async (variablesReference: number, more = {}) =>
      (
        await client.request<DebugProtocol.VariablesResponse['body']>('variables', {
          variablesReference,
          ...more,
        })
      ).variables;
    const all = await scopes(1);
    expect(all.map(({ name }) => name)).toEqual(['Equation', 'Inputs', 'Equations', 'States', 'Parameters']);
    const [own, ...operands] = await inside(all[0].variablesReference);
    expect(own).toMatchObject({ name: 'f', type: '3 × V', evaluateName: 'f', indexedVariables: 3 });
    expect(operands.map(({ name }) => name)).toEqual(['x', 'h']);
    const units = await inside(own.variablesReference, { start: 1, count: 1 });
    expect(units).toMatchObject([{ name: '[1]', type: 'V', evaluateName: 'f[1]', variablesReference: 0 }]);
    expect(units[0].value).toMatch(/ m?V$/);
    const states = await inside(all[3].variablesReference);
    expect(states.map(({ name, value }) => [name, value])).toEqual([
      ['h', '[25 mV, 25 mV, 25 mV]'],
      ["h'", 'not evaluated yet'],
    ]);
    const parameters = await inside(all[4].variablesReference);
    expect(parameters.map(({ name, type }) => [name, type])).toContainEqual(['f.h', '3 × 3']);
    const network = await scopes(5);
    const layers = await inside(network[1].variablesReference);
    expect(layers.map(({ name }) => name)).toEqual(['first', 'second', 'y']);
    const groups = await inside(layers[0].variablesReference);
    const equations = await inside(groups[1].variablesReference);
    expect(equations[0]).toMatchObject({ name: 'f', evaluateName: 'first.f' });
  });

  it('moves from phase to phase of the hardware', async () => {
    const first = await (await fresh()).start({ fidelity: 'Analog' });
    expect(first.frames[3]).toMatch(/^phase 1 of \d+: .*first.*, [\d.]+ [nµ]s$/);
    const second = await client.move('memloom/move', { reach: 'phase', direction: 1 });
    expect(second.frames.find((frame) => frame.startsWith('phase'))).not.toBe(first.frames[3]);
    const back = await client.move('memloom/move', { reach: 'phase', direction: -1 });
    expect(back.frames.find((frame) => frame.startsWith('phase'))).toBe(first.frames[3]);
  });

  it('runs to breakpoints with conditions on any unit, forwards and backwards', async () => {
    await (await fresh()).start({ fidelity: 'Analog', sample: 3 });
    const threshold = numberOf(await client.evaluate('f[0]'));
    const { breakpoints } = await client.request<DebugProtocol.SetBreakpointsResponse['body']>(
      'setBreakpoints',
      {
        source: { path: program },
        breakpoints: [
          { line: f, condition: `first.f < ${threshold / 1000} V - 1 uV || first.f > ${threshold / 1000} V` },
        ],
      },
    );
    expect(breakpoints).toMatchObject([{ verified: true, line: f }]);
    const visited: string[] = [];
    for (;;) {
      const stop = await client.move('continue');
      if (stop.reason !== 'breakpoint') {
        expect(stop).toMatchObject({ reason: 'step', description: 'At the end of the recording' });
        break;
      }
      expect(stop.hit).toEqual([breakpoints[0].id]);
      visited.push(`${stop.frames[0]} ${stop.frames.at(-1)}`);
    }
    expect(visited.length).toBeGreaterThan(2);
    const back: string[] = [];
    for (let at = 0; at < visited.length; at++) {
      const stop = await client.move('reverseContinue');
      back.push(`${stop.frames[0]} ${stop.frames.at(-1)}`);
    }
    expect(back).toEqual([...visited].reverse());
  });

  it('stops exactly where a condition holds, as the recorded values say', async () => {
    await (await fresh()).start({ fidelity: 'ideal' });
    const seen: { readonly frame: string; readonly largest: number }[] = [];
    for (let at = 0; at < 28; at++) {
      const { frames } = await client.move('next');
      if (frames[0] !== "first.h'") continue;
      const units: number[] = [];
      for (const unit of [0, 1, 2]) units.push(numberOf(await client.evaluate(`h'[${unit}]`)));
      seen.push({ frame: frames[3], largest: Math.max(...units) });
    }
    expect(seen).toHaveLength(4);
    const [, second, third] = seen.map(({ largest }) => largest).sort((a, b) => a - b);
    const threshold = (second + third) / 2;
    const expected = seen.filter(({ largest }) => largest > threshold).map(({ frame }) => frame);
    expect(expected).toHaveLength(2);
    const again = await clientFor(program);
    const hits: string[] = [];
    let stop = await again.start({ fidelity: 'ideal', stopOnEntry: false }, [
      { line: h, condition: `first.h > ${threshold} && second.f > 0 || 0 > 1` },
    ]);
    // Before the second layer is evaluated its gate is not known, so the condition holds at the second layer alone.
    expect(stop.frames[0]).toBe("second.h'");
    while (stop.reason === 'breakpoint') {
      hits.push(stop.frames[3]);
      stop = { ...(await again.move('continue')), breakpoints: [] };
    }
    expect(hits).toEqual(expected);
  });

  it.each([
    ['first.h > 0.4', 'plain number'],
    ['first.q > 0.4 V', 'no signal "first.q"'],
    ['h >', 'no expression'],
    ['h', 'compares nothing'],
  ])('does not set a breakpoint whose condition makes no sense: %s', async (condition, why) => {
    const { breakpoints } = await (await fresh()).start({ fidelity: 'Analog' }, [{ line: f, condition }]);
    expect(breakpoints[0]).toMatchObject({ verified: false, line: f, message: expect.stringContaining(why) });
  });

  it('sets breakpoints on the next equation of a cell, and nowhere where nothing is evaluated', async () => {
    const { breakpoints } = await (await fresh()).start({}, [
      { line: lineOf('state h') },
      // Behind the last equation of the cell; what follows is not of the cell.
      { line: h + 1 },
      { line: lineOf('dataset') },
    ]);
    expect(breakpoints).toMatchObject([
      { verified: true, line: f },
      { verified: false, message: expect.stringContaining('No equation') },
      { verified: false, message: expect.stringContaining('No equation') },
    ]);
    const locations = await client.request('breakpointLocations', {
      source: { path: program },
      line: 1,
      endLine: lines.length,
    });
    const layers = ['first =', 'second =', 'y ='].map(lineOf);
    expect(locations).toEqual({ breakpoints: [f, f + 1, h, ...layers].map((line) => ({ line })) });
  });

  it('stops at the first equation of a layer where the breakpoint is on the layer', async () => {
    await (await fresh()).start({ fidelity: 'ideal' }, [{ line: lineOf('second =') }]);
    const stops: string[] = [];
    for (let at = 0; at < 4; at++) {
      const { frames } = await client.move('continue');
      stops.push(`${frames[0]}, ${frames[3]}`);
    }
    expect(stops).toEqual([1, 2, 3, 4].map((step) => `second.f, network Forecast, time step ${step} of 4`));
  });

  it('counts hits, and prints instead of stopping', async () => {
    const stop = await (await fresh()).start({ fidelity: 'ideal', stopOnEntry: false }, [
      { line: lineOf('y ='), hitCondition: '3' },
      { line: f, logMessage: 'f is {f} in {2 * 3}' },
    ]);
    expect(stop).toMatchObject({
      reason: 'breakpoint',
      frames: ['layer y', 'network Forecast, time step 3 of 4'],
    });
    const printed = client.events.filter(({ event }) => event === 'output').map(({ body }) => body.output);
    expect(printed).toHaveLength(6);
    expect(printed[0]).toMatch(/^f is \[0\.\d+, 0\.\d+, 0\.\d+\] in 6\n$/);
    // The second layer has two units.
    expect(printed[1]).toMatch(/^f is \[0\.\d+, 0\.\d+\] in 6\n$/);
    const wrong = await (await fresh()).start({}, [{ line: f, hitCondition: 'often' }]);
    expect(wrong.breakpoints[0]).toMatchObject({
      verified: false,
      message: expect.stringContaining('often'),
    });
  });

  it('stops at breakpoints on the way out of a layer or to another time step, and prints on the way of each step', async () => {
    await (await fresh()).start({ fidelity: 'ideal' }, [
      { line: h },
      { line: f + 1, logMessage: 'z is {z[0]}' },
    ]);
    const printed = () => client.events.filter(({ event }) => event === 'output').length;
    expect(await client.move('next')).toMatchObject({ reason: 'step' });
    expect(printed()).toBe(1);
    expect(await client.move('stepOut')).toMatchObject({ reason: 'breakpoint', hit: [1] });
    expect((await client.move('stepOut')).frames[0]).toBe('second.f');
    const forwards = await client.move('memloom/move', { reach: 'step', direction: 1 });
    expect([forwards.reason, forwards.frames[0]]).toEqual(['breakpoint', "second.h'"]);
    expect(printed()).toBe(2);
    const backwards = await client.move('memloom/move', { reach: 'step', direction: -1 });
    expect([backwards.reason, backwards.frames[0]]).toEqual(['breakpoint', "first.h'"]);
    expect(printed()).toBe(2);
  });

  it('ends the session when it runs on from the end, and stays at the end before', async () => {
    const end = await (await fresh()).start({ fidelity: 'ideal', stopOnEntry: false });
    expect(end).toMatchObject({ reason: 'step', description: 'At the end of the recording' });
    expect((await client.move('stepBack')).frames[0]).toBe("second.h'");
    await client.move('next');
    expect(await client.move('continue')).toMatchObject({ reason: 'terminated' });
  });

  it('stops with an exception where a value is not finite, and can go back from there', async () => {
    const broken = path.join(folder, 'broken.loom');
    // Training would fail by itself, so the weights are those of the sound text.
    writeFileSync(path.join(folder, 'w.safetensors'), writeSafetensors(await weightsOf(program), {}));
    writeFileSync(
      broken,
      text
        .replace('z = tanh(vmm(x, h, 1))', 'z = ln(vmm(x, h, 1) - 100)')
        .replace(/ {2}train .*/, '  weights from "w.safetensors"'),
    );
    const own = await clientFor(broken);
    const stop = await own.start({ fidelity: 'ideal', stopOnEntry: false });
    expect(stop).toMatchObject({ reason: 'exception', text: expect.stringContaining('first.z') });
    expect(stop.frames[0]).toBe('first.z');
    const told = await own.request<DebugProtocol.ExceptionInfoResponse['body']>('exceptionInfo', {
      threadId: 1,
    });
    expect(told.description).toContain('not a finite number at time step 1');
    expect((await own.move('stepBack')).frames[0]).toBe('first.f');
    expect(await own.move('next')).toMatchObject({ reason: 'exception' });
    expect(await own.move('continue')).toMatchObject({ reason: 'terminated' });
  });

  it('refuses a launch that asks for what there is not, and says so to the user', async () => {
    for (const [launch, why] of [
      [{ fidelity: 'Digital' }, 'ideal, Analog'],
      [{ sample: 4711 }, 'no sample 4711'],
    ] as const) {
      const own = await clientFor(program);
      await own.request('initialize');
      expect(await own.refused('launch', { program, ...launch })).toContain(why);
    }
  });

  it('answers requests that it does not know, and those that come too early, by an error', async () => {
    const own = await clientFor(program);
    expect(await own.refused('disassemble')).toContain('does not know "disassemble"');
    expect(await own.refused('stackTrace')).toContain('Nothing is recorded yet');
  });
});
