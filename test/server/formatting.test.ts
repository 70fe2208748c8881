import fc from 'fast-check';
import { TextDocument } from 'langium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { goodFiles } from '../language/sources.ts';
import { hasSyntaxErrors, parse, treeOf } from '../language/trees.ts';
import { bundleServer, type Session, startSession } from './session.ts';

const uri = 'file:///virtual/formatting.loom';
const textDocument = { uri };
const options = { tabSize: 2, insertSpaces: true };
const documentOf = (text: string) => TextDocument.create(uri, 'loom', 0, text);
const applied = (text: string, edits: TextEdit[] | null) =>
  TextDocument.applyEdits(documentOf(text), edits ?? []);

describe('Formatting over the protocol', () => {
  let server: Session;
  beforeAll(async () => {
    server = await startSession(await bundleServer());
    await server.open(uri, '');
  }, 60_000);
  afterAll(() => server.close());

  /** Formats the part of a text between two offsets; the part must be all that changes. */
  async function formatPart(text: string, from: number, to: number) {
    await server.change(uri, text);
    const document = documentOf(text);
    const range = { start: document.positionAt(from), end: document.positionAt(to) };
    const edits = await server.connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument,
      range,
      options,
    });
    const after = applied(text, edits);
    const end = to + after.length - text.length;
    expect(after.slice(0, from)).toBe(text.slice(0, from));
    expect(after.slice(end)).toBe(text.slice(to));
    return { after, end };
  }

  async function formatAll(text: string) {
    await server.change(uri, text);
    return applied(
      text,
      await server.connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options }),
    );
  }

  /** `|` is where the cursor stands behind a brace, or on the line that has just begun. */
  async function typed(marked: string) {
    const at = marked.indexOf('|');
    const text = marked.replace('|', '');
    await server.change(uri, text);
    const edits = await server.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
      textDocument,
      position: documentOf(text).positionAt(at),
      ch: text[at - 1] === '}' ? '}' : '\n',
      options,
    });
    return applied(text, edits);
  }

  const untidy = 'crossbar A{device=D}\ncrossbar B{device=D}\ncrossbar C {\n      device=D,vRead=1V\n}\n';

  it('changes within a range alone, also where the line goes on', async () => {
    const line = untidy.indexOf('crossbar B');
    const second = await formatPart(untidy, line, untidy.indexOf('crossbar C'));
    expect(second.after).toBe(untidy.replace('crossbar B{device=D}', 'crossbar B { device = D }'));
    const part = await formatPart(untidy, untidy.indexOf('device=D,'), untidy.indexOf('vRead'));
    expect(part.after).toBe(untidy.replace('device=D,vRead', 'device = D\n  vRead'));
    const indentation = await formatPart(untidy, untidy.indexOf('      device'), untidy.indexOf('device=D,'));
    expect(indentation.after).toBe(untidy.replace('      device', '  device'));
  });

  it('changes nothing outside any range, keeps the meaning, and nothing more when it is asked again', async () => {
    const blanks = fc.constantFrom(
      ' ',
      '   ',
      '\t',
      '\n',
      '\n\n\n',
      ' \n ',
      ' // note\n',
      ' /* note */ ',
      '\r\n',
    );
    const file = fc.constantFrom(...goodFiles.filter(({ text }) => text.length < 2500));
    const changes = fc.array(fc.record({ at: fc.nat(), blank: blanks }), { maxLength: 12 });
    const property = fc.asyncProperty(file, changes, fc.nat(), fc.nat(), async ({ text }, edits, a, b) => {
      const changed = edits.reduce((current, { at, blank }) => replaceBlank(current, at, blank), text);
      if (hasSyntaxErrors(parse(changed))) return;
      const [from, to] = [a % (changed.length + 1), b % (changed.length + 1)].sort((x, y) => x - y);
      // A position within a line end is none that a client can give.
      if (changed[from] === '\n' && changed[from - 1] === '\r') return;
      if (changed[to] === '\n' && changed[to - 1] === '\r') return;
      const { after, end } = await formatPart(changed, from, to);
      expect(treeOf(after)).toEqual(treeOf(changed));
      expect((await formatPart(after, from, end)).after).toBe(after);
      expect(await formatAll(after)).toBe(await formatAll(changed));
    });
    await fc.assert(property, { seed: 11, numRuns: 60 });
  }, 120_000);

  it('keeps the line ends of a text', async () => {
    const windows = untidy.replaceAll('\n', '\r\n');
    expect(await formatAll(windows)).toBe((await formatAll(untidy)).replaceAll('\n', '\r\n'));
    expect(await formatAll(await formatAll(windows))).toBe(await formatAll(windows));
  });

  it('lays out a body when its brace is typed, and nothing before or behind it', async () => {
    expect(
      await typed(
        'crossbar A{device=D}\ncrossbar B{\n    device=D\nvRead=1V\n  }|\n\n\n\ncrossbar C{device=D}\n',
      ),
    ).toBe(
      'crossbar A{device=D}\ncrossbar B {\n  device = D\n  vRead = 1 V\n}\n\n\n\ncrossbar C{device=D}\n',
    );
    expect(await typed('experiment e {\n  infer{probe  a}|\n  cost  }\n')).toBe(
      'experiment e {\n  infer { probe a }\n  cost  }\n',
    );
  });

  it('lays out the line that a new one ends, and leaves the new one to its user', async () => {
    expect(await typed('crossbar A {\n    device=D\n    |\n}\n')).toBe(
      'crossbar A {\n  device = D\n    \n}\n',
    );
    expect(await typed('import std.cells\n\n|')).toBe('import std.cells\n\n');
    expect(await typed('crossbar A{device=D}\n\n\n|\ncrossbar B{device=D}\n')).toBe(
      'crossbar A{device=D}\n\n\n\ncrossbar B{device=D}\n',
    );
    expect(await typed('crossbar A{device=D}\n|crossbar B{device=D}\n')).toBe(
      'crossbar A { device = D }\ncrossbar B{device=D}\n',
    );
  });

  it('leaves a text alone that does not parse yet', async () => {
    expect(await typed('crossbar A{\n    device=D\n|')).toBe('crossbar A{\n    device=D\n');
    expect(await typed('crossbar A{device=}|\n')).toBe('crossbar A{device=}\n');
  });
});

/** Puts other white space in place of one stretch of it. */
function replaceBlank(text: string, at: number, blank: string): string {
  const stretches = [...text.matchAll(/[ \t\n]+/g)];
  const chosen = stretches[at % stretches.length];
  return text.slice(0, chosen.index) + blank + text.slice(chosen.index + chosen[0].length);
}
