import { readFileSync } from 'node:fs';
import { type Code, catalogue, diagnosticPage } from '@memloom/language';
import { isAnnotation } from '../language/check.ts';
import { exampleCodes, examplePath, filesOf, mendedPart, wrongPart } from '../language/examples.ts';

const families: Readonly<Record<string, string>> = {
  syntax: 'Syntax',
  file: 'Files',
  name: 'Names',
  import: 'Imports',
  declaration: 'Names',
  extends: 'Extending',
  override: 'Extending',
  unit: 'Units',
  value: 'Values',
  distribution: 'Values',
  parameter: 'Parameters',
  property: 'Parameters',
  function: 'Functions',
  device: 'Devices',
  domain: 'Domains of signals',
  dimension: 'Sizes',
  port: 'Sizes',
  equation: 'Equations',
  product: 'Equations',
  state: 'States',
  bias: 'Form of cells',
  peephole: 'Form of cells',
  update: 'Form of cells',
  cell: 'Form of cells',
  gate: 'Form of cells',
  layer: 'Networks',
  network: 'Networks',
  binding: 'Hardware',
  share: 'Hardware',
  crossbar: 'Crossbars',
  range: 'Ranges',
  read: 'Ranges',
  weights: 'Weights',
  data: 'Data',
  experiment: 'Experiments',
  analysis: 'Experiments',
  probe: 'Experiments',
  sweep: 'Experiments',
  train: 'Experiments',
  expect: 'Experiments',
  stimulus: 'Experiments',
  check: 'Memloom itself',
};

const familyOf = (code: string): string => families[code.split('.')[0]] ?? 'Others';

const codes = (Object.keys(catalogue) as Code[]).sort();

/** Every page about diagnostics by its file name: one for each code, and an index. */
export function diagnosticPages(): ReadonlyMap<string, string> {
  const pages = new Map(codes.map((code) => [`${code}.md`, page(code)]));
  pages.set('README.md', index());
  return pages;
}

function page(code: Code): string {
  const example = exampleCodes.includes(code) ? exampleOf(code) : '';
  return diagnosticPage(code, `${example}\n[All diagnostics](README.md)\n`);
}

function exampleOf(code: Code): string {
  const text = readFileSync(examplePath(code), 'utf8');
  const files = filesOf(wrongPart(text));
  const lines = files['main.loom'].split('\n').filter(isAnnotation);
  const messages = lines.flatMap((line) => {
    const match = /\^ \w+ (\S+): (.*)$/.exec(line);
    return match?.[1] === code ? [match[2]] : [];
  });
  const wrong = fenced(files);
  const mended = fenced(filesOf(mendedPart(text)));
  return `\n## Example\n\n${wrong}\n\n> ${messages[0]}\n\nMended:\n\n${mended}\n`;
}

/** The files of an example as blocks of text, their expectations left out; deep nesting is cut short. */
function fenced(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, text]) => {
      const plain = text
        .split('\n')
        .filter((line) => !isAnnotation(line))
        .join('\n')
        .trim();
      const heading = Object.keys(files).length > 1 ? `\`${name}\`:\n\n` : '';
      return `${heading}\`\`\`text\n${plain}\n\`\`\``;
    })
    .join('\n\n');
}

function index(): string {
  const sections = [...new Set(codes.map(familyOf))].sort().map((family) => {
    const rows = codes
      .filter((code) => familyOf(code) === family)
      .map(
        (code) => `| [\`${code}\`](${code}.md) | ${catalogue[code].severity} | ${catalogue[code].cause} |`,
      );
    return `## ${family}\n\n| code | severity | about |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Diagnostics\n\n${introduction}\n\n${sections.join('\n')}`;
}

const introduction = `Everything that Memloom can say about a text: a page for each code, with a text that brings the finding about and the
same text mended. Editors link to the page from the code of a finding; the pages are files beside the program, so that
the links need no network. The pages are generated from the catalogue and from the corpus of the tests
(\`UPDATE_DOCS=1 npx vitest run test/docs/diagnostics.test.ts\`), where each example is run.

[The gallery](../gallery.md) shows whole architectures that are wrong in plausible ways.`;
