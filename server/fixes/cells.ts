import { ast } from '@memloom/language';
import { AstUtils } from 'langium';
import { instead, type Proposal, quickFix } from './fix.ts';
import { insertAt, remove } from './places.ts';

const equations: Readonly<Record<string, string>> = {
  i: 'i = sigmoid(vmm(x, h, 1) + peephole(c))',
  f: 'f = sigmoid(vmm(x, h, 1) + peephole(c))',
  z: 'z = tanh(vmm(x, h, 1))',
  c: "c' = f * c + i * z",
  o: "o = sigmoid(vmm(x, h, 1) + peephole(c'))",
  h: "h' = o * tanh(c')",
};

/** An LSTM cell with some of its equations written otherwise. */
const lstm = (changes: Readonly<Record<string, string>> = {}): string =>
  `cell Mine(x: [n]) -> h: [m] {\n  state c, h: [m]\n${Object.entries({ ...equations, ...changes })
    .map(([, equation]) => `  ${equation}\n`)
    .join('')}}\n`;
const gated = (update: string): string =>
  `cell Mine(x: [n]) -> h: [m] {\n  state h: [m]\n  u = sigmoid(vmm(x, h, 1))\n  z = tanh(vmm(x, h, 1))\n  h' = ${update}\n}\n`;

/** Cells that are well formed and yet not what the literature writes. */
export const cellFixes = [
  quickFix({
    code: 'bias.missing',
    does: 'Adds the bias that the other gates have.',
    preferred: true,
    before: lstm({ z: 'z = tanh(vmm(x, h))' }),
    after: lstm(),
    propose: (finding): Proposal => instead(finding, 'Add the bias', finding.details.fits),
  }),
  quickFix({
    code: 'peephole.previous',
    does: 'Lets the output gate see the new state.',
    preferred: true,
    before: lstm({ o: 'o = sigmoid(vmm(x, h, 1) + peephole(c))' }),
    after: lstm(),
    propose: (finding): Proposal => {
      const text = `peephole(${finding.details.memory}')`;
      return instead(finding, `Change to ${text}`, text);
    },
  }),
  quickFix({
    code: 'peephole.next',
    does: 'Lets an input or forget gate see the state that the last time step left.',
    preferred: true,
    before: lstm({ i: "i = sigmoid(vmm(x, h, 1) + peephole(c'))" }),
    after: lstm(),
    propose: (finding): Proposal => {
      const text = `peephole(${finding.details.state})`;
      return instead(finding, `Change to ${text}`, text);
    },
  }),
  quickFix({
    code: 'update.coupling',
    does: 'Admits with 1 minus the gate that keeps.',
    preferred: true,
    before: gated('u * h + u * z'),
    after: gated('u * h + (1 - u) * z'),
    propose: (finding): Proposal | undefined => {
      const { gate } = finding.details;
      const at = finding.text.lastIndexOf(gate);
      if (!/^\w+$/.test(gate) || at < 0) return undefined;
      const text = `${finding.text.slice(0, at)}(1 - ${gate})${finding.text.slice(at + gate.length)}`;
      return instead(finding, `Write 1 - ${gate}`, text);
    },
  }),
  quickFix({
    code: 'update.gate',
    does: 'Writes the gate with a sigmoid.',
    preferred: true,
    before: lstm({ f: 'f = tanh(vmm(x, h, 1) + peephole(c))' }),
    after: lstm(),
    propose: (finding): Proposal | undefined =>
      finding.text.startsWith('tanh(')
        ? instead(finding, 'Change to sigmoid', finding.text.replace(/^tanh/, 'sigmoid'))
        : undefined,
  }),
  quickFix({
    code: 'update.stale',
    does: 'Makes the output of the new state.',
    preferred: true,
    before: lstm({ o: 'o = sigmoid(vmm(x, h, 1))', h: "h' = o * tanh(c)" }),
    after: lstm({ o: 'o = sigmoid(vmm(x, h, 1))' }),
    propose: ({ range, details }): Proposal => ({
      title: `Change to ${details.state}'`,
      edits: [insertAt(range.end, "'")],
    }),
  }),
  quickFix({
    code: 'gate.narrow',
    does: 'Removes the activation within an activation.',
    preferred: true,
    before: lstm({ f: 'f = sigmoid(tanh(vmm(x, h, 1) + peephole(c)))' }),
    after: lstm(),
    propose: (finding): Proposal | undefined => {
      const match = /^(\w+)\(\s*(\w+)\(([\s\S]*)\)\s*\)$/.exec(finding.text);
      if (!match || !['sigmoid', 'hardSigmoid', 'tanh', 'relu'].includes(match[2])) return undefined;
      return instead(finding, `Remove "${match[2]}"`, `${match[1]}(${match[3]})`);
    },
  }),
  quickFix({
    code: 'override.same',
    does: 'Removes what is inherited as it stands.',
    preferred: true,
    before: 'import std.cells\n\ncell Mine extends Lstm {\n  f = sigmoid(vmm(x, h, 1) + peephole(c))\n}\n',
    after: 'import std.cells\n\ncell Mine extends Lstm {\n}\n',
    propose: ({ node, document, details }): Proposal | undefined => {
      const item = AstUtils.getContainerOfType(
        node,
        (each) => ast.isEquation(each) || ast.isProperty(each) || ast.isBinding(each),
      );
      return item && { title: `Remove "${details.name}"`, edits: remove(item, document) };
    },
  }),
];
