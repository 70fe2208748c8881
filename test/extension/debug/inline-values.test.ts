import { expect, it } from 'vitest';
import { definedAbove } from '../../../extension/debug/inline-values.ts';

const lines = [
  'cell A(x: [n]) -> h: [m] {',
  '  state h: [m] = 0.5',
  '  f = sigmoid(vmm(x, h, 1))',
  "  h' = f * h",
  '  z = f',
  '}',
  'dataset d from "d.csv" {',
  '  window = 3 steps',
  '}',
];

it('finds what a cell defines down to the line of the session, and nothing beyond the cell', () => {
  expect(definedAbove(lines, 3)).toEqual([
    { line: 2, from: 2, to: 3, name: 'f' },
    { line: 3, from: 2, to: 4, name: "h'" },
  ]);
  expect(definedAbove(lines, 0)).toEqual([]);
  expect(definedAbove(lines.slice(6), 1)).toEqual([]);
});
