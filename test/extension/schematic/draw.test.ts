import type { Design } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../extension/schematic/box.ts';
import { drawNetwork } from '../../../extension/schematic/draw.ts';
import { boxesAt, everyBox, openAtFirst } from '../../../extension/schematic/find.ts';
import { momentOf } from '../../../extension/schematic/moment.ts';
import { shortened, textOf } from '../../../extension/schematic/text.ts';
import { exampleDesigns } from './examples.ts';

const designs = await exampleDesigns();

function designOf(file: string): Design {
  const found = designs.find(({ name }) => name === file);
  if (found === undefined) throw new Error(`There is no example ${file}.`);
  return found.design;
}

function drawn(
  file: string,
  hardware?: string,
): { readonly design: Design; readonly box: Box; of(id: string): Box } {
  const design = designOf(file);
  const box = drawNetwork(design, design.networks[0], hardware);
  if (!box.ok) throw new Error(box.problems[0].message);
  const of = (id: string) => {
    const found = everyBox(box.value).find((one) => one.id === id);
    if (found === undefined) throw new Error(`There is no box ${id}.`);
    return found;
  };
  return { design, box: box.value, of };
}

const airline = 'airline/airline.loom';

describe('A schematic', () => {
  it('has the hierarchy of the design with the sizes of its signals', () => {
    const { box, of } = drawn(airline);
    expect(box.content?.boxes.map(({ id, detail }) => [id, detail])).toEqual([
      ['rnn', 'Np, 4 units'],
      ['y', 'dense, 1 unit'],
    ]);
    expect(of('rnn').content?.boxes.map(({ id }) => id)).toEqual(
      ['c', 'h', 'i', 'f', 'z', "c'", 'o', "h'"].map((name) => `rnn/${name}`),
    );
    const { inputs, outputs, detail } = of("rnn/c'");
    expect(detail).toBe('f · c + i · z');
    expect(inputs).toEqual(['f', 'c', 'i', 'z'].map((name) => ({ name, size: 4, domain: 'number' })));
    expect(outputs).toEqual([{ name: '', size: 4, domain: 'number' }]);
  });

  it('has the blocks and the array that a hardware binds, and what their ports carry', () => {
    for (const [hardware, array, readout, column] of [
      ['CurrentMode', 'CurrentArray', 'Tia', 'current'],
      ['VoltageMode', 'VoltageArray', 'DifferenceAmp', 'voltage'],
    ]) {
      const { of } = drawn(airline, hardware);
      expect(of('rnn/i').content?.boxes.map(({ title, kind }) => [title, kind])).toEqual([
        [array, 'crossbar'],
        [readout, 'block'],
        ['Sigmoid', 'block'],
      ]);
      // A row for the input, four for the state, one for the bias.
      expect(of('rnn/i/vmm')).toMatchObject({
        detail: '6 × 4, with bias',
        inputs: [
          { name: 'x', size: 1, domain: 'voltage' },
          { name: 'h', size: 4, domain: 'voltage' },
        ],
        outputs: [{ size: 4, domain: column }],
      });
      expect(of('rnn/c')).toMatchObject({ kind: 'memory', detail: 'SampleHold' });
    }
  });

  it('puts a converter before each row group and behind the read-out, where they are bound', () => {
    const { of } = drawn('airline/non-idealities.loom', 'Everything');
    const titles = of('rnn/i').content?.boxes.map(({ title }) => title);
    expect(titles).toEqual(['ScaledDac', 'ScaledDac', 'GlassArray', 'Tia', 'ScaledAdc', 'Sigmoid']);
    expect(of('rnn/i/output').outputs).toMatchObject([{ domain: 'digital' }]);
  });

  it('knows for each text the boxes that are about it, the innermost first', () => {
    const { box, of } = drawn(airline, 'CurrentMode');
    const at = (id: string) => {
      const [{ file, start }] = of(id).origins;
      return boxesAt(box, file, start);
    };
    expect(at("rnn/c'")).toContain("rnn/c'");
    expect(at('rnn')).toEqual(['rnn']);
    const [{ file, start }] = of('rnn').origins;
    expect(boxesAt(box, file, { ...start, character: 2 })).toEqual(['rnn']);
    expect(at('rnn/i/vmm')).toEqual(expect.arrayContaining(['rnn/i/vmm']));
    const [, block] = of('rnn/i/sigmoid').origins;
    expect(boxesAt(box, block.file, block.start)).toEqual(
      expect.arrayContaining(['rnn/i/sigmoid', 'rnn/f/sigmoid', 'rnn/o/sigmoid']),
    );
    expect(boxesAt(box, 'file:///elsewhere.loom', { line: 0, character: 0 })).toEqual([]);
  });

  it('opens the network and its cells at first, but no crowd', () => {
    const { box } = drawn(airline);
    expect(openAtFirst(box)).toEqual(['Forecast', 'rnn']);
    const cell = box.content?.boxes[0];
    const many = Array.from({ length: 8 }, (_, at) => ({ ...cell, id: `rnn${at}` }) as Box);
    expect(openAtFirst({ ...box, content: { boxes: many, wires: [] } })).toEqual(['Forecast']);
  });

  it('writes expressions with the brackets that they need', () => {
    const { design } = drawn(airline);
    const texts = design.cells.flatMap(({ equations }) => equations.map(({ value }) => textOf(value)));
    expect(texts).toContain('sigmoid(vmm(x, h, 1))');
    const number = (value: number) => ({ op: 'number' as const, value });
    const sum = { op: 'binary' as const, fn: 'add' as const, left: number(1), right: number(2) };
    const by = (fn: 'multiply' | 'subtract' | 'power', left: object, right: object) =>
      textOf({ op: 'binary', fn, left, right } as Parameters<typeof textOf>[0]);
    expect(by('multiply', sum, number(3))).toBe('(1 + 2) · 3');
    expect(by('subtract', number(3), sum)).toBe('3 − (1 + 2)');
    expect(by('subtract', sum, number(3))).toBe('1 + 2 − 3');
    const power = { op: 'binary' as const, fn: 'power' as const, left: number(1), right: number(2) };
    const negative = (of: object) => ({ op: 'unary' as const, fn: 'negate' as const, of });
    expect(by('power', negative(number(1)), number(2))).toBe('(−1)^2');
    expect(textOf(negative(power) as Parameters<typeof textOf>[0])).toBe('−1^2');
    expect(by('power', power, number(3))).toBe('(1^2)^3');
    expect(by('multiply', number(3), negative(sum))).toBe('3 · (−(1 + 2))');
    expect(shortened('a'.repeat(40))).toHaveLength(26);
  });

  it('shows the values and the phase at the cursor of its own realisation', () => {
    const { design } = drawn(airline);
    const column = (name: string, unit: string) => ({ name, unit, role: 'line' as const });
    const series = (id: string, columns: readonly ReturnType<typeof column>[]) => ({
      ...{ id, title: '', xName: 'time', xUnit: 's', from: 0, to: 1, lanes: [], length: 2 },
      columns,
    });
    const transient = series('transient:transient.CurrentMode', [
      column('rnn.c[0]', 'V'),
      column('rnn.c[1]', 'V'),
    ]);
    const lanes = new Map([
      ['time step', '2'],
      ['phase', 'rnn.i[3] + rnn.c'],
    ]);
    expect(momentOf(design, 'forecast', 'CurrentMode', transient, [0.01, 0.02], lanes)).toEqual({
      text: 'time step 2, phase rnn.i[3] + rnn.c',
      active: ['rnn.i', 'rnn.c'],
      values: { 'rnn.c': '10 mV … 20 mV' },
    });
    expect(momentOf(design, 'forecast', 'VoltageMode', transient, [0.01, 0.02], lanes).values).toEqual({});
    const traces = series('traces', [column('ideal.rnn.h[0]', '1'), column('VoltageMode.rnn.h[0]', 'V')]);
    expect(momentOf(design, 'forecast', undefined, traces, [0.5, 0.05], new Map()).values).toEqual({
      'rnn.h': '0.5',
    });
  });
});
