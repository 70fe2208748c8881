import { describe, expect, it } from 'vitest';
import { hasSyntaxErrors, parse } from '../trees.ts';

/** Token images of a text between the braces of a body, with the names of their types. */
function tokens(body: string): readonly string[] {
  const document = parse(`block B(in: V) -> out: V {\n${body}\n}`);
  const found: string[] = [];
  const visit = (node: {
    readonly text: string;
    readonly tokenType?: { readonly name: string };
    readonly content?: readonly unknown[];
  }) => {
    if (node.content) for (const child of node.content) visit(child as typeof node);
    else if (node.tokenType && !['WHITESPACE'].includes(node.tokenType.name))
      found.push(`${node.tokenType.name} ${node.text}`);
  };
  const root = document.parseResult.value.$cstNode;
  if (root) visit(root);
  return found.slice(12, -1);
}

describe('numbers with units', () => {
  it.each([
    ['10 kOhm', 'QUANTITY 10 kOhm'],
    ['10kOhm', 'QUANTITY 10kOhm'],
    ['67%', 'QUANTITY 67%'],
    ['1.5e-3 um^2', 'QUANTITY 1.5e-3 um^2'],
    ['3 m^2/(V*s)', 'QUANTITY 3 m^2/(V*s)'],
    ['3 V/s', 'QUANTITY 3 V/s'],
    ['10 /V', 'QUANTITY 10 /V'],
    ['10 /(V*s)', 'QUANTITY 10 /(V*s)'],
    ['4 Ω', 'QUANTITY 4 Ω'],
    ['7 µm', 'QUANTITY 7 µm'],
    ['5 wrong', 'QUANTITY 5 wrong'],
  ])('%s is one quantity', (text, token) => {
    expect(tokens(`param p = ${text}`)).toEqual(['param param', 'ID p', '= =', token]);
  });

  it.each([
    ['10/V', ['NUMBER 10', '/ /', 'ID V']],
    ['10 / V', ['NUMBER 10', '/ /', 'ID V']],
    ['2 * h', ['NUMBER 2', '* *', 'ID h']],
    ['1 V / s', ['QUANTITY 1 V', '/ /', 'ID s']],
    ['1 V/r', ['QUANTITY 1 V', '/ /', 'ID r']],
    ['1 V*sigmoid(in)', ['QUANTITY 1 V', '* *', 'ID sigmoid', '( (', 'in in', ') )']],
    ['0 V..1 V', ['QUANTITY 0 V', '.. ..', 'QUANTITY 1 V']],
    ['1 /V..2 /V', ['QUANTITY 1 /V', '.. ..', 'QUANTITY 2 /V']],
    ['0..1', ['NUMBER 0', '.. ..', 'NUMBER 1']],
    ['12 x 16', ['SIZE 12 x 16']],
    ['12x16', ['SIZE 12x16']],
    ['1 in 0 .. 2', ['NUMBER 1', 'in in', 'NUMBER 0', '.. ..', 'NUMBER 2']],
  ])('%s is no single quantity', (text, expected) => {
    expect(tokens(`param p = ${text}`).slice(3)).toEqual(expected);
  });

  it.each(['levels = 64 stuckOn = 1', 'a = 1 V = 2', "a = 1 m' = 2", 'a = 1\nV = 2', 'a = 1 param m = 3'])(
    'in "%s" the word behind the number begins the next item',
    (body) => expect(tokens(body)).not.toContainEqual(expect.stringContaining('QUANTITY')),
  );
});

describe('words of the grammar', () => {
  it('remain names', () => {
    const text = `cell cell(data: [in], scale: [on]) -> state: [param] {
      state state: [param]
      import = sigmoid(vmm(data, scale, state, 1))
      state' = import * state
    }
    network network(from: [1], for: [1]) -> over: [2] { over = cell(from, for, units = 2) }`;
    expect(hasSyntaxErrors(parse(text))).toBe(false);
  });
});

describe('nesting', () => {
  it.each([
    ['brackets', `param p = ${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['minus signs', `param p = ${'-'.repeat(5000)}1`],
    ['powers', `param p = ${'1^'.repeat(5000)}1`],
    ['sums', `param p = ${'1 + '.repeat(5000)}1`],
    ['units', `param p = 1 /${'('.repeat(5000)}V`],
    ['braces', '{'.repeat(5000)],
  ])('of %s beyond measure is an error, not a crash', (_name, body) => {
    expect(hasSyntaxErrors(parse(`block B(in: V) -> out: V {\n${body}\n}`))).toBe(true);
  });

  it('up to the limits parses', () => {
    expect(
      hasSyntaxErrors(
        parse(
          `block B(in: V) -> out: V { param p = ${'('.repeat(35)}1${')'.repeat(35)} param r = ${'-'.repeat(35)}1 param q = ${'1 + '.repeat(390)}1 }`,
        ),
      ),
    ).toBe(false);
  });
});
