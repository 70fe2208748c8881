import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Design } from '@memloom/sim-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { diagnosticLine } from '../../cli/terminal/diagnostics.ts';
import { inlineText, originsOf, signalName, signalsAt } from '../../extension/values/locate.ts';
import { workspace } from '../language/workspace.ts';

const text = `import std.cells
cell Mine(x: [n]) -> h: [m] {
  state h: [m]
  f = sigmoid(vmm(x, h, 1))
  h' = f * h
}
network Net(x: [1]) -> y: [1] {
  rnn = Mine(x, units = 3)
  y = dense(rnn, units = 1)
}
dataset load from "a.csv" { column = "v" window = 3 steps }
experiment e {
  network Net
  data load
  train adam(rate = 1e-2) for 1 epoch
  seed 1
}
`;

let design: Design;
let file: string;
beforeAll(async () => {
  const { project, uriOf } = await workspace({ 'a.loom': text });
  file = uriOf('a.loom');
  const elaborated = await project.elaborateFile(file);
  if (!elaborated.ok) throw new Error(elaborated.problems[0].message);
  design = elaborated.value;
});
const lineOf = (origin: { start: { line: number } } | undefined) =>
  text.split('\n')[origin?.start.line ?? -1]?.trim();

describe('A trace', () => {
  it('is a signal of a layer, on a run or without one', () => {
    expect(signalName(design, 'e', 'ideal.rnn.f[2]')).toEqual({ run: 'ideal', layer: 'rnn', signal: 'f' });
    expect(signalName(design, 'e', 'rnn.h[0]')).toEqual({ run: '', layer: 'rnn', signal: 'h' });
    expect(signalName(design, 'e', 'scope.v')).toBeUndefined();
  });

  it('leads to its equation and to the layer', () => {
    const signal = { run: 'ideal', layer: 'rnn', signal: 'f' };
    const { equation, instance } = originsOf(design, 'e', signal);
    expect(lineOf(equation)).toBe('f = sigmoid(vmm(x, h, 1))');
    expect(lineOf(instance)).toBe('rnn = Mine(x, units = 3)');
    expect(lineOf(originsOf(design, 'e', { ...signal, signal: 'h' }).equation)).toBe("h' = f * h");
  });
});

describe('A place in the text', () => {
  const signals = (line: number) => signalsAt(design, 'e', file, { line, character: 8 });
  it('leads to the signals that are written there', () => {
    expect(signals(3)).toEqual([{ layer: 'rnn', signal: 'f' }]);
    expect(signals(7)).toEqual([{ layer: 'rnn' }]);
    expect(signals(15)).toEqual([]);
  });
});

describe('The values behind a line', () => {
  it('are the range over the units, run by run', () => {
    const values = [
      { trace: 'ideal.rnn.f[0]', unit: '1', value: 0.5 },
      { trace: 'ideal.rnn.f[1]', unit: '1', value: 0.25 },
      { trace: 'Analog.rnn.f[0]', unit: 'V', value: 0.05 },
      { trace: 'Analog.rnn.f[1]', unit: 'V', value: Number.NaN },
    ];
    expect(inlineText(values, (value, unit) => `${value} ${unit}`)).toBe(
      'ideal 0.25 1 … 0.5 1 · Analog 0.05 V',
    );
  });
});

const folder = fileURLToPath(new URL('../../extension/templates/', import.meta.url));
const texts = readdirSync(folder).filter((name) => name.endsWith('.loom'));

describe('Each template', () => {
  it.each(texts)('%s is without fault and can run', async (name) => {
    const { project, uriOf } = await workspace(
      { [name]: readFileSync(folder + name, 'utf8') },
      readdirSync(folder),
    );
    expect(await project.checkFile(uriOf(name))).toEqual([]);
    const elaborated = await project.elaborateFile(uriOf(name));
    expect(elaborated.ok && elaborated.value.experiments.length).toBe(1);
  });
});

describe('The problem matcher', () => {
  it('reads the lines that the terminal writes', () => {
    const { contributes } = JSON.parse(
      readFileSync(new URL('../../extension/package.json', import.meta.url), 'utf8'),
    );
    const [{ pattern }] = contributes.problemMatchers;
    const diagnostic = {
      file: 'file:///elsewhere/a.loom',
      range: { start: { line: 3, character: 2 }, end: { line: 3, character: 5 } },
      severity: 'error' as const,
      code: 'name.unknown',
      message: 'There is no Foo.',
    };
    const plain = (text: string) => text;
    const style = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain };
    const found = new RegExp(pattern.regexp).exec(diagnosticLine(diagnostic as never, style as never));
    expect(found?.slice(1)).toEqual([
      '/elsewhere/a.loom',
      '4',
      '3',
      'error',
      'name.unknown',
      'There is no Foo.',
    ]);
  });
});
