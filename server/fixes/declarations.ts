import { ast } from '@memloom/language';
import { AstUtils } from 'langium';
import { likelyBlock } from '../bindings.ts';
import { type Detailed, type Finding, instead, nearestSpelling, type Proposal, quickFix } from './fix.ts';
import { addArgument, addItem, insertAt, remove, removeFromList } from './places.ts';

const device = 'device D = resistive()\n';
const experiment = (body: string) => `${device}import std.cells

crossbar C {
  device = D
}

hardware H {
  vmm on C
}

network N(x: [1]) -> y: [1] {
  rnn = Np(x, units = 2)
  y = dense(last(rnn), units = 1)
}

dataset d generate wafer()

experiment e {
${body}}
`;
const hardware = (readout: string, bindings: string) =>
  `import std.cmos180\n\n${device}crossbar C {\n  device = D\n  readout = ${readout}\n}\n\nhardware H {\n  vmm on C\n${bindings}}\n`;
const complete = '  network N\n  data d\n  train adam() for 10 epochs\n';

/** Parameters, properties, bindings, data and experiments. */
export const declarationFixes = [
  quickFix({
    code: 'parameter.unknown',
    does: 'Changes the name of a parameter to the nearest one.',
    preferred: true,
    before: 'device D = resistive(rOnn = 10 kOhm)\n',
    after: 'device D = resistive(rOn = 10 kOhm)\n',
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'parameter.unknown',
    does: 'Removes a parameter that is not known.',
    before: 'device D = resistive() {\n  colour = 3\n}\n',
    after: 'device D = resistive() {\n}\n',
    propose: (finding): Proposal => ({ title: `Remove "${finding.text}"`, edits: removeSetting(finding) }),
  }),
  quickFix({
    code: 'parameter.duplicate',
    does: 'Removes the second of two values.',
    preferred: true,
    forAll: true,
    before: 'device D = resistive() {\n  levels = 16\n  levels = 32\n}\n',
    after: 'device D = resistive() {\n  levels = 16\n}\n',
    propose: (finding): Proposal => ({ title: 'Remove the second value', edits: removeSetting(finding) }),
  }),
  quickFix({
    code: 'parameter.missing',
    does: 'Adds a property or an argument that is missing.',
    preferred: true,
    before: `${device}crossbar C {\n}\n`,
    after: `${device}crossbar C {\n  device = D\n}\n`,
    propose: (finding): Proposal | undefined => {
      const { name } = finding.details;
      const { document, node } = finding;
      const value = name === 'device' ? declared(finding, ast.isDevice) : name === 'units' ? '1' : '0';
      if (value === undefined) return undefined;
      const call = AstUtils.getContainerOfType(node, ast.isCall);
      const owner = AstUtils.getContainerOfType(node, ast.isDeclaration);
      const setting = `${name} = ${value}`;
      const edit = call
        ? addArgument(call, setting, document)
        : owner &&
          addItem(
            'body' in owner && owner.body ? (owner.body as ast.PropertyBody) : owner,
            setting,
            document,
          );
      return edit && { title: `Add "${setting}"`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'parameter.default',
    does: 'Gives a parameter a default.',
    before: 'block B(in: V) -> out: V {\n  param gain\n  out = gain * in\n}\n',
    after: 'block B(in: V) -> out: V {\n  param gain = 1\n  out = gain * in\n}\n',
    propose: ({ range }): Proposal => ({ title: 'Add "= 1"', edits: [insertAt(range.end, ' = 1')] }),
  }),
  quickFix({
    code: 'property.unfit',
    does: 'Removes a property that does not apply.',
    preferred: true,
    before: 'dataset d generate wafer() {\n  split = 60 %\n}\n',
    after: 'dataset d generate wafer() {\n}\n',
    propose: (finding): Proposal => ({
      title: `Remove "${finding.details.property}"`,
      edits: removeSetting(finding),
    }),
  }),
  quickFix({
    code: 'share.unknown',
    does: 'Writes a word that can be shared.',
    preferred: true,
    before: 'hardware H {\n  share activations across rows\n}\n',
    after: 'hardware H {\n  share activations across units\n}\n',
    propose: (finding): Proposal => {
      const [word] = finding.details.expected.split(' or ');
      return instead(finding, `Change to "${word}"`, word);
    },
  }),
  quickFix({
    code: 'data.column',
    does: 'Names the column of a table, to be changed.',
    before: 'dataset d from "passengers.csv" {\n  window = 3 steps\n}\n',
    after: 'dataset d from "passengers.csv" {\n  window = 3 steps\n  column = "passengers"\n}\n',
    propose: ({ node, document }): Proposal | undefined => {
      const dataset = AstUtils.getContainerOfType(node, ast.isDataset);
      if (!dataset) return undefined;
      const column = `column = "${/([^/\\]+)\.[^.]*$/.exec(dataset.file ?? '')?.[1] ?? 'value'}"`;
      const edit = dataset.body
        ? addItem(dataset.body, column, document)
        : dataset.$cstNode && insertAt(dataset.$cstNode.range.end, ` {\n  ${column}\n}`);
      return edit && { title: `Add ${column}`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'probe.unknown',
    does: 'Changes a probed signal to the nearest one.',
    preferred: true,
    before: experiment(`${complete}  infer on H { probe rnn.cc }\n`),
    after: experiment(`${complete}  infer on H { probe rnn.c }\n`),
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'expect.metric',
    does: 'Changes a metric to the nearest one.',
    preferred: true,
    before: experiment(`${complete}  expect accuracy.tset > 0.9\n`),
    after: experiment(`${complete}  expect accuracy.test > 0.9\n`),
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'experiment.incomplete',
    does: 'Adds the statement that an experiment lacks.',
    preferred: true,
    before: experiment('  network N\n  data d\n'),
    after: experiment('  network N\n  data d\n  train adam() for 100 epochs\n'),
    propose: (finding): Proposal | undefined => {
      const statement = missingStatement(finding);
      const owner = AstUtils.getContainerOfType(finding.node, ast.isExperiment);
      const edit = owner && statement ? addItem(owner, statement, finding.document) : undefined;
      return edit && { title: `Add "${statement}"`, edits: [edit] };
    },
  }),
  quickFix({
    code: 'experiment.statement',
    does: 'Removes a statement that is given twice.',
    preferred: true,
    before: experiment(`${complete}  seed 1\n  seed 2\n`),
    after: experiment(`${complete}  seed 1\n`),
    propose: ({ node, document }): Proposal => ({
      title: 'Remove it',
      edits: remove(AstUtils.getContainerOfType(node, ast.isStatement), document),
    }),
  }),
  quickFix({
    code: 'binding.ports',
    does: 'Binds a block whose ports fit the role.',
    preferred: true,
    before: hardware('voltage', '  readout on DifferenceAmp\n  tanh on Multiplier\n'),
    after: hardware('voltage', '  readout on DifferenceAmp\n  tanh on Tanh\n'),
    propose: bindFitting,
  }),
  quickFix({
    code: 'domain.mismatch',
    does: 'Binds a block that takes what the crossbar gives: a transimpedance behind currents, an amplifier behind voltages.',
    preferred: true,
    before: hardware('current', '  readout on DifferenceAmp\n'),
    after: hardware('current', '  readout on Tia\n'),
    propose: bindFitting,
  }),
  quickFix({
    code: 'domain.transimpedance',
    does: 'Adds the transimpedance between a crossbar that is read as currents and blocks that take voltages.',
    preferred: true,
    before: hardware('current', '  sigmoid on Sigmoid\n'),
    after: hardware('current', '  sigmoid on Sigmoid\n  readout on Tia\n'),
    propose: ({ node, document, services }): Proposal | undefined => {
      const owner = AstUtils.getContainerOfType(node, ast.isHardware);
      const block = owner && likelyBlock('readout', owner, services);
      const edit = block && addItem(owner, `readout on ${block}`, document);
      return edit ? { title: `Add "readout on ${block}"`, edits: [edit] } : undefined;
    },
  }),
];

function bindFitting(finding: Finding): Proposal | undefined {
  const binding = AstUtils.getContainerOfType(finding.node, ast.isBinding);
  if (!binding) return undefined;
  const block = likelyBlock(binding.role.$refText, binding.$container, finding.services);
  return block === undefined ? undefined : instead(finding, `Bind ${block}`, block);
}

/** A property with its value, or an argument with the comma beside it. */
function removeSetting({ node, document }: Finding): Proposal['edits'] {
  const argument = AstUtils.getContainerOfType(node, ast.isArgument);
  const property = AstUtils.getContainerOfType(node, ast.isProperty);
  return argument && !property ? removeFromList(argument, document) : remove(property, document);
}

/** The first declaration of a kind in the file. */
function declared(
  { document }: Pick<Finding, 'document'>,
  is: (node: unknown) => boolean,
): string | undefined {
  const model = document.parseResult.value;
  return ast.isModel(model) ? model.declarations.find(is)?.name : undefined;
}

function missingStatement(finding: Detailed<'experiment.incomplete'>): string | undefined {
  const { missing } = finding.details;
  if (missing.includes('train')) return 'train adam() for 100 epochs';
  const [keyword, is] = missing.includes('network')
    ? (['network', ast.isNetwork] as const)
    : (['data', ast.isDataset] as const);
  const name = declared(finding, is);
  return name && `${keyword} ${name}`;
}
