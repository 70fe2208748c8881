import type { Design } from '@memloom/sim-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { byName, designOf, equations, size } from '../program.ts';

const gate = (name: string, operands: string, peephole?: string) => {
  const vmm = `vmm(${operands})`;
  return peephole ? `${name} = sigmoid(add(${vmm}, peephole(${peephole})))` : `${name} = sigmoid(${vmm})`;
};
const inputs = (name: string) => `${name}.x[n]: x; ${name}.h[m]: h; ${name}.bias[1]: 1`;

const i = gate('i', inputs('i'), 'i.c: c');
const f = gate('f', inputs('f'), 'f.c: c');
const z = `z = tanh(vmm(${inputs('z')}))`;
const c = "c' = add(multiply(f, c), multiply(i, z))";
const o = gate('o', inputs('o'), "o.c: c'");
const h = "h' = multiply(o, tanh(c'))";

const recurrent = (name: string) =>
  `${name}.x[n]: x; ${name}.h[m]: h; ${name}.i[m]: i; ${name}.f[m]: f; ${name}.o[m]: o; ${name}.bias[1]: 1`;

/**
 * The equations of every cell of the standard library, written out from the sources that cells.loom names, with the
 * names of the weight blocks: GATE.OPERAND.
 */
const expected: Readonly<Record<string, readonly string[]>> = {
  Lstm: [i, f, z, c, o, h],
  Nig: ['i = 1', f, z, c, o, h],
  Nfg: [i, 'f = 1', z, c, o, h],
  Nog: [i, f, z, c, 'o = 1', h],
  Niaf: [i, f, `z = vmm(${inputs('z')})`, c, o, h],
  Noaf: [i, f, z, c, o, "h' = multiply(o, c')"],
  Cifg: [i, 'f = subtract(1, i)', z, c, o, h],
  Np: [gate('i', inputs('i')), gate('f', inputs('f')), z, c, gate('o', inputs('o')), h],
  Fgr: [
    gate("i'", recurrent('i'), 'i.c: c'),
    gate("f'", recurrent('f'), 'f.c: c'),
    z,
    "c' = add(multiply(f', c), multiply(i', z))",
    gate("o'", recurrent('o'), "o.c: c'"),
    "h' = multiply(o', tanh(c'))",
  ],
  Gru: [
    gate('u', inputs('u')),
    gate('r', inputs('r')),
    'n = tanh(add(vmm(n.x[n]: x; n.bias[1]: 1), multiply(r, vmm(n.h[m]: h; n.bias_2[1]: 1))))',
    "h' = add(multiply(u, h), multiply(subtract(1, u), n))",
  ],
  GruResetBefore: [
    gate('u', inputs('u')),
    gate('r', inputs('r')),
    'n = tanh(vmm(n.x[n]: x; n.r_h[m]: multiply(r, h); n.bias[1]: 1))',
    "h' = add(multiply(u, h), multiply(subtract(1, u), n))",
  ],
  Mgu: [
    gate('f', inputs('f')),
    'z = tanh(vmm(z.x[n]: x; z.f_h[m]: multiply(f, h); z.bias[1]: 1))',
    "h' = add(multiply(subtract(1, f), h), multiply(f, z))",
  ],
};

/** Each cell in a network of its own, so that all of them become part of one design. */
const everyCell = `import std.cells\n${Object.keys(expected)
  .map((name) => `network Use${name}(x: [2]) -> y: [3] { y = ${name}(x, units = 3) }`)
  .join('\n')}`;

describe('cells of the standard library', () => {
  let design: Design;
  beforeAll(async () => {
    design = await designOf(everyCell);
  });

  it.each(Object.entries(expected))('%s has the equations of its source', (name, lines) => {
    expect([...equations(byName(design.cells, name))].sort()).toEqual([...lines].sort());
  });

  it('stand in an order in which each equation uses only what is above it', () => {
    for (const cell of design.cells) {
      const states = new Set(cell.states.map((state) => state.name));
      const known = new Set(cell.inputs.map((input) => input.name));
      for (const line of equations(cell)) {
        const [target, value] = line.split(' = ');
        for (const [, name, prime] of value.matchAll(/(?<![\w.])(\w+)('?)(?=[,;) \n]|$)/g)) {
          const isName = cell.equations.some((equation) => equation.name === name) || states.has(name);
          if (isName && (prime || !states.has(name)))
            expect(known, `${cell.name}: ${line}`).toContain(name + prime);
        }
        known.add(target);
      }
    }
  });

  it('give every gate the size of the state and every variant its parent', () => {
    for (const cell of design.cells)
      for (const equation of cell.equations)
        expect(size(equation.size), `${cell.name}.${equation.name}`).toBe(
          equation.value.op === 'number' ? '1' : 'm',
        );
    expect(byName(design.cells, 'Cifg').extends).toBe('Lstm');
    expect(
      byName(design.cells, 'Fgr')
        .states.map((state) => state.name)
        .sort(),
    ).toEqual(['c', 'f', 'h', 'i', 'o']);
  });

  it('name every weight block once', () => {
    for (const cell of design.cells) {
      const labels =
        equations(cell)
          .join()
          .match(/\w+\.\w+(?=[[:])/g) ?? [];
      expect(new Set(labels).size, cell.name).toBe(labels.length);
    }
  });
});

describe('cells', () => {
  it('may be written in any order of lines', async () => {
    const text = `cell A(x: [n]) -> h: [m] { h' = g * s' s' = g + s state h, s: [m] g = vmm(x, h, 1) }`;
    expect(equations(byName((await designOf(text)).cells, 'A'))).toEqual([
      'g = vmm(g.x[n]: x; g.h[m]: h; g.bias[1]: 1)',
      "s' = add(g, s)",
      "h' = multiply(g, s')",
    ]);
  });

  it('take sizes with factors and sums', async () => {
    const text = `cell A(x: [2 * n + 1]) -> h: [n] { state h: [n] h' = vmm(x, h) }
      network N(x: [7]) -> y: [3] { y = A(x) }`;
    const design = await designOf(text);
    expect(byName(design.cells, 'A').inputs[0].size).toEqual({ constant: 1, terms: { n: 2 } });
    expect(byName(design.networks, 'N').layers[0]).toMatchObject({ kind: 'cell', dimensions: { n: 3 } });
  });

  it('carry the initial values of their states', async () => {
    const design = await designOf(`cell A(x: [n]) -> h: [n] { state h: [n] = 0.5 h' = x }`);
    expect(design.cells[0].states).toEqual([
      { name: 'h', size: { constant: 0, terms: { n: 1 } }, initial: 0.5 },
    ]);
  });

  it('expand functions of the text, also nested ones', async () => {
    const text = `function swish(x, beta = 1) -> elementwise = x * sigmoid(beta * x)
      function twice(x) -> elementwise = swish(x) + swish(x, beta = 2)
      cell A(x: [n]) -> h: [n] { h = twice(x) }`;
    expect(equations((await designOf(text)).cells[0])).toEqual([
      'h = add(multiply(x, sigmoid(multiply(1, x))), multiply(x, sigmoid(multiply(2, x))))',
    ]);
  });
});
