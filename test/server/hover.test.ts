import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver-protocol';
import { keywordTexts } from '../../server/hover/keywords.ts';
import { quantityHover } from '../../server/hover/quantity.ts';
import { architecture } from './architecture-text.ts';
import { openEditor } from './editor.ts';

/** What is shown at the first place of `mark`, `shift` characters in. */
async function hover(mark: string, shift = 0): Promise<string | undefined> {
  const at = architecture.indexOf(mark) + shift;
  const { services, document, position } = await openEditor({
    'main.loom': `${architecture.slice(0, at)}<|>${architecture.slice(at)}`,
  });
  const found = await services.lsp.HoverProvider?.getHoverContent(document, {
    textDocument: { uri: document.uri.toString() },
    position,
  });
  return (found?.contents as MarkupContent | undefined)?.value;
}

describe('Hover', () => {
  it('shows an inherited equation as written, with its size in the variant and where it comes from', async () => {
    const text = await hover('1 - i', 4);
    expect(text).toContain('```loom\ni = sigmoid(vmm(x, h, 1) + peephole(c))\n```');
    expect(text).toContain('Size [m].');
    expect(text).toContain('Inherited from `Lstm`.');
  });

  it('shows the size of a layer', async () => {
    expect(await hover('last(rnn)', 5)).toContain('Size [4], a value at each time step.');
  });

  it('shows what sits in a crossbar: one row for each layer, with lines, devices and utilisation', async () => {
    // The LSTM with coupled gates has 3 gates of 4 units; x, h, bias and the peepholes' c as operands in pairs of rows.
    const text = await hover('vmm on Gates', 8);
    expect(text).toContain('crossbar Gates');
    expect(text).toMatch(/\| rnn of Forecast \| Analog \| [0-9]+ × 12 \| [0-9]+ \| [0-9.]+ % \|/);
    expect(text).toMatch(/\| y of Forecast \| Analog \| 10 × 1 \| 10 \| 100 % \|/);
  });

  it('shows the window of a device', async () => {
    expect(await hover('device = HfO2', 10)).toContain('Window 1 uS to 100 uS (ratio 100), 64 levels.');
  });

  it('shows default, bounds, unit and source of a parameter', async () => {
    const text = await hover('rOn =', 1);
    expect(text).toContain('Default 10 kOhm.');
    expect(text).toContain('Between 1 mOhm and 1 POhm.');
    expect(text).toContain('resistance of the fully on device');
  });

  it('shows a quantity in SI units and with other prefixes', async () => {
    expect(await hover('10 kOhm', 1)).toBe('**10 kOhm**\n\n= 10000 Ohm\n\nohm');
    expect(quantityHover('2 %')).toContain('0.02');
    expect(quantityHover('1500 um')).toContain('0.0015 m = 1.5 mm');
    expect(quantityHover('3 nonsense')).toBeUndefined();
  });

  it('says what a metric measures', async () => {
    const text = await hover('Analog.rmse.test.std', 9);
    expect(text).toContain('Root of the mean square error');
    expect(text).toContain('on hardware Analog, the standard deviation over the trials');
  });

  it('says what a keyword begins', async () => {
    expect(await hover('infer on', 2)).toContain('Evaluates on hardware');
  });

  it('is silent in comments and between words', async () => {
    expect(await hover('Two comment', 2)).toBeUndefined();
  });

  it('has a line on each word of the grammar', () => {
    const grammar = readFileSync(
      fileURLToPath(new URL('../../language/loom.langium', import.meta.url)),
      'utf8',
    ).replace(/\/\/.*$/gm, '');
    const words = new Set([...grammar.matchAll(/'([a-z]+)'/g)].map((match) => match[1]));
    expect([...words].filter((word) => !keywordTexts.has(word))).toEqual([]);
  });
});
