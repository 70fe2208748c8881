import { openTexts, type Project } from '@memloom/language';
import fc from 'fast-check';
import { TextDocument } from 'langium';
import { beforeAll, describe, expect, it } from 'vitest';
import { formattingEdits } from '../../../language/format/formatter.ts';
import { faultyFiles, goodFiles } from '../sources.ts';
import { hasSyntaxErrors, parse, treeOf } from '../trees.ts';

let project: Project;
beforeAll(async () => {
  project = await openTexts({});
});

async function formatted(text: string): Promise<string> {
  const outcome = await project.format(text);
  if (!outcome.ok) throw new Error(outcome.problems[0].message);
  return outcome.value;
}

const parseable = [...goodFiles, ...faultyFiles].filter(({ text }) => !hasSyntaxErrors(parse(text)));
const commentsOf = (text: string) =>
  text.match(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g)?.map((comment) => comment.trimEnd());

describe('the formatter', () => {
  it.each(goodFiles)('leaves $path as it is', async ({ text }) => {
    expect(await formatted(text)).toBe(text);
  });

  it.each(parseable)('is idempotent and keeps meaning and comments of $path', async ({ text }) => {
    const once = await formatted(text);
    expect(await formatted(once)).toBe(once);
    expect(treeOf(once)).toEqual(treeOf(text));
    expect(commentsOf(once)).toEqual(commentsOf(text));
  });

  it('lays a text out from scratch', async () => {
    const text = `import std.cells
device   D=vteam( rOn=10kOhm,rOff =1 MOhm ){levels=16,stuckOn=1%; programming=gaussian( 2% )}


crossbar C{device=D size=12x16}
block B(in:V,unit :V)->out:V{param slope=10 /V in 1 /V..20 /V    param pole = 20MHz // first pole
out=clamp(unit*tanh(slope*(in-0.1 V)),-1V..1 V)
area = 310 um ^2
}
cell A(x:[2*n+1])->h:[m]{
state c,h:[m]=0
c'=(x)*-h^2
      // the output
h'=c' }
experiment e{network N data d train adam(rate=1e-3)for 100 epochs{batch=1}on H
expect rmse.test<70 }`;
    expect(await formatted(text.replace('um ^2', 'um^2'))).toBe(`import std.cells
device D = vteam(rOn = 10 kOhm, rOff = 1 MOhm) { levels = 16, stuckOn = 1 %; programming = gaussian(2 %) }

crossbar C { device = D size = 12 x 16 }
block B(in: V, unit: V) -> out: V {
  param slope = 10 /V in 1 /V .. 20 /V
  param pole = 20 MHz  // first pole
  out = clamp(unit * tanh(slope * (in - 0.1 V)), -1 V .. 1 V)
  area = 310 um^2
}
cell A(x: [2 * n + 1]) -> h: [m] {
  state c, h: [m] = 0
  c' = (x) * -h^2
  // the output
  h' = c'
}
experiment e {
  network N
  data d
  train adam(rate = 1e-3) for 100 epochs { batch = 1 } on H
  expect rmse.test < 70
}
`);
  });

  it('opens a body that would make its line too long', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `rnn.signal${index}`);
    const text = `experiment e { infer on VoltageMode trials 100 { probe ${names.join(', ')} } }\n`;
    expect(await formatted(text)).toBe(
      `experiment e {\n  infer on VoltageMode trials 100 {\n    probe ${names.join(', ')}\n  }\n}\n`,
    );
  });

  it('keeps the line breaks that an author sets inside an item, deeper than the item', async () => {
    const text = 'function f(\na, /// first\nb\n) -> elementwise = a\n+ b\n';
    expect(await formatted(text)).toBe('function f(\n  a,  /// first\n  b\n) -> elementwise = a\n  + b\n');
  });

  it('gives an empty text for a blank one, and nothing for a faulty one', async () => {
    expect(await formatted(' \n\n')).toBe('');
    expect((await project.format('cell {')).ok).toBe(false);
  });

  it('edits only what differs, and only within the range asked for', () => {
    const document = parse('crossbar A{device=D}\ncrossbar B { device = D }\n');
    const edits = formattingEdits(document);
    expect(edits.every(({ range }) => range.start.line === 0)).toBe(true);
    expect(TextDocument.applyEdits(document.textDocument, edits)).toBe(
      'crossbar A { device = D }\ncrossbar B { device = D }\n',
    );
  });

  it('is idempotent and keeps meaning however white space is changed', async () => {
    const blanks = fc.constantFrom(
      '',
      ' ',
      '   ',
      '\t',
      '\n',
      '\n\n\n',
      ' \n ',
      ' // note\n',
      ' /* note */ ',
      '\n/// doc\n',
    );
    const file = fc.constantFrom(...goodFiles.filter(({ text }) => text.length < 5000));
    const changes = fc.array(fc.record({ at: fc.nat(), blank: blanks }), { maxLength: 12 });
    const property = fc.asyncProperty(file, changes, async ({ text }, edits) => {
      const changed = edits.reduce((current, { at, blank }) => replaceBlank(current, at, blank), text);
      if (hasSyntaxErrors(parse(changed))) return;
      const once = await formatted(changed);
      expect(treeOf(once)).toEqual(treeOf(changed));
      expect(commentsOf(once)).toEqual(commentsOf(changed));
      expect(await formatted(once)).toBe(once);
    });
    await fc.assert(property, { seed: 7, numRuns: 300 });
  });
});

/** Puts other white space in place of one stretch of it. */
function replaceBlank(text: string, at: number, blank: string): string {
  const stretches = [...text.matchAll(/[ \t\n]+/g)];
  const chosen = stretches[at % stretches.length];
  return text.slice(0, chosen.index) + blank + text.slice(chosen.index + chosen[0].length);
}
