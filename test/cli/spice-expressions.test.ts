import type { Expression } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../cli/spice/engine.ts';
import { compileScalar } from '../../sim-core/devices/compile-scalar.ts';
import { spiceExpression } from '../../sim-core/spice/expression.ts';
import { unwrap } from '../sim-core/circuit/circuits.ts';

const x: Expression = { op: 'reference', name: 'x', next: false };
const number = (value: number): Expression => ({ op: 'number', value });
const unary = [
  'negate',
  'sigmoid',
  'hardSigmoid',
  'tanh',
  'relu',
  'exp',
  'abs',
  'sinh',
  'cosh',
  'sign',
  'step',
  'round',
];
const ofPositive = ['ln', 'sqrt'];
const binary = ['add', 'subtract', 'multiply', 'divide', 'minimum', 'maximum'];
const shifted: Expression = { op: 'binary', fn: 'add', left: x, right: number(3.7) };

/** Every function, of arguments on both sides of zero; powers whose base is negative as well. */
const expressions = [
  ...unary.map((fn) => ({ op: 'unary', fn, of: x })),
  ...ofPositive.map((fn) => ({ op: 'unary', fn, of: shifted })),
  ...binary.map((fn) => ({ op: 'binary', fn, left: x, right: number(-0.7) })),
  ...[2, 3, -1, 0, 7].map((n) => ({ op: 'binary', fn: 'power', left: x, right: number(n) })),
  ...[1.5, -2.5, 12].map((n) => ({ op: 'binary', fn: 'power', left: shifted, right: number(n) })),
  { op: 'clamp', of: x, low: number(-0.5), high: number(0.25) },
  {
    op: 'binary',
    fn: 'subtract',
    left: number(1),
    right: { op: 'binary', fn: 'subtract', left: x, right: number(2) },
  },
  { op: 'binary', fn: 'multiply', left: { op: 'unary', fn: 'negate', of: x }, right: shifted },
] as readonly Expression[];

describe('expressions in ngspice', () => {
  it.each([-2.3, -0.4, 0, 0.6, 1.9])('have our values at %d', async (value) => {
    const engine = unwrap(await openEngine());
    const netlist = [
      '* expressions',
      `Vx x 0 ${value}`,
      ...expressions.flatMap((expression, k) => [
        `B${k} n${k} 0 V=${spiceExpression(expression, () => 'V(x)')}`,
        `R${k} n${k} 0 1`,
      ]),
      `.save ${expressions.map((_, k) => `v(n${k})`).join(' ')}`,
      '.options reltol=1e-9',
      '.op',
      '.end',
    ].join('\n');
    const vectors = unwrap(await engine.run(netlist));
    for (const [k, expression] of expressions.entries()) {
      const ours = compileScalar(expression, () => 0)(Float64Array.of(value));
      if (!Number.isFinite(ours)) continue;
      const theirs = vectors.get(`v(n${k})`)?.[0] ?? Number.NaN;
      expect([
        JSON.stringify(expression),
        Math.abs(theirs - ours) <= 1e-6 * Math.max(1, Math.abs(ours)),
      ]).toEqual([JSON.stringify(expression), true]);
    }
  });
});
