import { createLoomServices } from '@memloom/language';
import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace.ts';

/** What an editor gets of a text: codes, links, related places and the details that quick fixes work with. */
async function findingsOf(text: string) {
  const { shared } = createLoomServices({ ...EmptyFileSystem, pages: URI.parse('file:///docs/diagnostics') });
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  const document = shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse('memory:/main.loom'));
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  return document.diagnostics ?? [];
}

describe('a finding', () => {
  it('links to the page of its code, found by a check, by linking or by the parser', async () => {
    const texts = {
      'unit.mismatch': 'device D = vteam(rOn = 1 V)',
      'name.unknown': 'device D = vteem()',
      'syntax.unexpected': 'device D = ',
    };
    for (const [code, text] of Object.entries(texts)) {
      const found = (await findingsOf(text)).find((finding) => finding.code === code);
      expect(found?.codeDescription?.href).toBe(`file:///docs/diagnostics/${code}.md`);
      expect(found?.data).toMatchObject({ code, details: expect.any(Object) });
    }
  });

  it('of sizes shows where both sides come from', async () => {
    const text = ['cell Sum(x: [n]) -> h: [m] {', '  state h: [m]', "  h' = tanh(x) * h", '}'].join('\n');
    const [finding] = await findingsOf(text);
    expect(finding.message).toBe('"tanh(x)" has size n, "h" has size m.');
    const related = finding.relatedInformation?.map(({ location, message }) => [
      location.range.start.line,
      message,
    ]);
    expect(related).toEqual([
      [0, '"tanh(x)" has size n.'],
      [1, '"h" has size m.'],
    ]);
  });

  it('of an array shows the size and the network that does not fit, also across files', async () => {
    const { project, uriOf } = await workspace({
      'main.loom': [
        'import "array.loom"',
        'import std.cells',
        'hardware H { vmm on Gates }',
        'network N(x: [1]) -> y: [1] { y = dense(Np(x, units = 4), units = 1) on H }',
      ].join('\n'),
      'array.loom':
        'device D = resistive()\ncrossbar Gates { device = D size = 6 x 16 tiling = false readout = current }',
    });
    const found = await project.checkFile(uriOf('main.loom'));
    const finding = found.find(({ code }) => code === 'crossbar.rows');
    // The size stands in another file, so that the finding is where this file puts the network on the hardware.
    expect(finding?.range.start.line).toBe(3);
    expect(finding?.related.map(({ file, message }) => [file, message])).toEqual([
      [uriOf('array.loom'), 'The size of Gates is given here.'],
    ]);
  });

  it('about what is not needed is marked so', async () => {
    const text = `import std.cells
network N(x: [1]) -> y: [1] { y = dense(x, units = 1) }
dataset d from "d.csv" { column = "a" }
experiment e { network N data d train adam() for 1 epoch }`;
    const [finding] = await findingsOf(text);
    expect(finding).toMatchObject({ code: 'import.unused', severity: 3, tags: [1] });
  });

  it('does not follow from another: a network on a hardware with an error of its own is left alone', async () => {
    const text = `device D = resistive()
crossbar Gates { device = D size = 2 x 2 tiling = false vRead = 1 A }
hardware H { vmm on Gates }
network N(x: [4]) -> y: [1] { y = dense(x, units = 1) on H }`;
    expect((await findingsOf(text)).map(({ code }) => code)).toEqual(['unit.mismatch']);
  });
});
