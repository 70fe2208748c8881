import { ast } from '@memloom/language';
import { AstUtils } from 'langium';
import { instead, type Proposal, quickFix } from './fix.ts';
import { addArgument, addItem, allOf, insertAt, remove, removeFromList } from './places.ts';

const cell = (body: string) => `cell A(x: [n]) -> h: [m] {\n  state h: [m]\n${body}}\n`;
const network = (body: string) => `import std.cells\n\nnetwork N(x: [1]) -> y: [1] {\n${body}}\n`;
const update = "  h' = tanh(vmm(x, h, 1))\n";

/** Equations of cells and blocks, layers of networks, and their sizes. */
export const equationFixes = [
  quickFix({
    code: 'state.notPrimed',
    does: 'Writes the prime of a state’s new value.',
    preferred: true,
    forAll: true,
    before: cell('  h = tanh(vmm(x, h, 1))\n'),
    after: cell(update),
    propose: (finding): Proposal => ({
      title: `Change to "${finding.details.name}'"`,
      edits: [insertAt(finding.range.end, "'")],
    }),
  }),
  quickFix({
    code: 'state.notDeclared',
    does: 'Declares the state that an equation with a prime is about.',
    preferred: true,
    before: cell(`  c' = x\n${update}`).replace('[m] {', '[m] {').replace('x: [n]', 'x: [m]'),
    after: cell(`  c' = x\n${update}`)
      .replace('x: [n]', 'x: [m]')
      .replace('  state h: [m]\n', '  state h: [m]\n  state c: [m]\n'),
    propose: ({ details: { name }, node, document }): Proposal | undefined => {
      const equation = AstUtils.getContainerOfType(node, ast.isEquation);
      const owner = AstUtils.getContainerOfType(node, ast.isCell);
      const state = owner?.states.at(-1);
      const output = owner?.outputs[0]?.size?.$cstNode?.text;
      const size = state?.size?.$cstNode?.text ?? output;
      if (!equation || size === undefined) return undefined;
      const declaration = `state ${name}: [${size}]`;
      const at = state?.$cstNode ?? undefined;
      const edit = at
        ? insertAt(at.range.end, `\n${' '.repeat(at.range.start.character)}${declaration}`)
        : owner && addItem(owner, declaration, document);
      return edit && { title: `Declare the state "${name}"`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'state.notDeclared',
    does: 'Removes the prime of what is no state.',
    before: cell(`  c' = x\n${update.replace('x, h', 'x, h, c')}`),
    after: cell(`  c = x\n${update.replace('x, h', 'x, h, c')}`),
    propose: ({ range, text, document }): Proposal | undefined => {
      const { textDocument } = document;
      const from = textDocument.offsetAt(range.start) + text.replace(/'$/, '').length;
      const blanks = /^\s*'/.exec(textDocument.getText().slice(from))?.[0].length;
      if (blanks === undefined) return undefined;
      const prime = { start: textDocument.positionAt(from), end: textDocument.positionAt(from + blanks) };
      return { title: 'Remove the prime', edits: [{ range: prime, newText: '' }] };
    },
  }),
  quickFix({
    code: 'state.unassigned',
    does: 'Adds an equation that keeps the value of a state, to be changed.',
    before: cell(`  state c: [m]\n${update}`),
    after: cell(`  state c: [m]\n${update}  c' = c\n`),
    propose: ({ details: { name }, node, document }): Proposal | undefined => {
      const owner = AstUtils.getContainerOfType(node, ast.isCell);
      const edit = owner && addItem(owner, `${name}' = ${name}`, document);
      return edit && { title: `Add an equation for "${name}"`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'equation.unused',
    does: 'Removes an equation that influences nothing.',
    preferred: true,
    forAll: true,
    before: cell(`  spare = tanh(h)\n${update}`),
    after: cell(update),
    propose: ({ details: { name }, node, document }): Proposal => ({
      title: `Remove "${name}"`,
      edits: remove(AstUtils.getContainerOfType(node, ast.isEquation), document),
    }),
  }),
  quickFix({
    code: 'layer.unused',
    does: 'Removes a layer that reaches no output.',
    preferred: true,
    forAll: true,
    before: network('  spare = Np(x, units = 4)\n  y = dense(x, units = 1)\n'),
    after: network('  y = dense(x, units = 1)\n'),
    propose: ({ details: { name }, node, document }): Proposal => ({
      title: `Remove "${name}"`,
      edits: remove(AstUtils.getContainerOfType(node, ast.isLayer), document),
    }),
  }),
  quickFix({
    code: 'equation.output',
    does: 'Adds the equation of an output, to be filled in.',
    before: 'cell A(x: [n]) -> h: [m] {\n}\n',
    after: 'cell A(x: [n]) -> h: [m] {\n  h = tanh(vmm(x, 1))\n}\n',
    propose: ({ details: { name }, node, document }): Proposal | undefined => {
      const owner = AstUtils.getContainerOfType(
        node,
        (each) => ast.isCell(each) || ast.isBlock(each) || ast.isNetwork(each),
      );
      if (!owner) return undefined;
      const input = owner.inputs[0]?.name ?? 'x';
      const size = ast.isNetwork(owner)
        ? (owner.outputs.find((port) => port.name === name)?.size?.$cstNode?.text ?? '1')
        : '';
      const value = ast.isCell(owner)
        ? `tanh(vmm(${input}, 1))`
        : ast.isBlock(owner)
          ? input
          : `dense(last(${input}), units = ${size})`;
      const edit = addItem(owner, `${name} = ${value}`, document);
      return edit && { title: `Add an equation for "${name}"`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'equation.constant',
    does: 'Takes the upper end of a range.',
    before: 'block B(in: V) -> out: V {\n  param rails = 0 V .. 1 V\n  out = in + rails\n}\n',
    after: 'block B(in: V) -> out: V {\n  param rails = 0 V .. 1 V\n  out = in + rails.high\n}\n',
    propose: (finding): Proposal | undefined =>
      ast.isName(finding.node)
        ? instead(finding, `Change to "${finding.text}.high"`, `${finding.text}.high`)
        : undefined,
  }),
  quickFix({
    code: 'equation.notARange',
    does: 'Removes the end of a range behind a single number.',
    preferred: true,
    before: 'block B(in: V) -> out: V {\n  param gain = 2\n  out = in * gain.high\n}\n',
    after: 'block B(in: V) -> out: V {\n  param gain = 2\n  out = in * gain\n}\n',
    propose: (finding): Proposal => {
      const name = finding.text.replace(/\s*\.[\s\S]*$/, '');
      return instead(finding, `Change to "${name}"`, name);
    },
  }),
  quickFix({
    code: 'product.operands',
    does: 'Gives a product without operands the inputs of the cell and a bias.',
    preferred: true,
    before: cell("  h' = tanh(vmm())\n"),
    after: cell("  h' = tanh(vmm(x, h, 1))\n"),
    propose: ({ node, document }): Proposal | undefined => {
      const call = AstUtils.getContainerOfType(node, ast.isCall);
      const owner = AstUtils.getContainerOfType(node, ast.isCell);
      if (!call || !owner || call.arguments.length > 0 || call.function.$refText !== 'vmm') return undefined;
      const outputs = owner.outputs
        .map((port) => port.name)
        .filter((name) => owner.states.some(({ variables }) => variables.some((each) => each.name === name)));
      const operands = [...owner.inputs.map((port) => port.name), ...outputs, '1'].join(', ');
      const edits = allOf(addArgument(call, operands, document));
      return edits && { title: `Change to "vmm(${operands})"`, edits };
    },
  }),
  quickFix({
    code: 'dimension.unbound',
    does: 'Says how many units a cell has.',
    preferred: true,
    before: network('  y = dense(Np(x), units = 1)\n'),
    after: network('  y = dense(Np(x, units = 4), units = 1)\n'),
    propose: ({ node, document }): Proposal | undefined => {
      const call = AstUtils.getContainerOfType(node, ast.isCall);
      const edits = call && allOf(addArgument(call, 'units = 4', document));
      return edits && { title: 'Add "units = 4"', edits };
    },
  }),
  quickFix({
    code: 'dimension.fixed',
    does: 'Removes a size that the inputs fix already.',
    preferred: true,
    before: network('  y = dense(Np(x, n = 2, units = 4), units = 1)\n'),
    after: network('  y = dense(Np(x, units = 4), units = 1)\n'),
    propose: ({ node, document }): Proposal => ({
      title: 'Remove the argument',
      edits: removeFromList(AstUtils.getContainerOfType(node, ast.isArgument), document),
    }),
  }),
  quickFix({
    code: 'dimension.mismatch',
    does: 'Gives the output of a network the size that its layer has.',
    preferred: true,
    before: network('  y = Np(x, units = 4)\n'),
    after: network('  y = Np(x, units = 4)\n').replace('y: [1]', 'y: [4]'),
    propose: (finding): Proposal | undefined => {
      const port = AstUtils.getContainerOfType(finding.node, ast.isPort);
      const { rightSize } = finding.details;
      if (!port || !ast.isNetwork(port.$container) || !/^[0-9]+$/.test(finding.text)) return undefined;
      return instead(finding, `Change the size to ${rightSize}`, rightSize);
    },
  }),
  quickFix({
    code: 'layer.time',
    does: 'Takes a vector as it is instead of its last value.',
    preferred: true,
    before: network('  v = last(x)\n  y = dense(last(v), units = 1)\n'),
    after: network('  v = last(x)\n  y = dense(v, units = 1)\n'),
    propose: (finding): Proposal | undefined => {
      const call = AstUtils.getContainerOfType(finding.node, ast.isCall);
      const inner = call?.arguments[0]?.value.$cstNode?.text;
      if (call?.function.$refText !== 'last' || finding.details.fn !== 'last' || inner === undefined)
        return undefined;
      return instead(finding, 'Remove "last"', inner);
    },
  }),
  quickFix({
    code: 'port.size',
    does: 'Writes the size of a port.',
    before: 'network N(x: V) -> y: [1] {\n  y = dense(x, units = 1)\n}\n',
    after: 'network N(x: [1]) -> y: [1] {\n  y = dense(x, units = 1)\n}\n',
    propose: (finding): Proposal | undefined => {
      const size = /: (\[[^\]]+\])$/.exec(finding.details.expected)?.[1];
      const { name } = finding.details;
      return size === undefined
        ? undefined
        : instead(finding, `Change to "${name}: ${size}"`, `${name}: ${size}`);
    },
  }),
];
