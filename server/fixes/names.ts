import { ast } from '@memloom/language';
import { AstUtils, UriUtils } from 'langium';
import { type Finding, instead, nearestSpelling, type Proposal, quickFix } from './fix.ts';
import { addImport, remove } from './places.ts';

/** Names, imports, and what is declared twice or extends itself. */
export const nameFixes = [
  quickFix({
    code: 'name.unknown',
    does: 'Changes a name to the nearest one that is known here.',
    preferred: true,
    before: 'device Cell = resistive()\ncrossbar C {\n  device = Cel\n}\n',
    after: 'device Cell = resistive()\ncrossbar C {\n  device = Cell\n}\n',
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'name.notImported',
    does: 'Imports the file of the standard library that declares the name.',
    preferred: true,
    forAll: true,
    before: 'network N(x: [1]) -> y: [1] {\n  y = dense(Lstm(x, units = 2), units = 1)\n}\n',
    after:
      'import std.cells\n\nnetwork N(x: [1]) -> y: [1] {\n  y = dense(Lstm(x, units = 2), units = 1)\n}\n',
    propose: ({ details: { library }, document }): Proposal => ({
      title: `Import ${library}`,
      edits: [addImport(library, document)],
    }),
  }),
  quickFix({
    code: 'import.notFound',
    does: 'Changes an import to what was probably meant: the nearest file of the library, which stands without quotes.',
    preferred: true,
    before: 'import "std.cell"\n',
    after: 'import std.cells\n',
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'import.notFound',
    does: 'Removes an import that leads nowhere.',
    before: 'import "nowhere.loom"\ndevice D = resistive()\n',
    after: 'device D = resistive()\n',
    propose: ({ node, document }): Proposal => ({
      title: 'Remove the import',
      edits: remove(AstUtils.getContainerOfType(node, ast.isImport), document),
    }),
  }),
  quickFix({
    code: 'import.cycle',
    does: 'Removes an import that leads back to its own file.',
    before: 'import "main.loom"\ndevice D = resistive()\n',
    after: 'device D = resistive()\n',
    propose: ({ node, document }): Proposal => ({
      title: 'Remove the import',
      edits: remove(AstUtils.getContainerOfType(node, ast.isImport), document),
    }),
  }),
  quickFix({
    code: 'name.duplicate',
    does: 'Gives the second declaration of a name a name of its own.',
    before: 'device D = resistive()\ndevice D = vteam()\n',
    after: 'device D = resistive()\ndevice D_2 = vteam()\n',
    propose: (finding): Proposal => {
      const free = freeName(finding.details.name, finding.document.textDocument.getText());
      return instead(finding, `Rename it to "${free}"`, free);
    },
  }),
  quickFix({
    code: 'extends.cycle',
    does: 'Removes the clause that makes a declaration extend itself.',
    before: 'crossbar C extends C {\n  vRead = 0.1 V\n}\n',
    after: 'crossbar C {\n  vRead = 0.1 V\n}\n',
    propose: (finding): Proposal => {
      const { start, end } = finding.range;
      const line = finding.document.textDocument.getText({ start: { ...start, character: 0 }, end: start });
      const from = /\s*\bextends\s*$/.exec(line)?.index ?? line.length;
      const range = { start: { ...start, character: from }, end };
      return { title: 'Remove the extends clause', edits: [{ range, newText: '' }] };
    },
  }),
  quickFix({
    code: 'syntax.equals',
    does: 'Writes the equals sign between a name and its value.',
    preferred: true,
    forAll: true,
    before: 'device D = resistive(rOn 10 kOhm, rOff = 1 MOhm)\n',
    after: 'device D = resistive(rOn = 10 kOhm, rOff = 1 MOhm)\n',
    propose: ({ range }): Proposal => ({
      title: 'Write "="',
      edits: [{ range: { start: range.start, end: range.start }, newText: '= ' }],
    }),
  }),
  quickFix({
    code: 'syntax.character',
    does: 'Removes characters that belong to nothing.',
    before: 'device D = resistive() §\n',
    after: 'device D = resistive()\n',
    propose: ({ range, document }): Proposal => {
      const { textDocument } = document;
      const text = textDocument.getText();
      const from = textDocument.offsetAt(range.start);
      const blanks = text.slice(0, from).length - text.slice(0, from).trimEnd().length;
      const start = textDocument.positionAt(
        /^[ \t]+$/.test(text.slice(from - blanks, from)) ? from - blanks : from,
      );
      return { title: 'Remove it', edits: [{ range: { start, end: range.end }, newText: '' }] };
    },
  }),
];

function freeName(name: string, text: string): string {
  for (let count = 2; ; count++)
    if (!new RegExp(`\\b${name}_${count}\\b`).test(text)) return `${name}_${count}`;
}

/** Files of the workspace that declare a name which a text does not know: an import each. */
export function importsOf(
  name: string,
  { document, services }: Pick<Finding, 'document' | 'services'>,
): readonly Proposal[] {
  const folder = UriUtils.dirname(document.uri);
  return services.shared.workspace.IndexManager.allElements()
    .filter((element) => element.name === name && !services.library.has(element.documentUri))
    .filter(({ documentUri }) => !UriUtils.equals(documentUri, document.uri))
    .map(({ documentUri }) => `"${UriUtils.relative(folder, documentUri)}"`)
    .distinct()
    .map((path) => ({ title: `Import ${path}`, edits: [addImport(path, document)] }))
    .toArray();
}
