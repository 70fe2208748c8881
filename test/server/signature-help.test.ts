import { describe, expect, it } from 'vitest';
import { openEditor } from './editor.ts';

/** The signature with the active parameter in `[ ]`. */
async function help(text: string): Promise<string | undefined> {
  const { services, document, at } = await openEditor({
    'a.loom': `import std.cells\nimport std.cmos180\n${text}`,
  });
  const found = await services.lsp.SignatureHelp?.provideSignatureHelp(document, at);
  const [signature] = found?.signatures ?? [];
  if (!signature) return undefined;
  const labels = signature.parameters?.map(({ label }) => String(label)) ?? [];
  const marked = labels.map((label, index) => (index === found?.activeParameter ? `[${label}]` : label));
  return signature.label.replace(labels.join(', '), marked.join(', '));
}

const network = (value: string) => `network N(x: [1]) -> y: [1] {\n  y = ${value}`;
const dense = 'dense(x, units: integer in 1 .. 1e6, bias = true of true | false)';

describe('Signature help', () => {
  it.each([
    ['dense(<|>', dense.replace('x,', '[x],')],
    ['dense(x, <|>', dense.replace('units: integer in 1 .. 1e6', '[units: integer in 1 .. 1e6]')],
    ['dense(x, bias = <|>', dense.replace('bias = true of true | false', '[bias = true of true | false]')],
    ['dense((x + 1), <|>)\n}', dense.replace('units: integer in 1 .. 1e6', '[units: integer in 1 .. 1e6]')],
    [
      'dense(Np(x, units = 2), bias = true, (<|>',
      dense.replace('bias = true of true | false', '[bias = true of true | false]'),
    ],
    ['Np(<|>', 'Np([x: [n]], units = …)'],
    ['Np(x, units = <|>', 'Np(x: [n], [units = …])'],
    ['concatenate(x, x, <|>', 'concatenate([signals...])'],
    ['softmax(x, <|>', 'softmax(x)'],
    ['nothing(<|>', undefined],
    ['dense(x, units = 1) <|>', undefined],
  ])('in a network: %s', async (value, expected) => {
    expect(await help(network(value))).toBe(expected);
  });

  it('names what a block takes', async () => {
    expect(await help('hardware H {\n  sigmoid on Sigmoid(offset = <|>')).toMatch(
      /^Sigmoid\(gain = 1 in 0\.1 \.\. 10, \[offset = gaussian\(2 mV\)\], rails = 0 V \.\. 1 V/,
    );
  });

  it.each([
    ['device D = resistive(rOff = <|>', 'rOff: Ohm'],
    ['device E = resistive()\ndevice D = E(x0 = <|>', 'x0: 1'],
    ['device D = linearIonDrift.memtorch(p = <|>', 'p: 1'],
  ])('names what a device takes: %s', async (text, active) => {
    expect(await help(text)).toContain(`[${active}`);
  });

  it('is silent where a declaration lists its ports', async () => {
    expect(await help('block B(<|>')).toBeUndefined();
  });
});
