import { ast } from '@memloom/language';
import { AstUtils } from 'langium';
import { instead, type Proposal, quickFix } from './fix.ts';
import { addItem } from './places.ts';

/** A network on hardware, with these properties of its device and crossbar. */
const architecture = (device: string, crossbar: string): string => `import std.cells
import std.cmos180

device D = vteam(rOn = 10 kOhm, rOff = 1 MOhm, vOn = -1.1 V, vOff = 0.9 V) {
  ${device}
}
crossbar C {
  device = D
  ${crossbar}
}
hardware H {
  vmm on C
  readout on DifferenceAmp
  sigmoid on Sigmoid
  tanh on Tanh
  product on Multiplier
  sum on SummingAmp
  state on SampleHold
}
network N(x: [1]) -> y: [1] {
  rnn = Np(x, units = 2)
  y = dense(rnn, units = 1)
  on H
}
`;

const classifier = (output: string, statement: string): string => `import std.cells

network N(x: [1]) -> ${output}
}
dataset d generate wafer()
experiment e {
  network N
  data d
${statement}}
`;
const plain = 'y: [1] {\n  rnn = Np(x, units = 2)\n  y = dense(last(rnn), units = 1)';
const training = '  train adam() for 10 epochs\n';
const stopping = (validation: string): string =>
  `  train adam() for 100 epochs {\n    patience = 5 epochs\n${validation}  }\n`;

/** Hardware, data and training that do not belong together. */
export const designFixes = [
  quickFix({
    code: 'value.prefix',
    does: 'Writes the prefix that was probably meant.',
    preferred: true,
    before: 'device D = resistive(rOn = 1 mOhm, rOff = 10 MOhm)\n',
    after: 'device D = resistive(rOn = 1 MOhm, rOff = 10 MOhm)\n',
    propose: (finding): Proposal =>
      instead(finding, `Change to ${finding.details.meant}`, finding.details.meant),
  }),
  quickFix({
    code: 'weights.levels',
    does: 'Raises the levels of a device to as many as weights need.',
    preferred: true,
    before: architecture('levels = 4', 'vRead = 0.1 V'),
    after: architecture('levels = 6', 'vRead = 0.1 V'),
    propose: (finding): Proposal | undefined => {
      const text = `levels = ${finding.details.fits}`;
      return finding.text.startsWith('levels') ? instead(finding, `Change to ${text}`, text) : undefined;
    },
  }),
  quickFix({
    code: 'read.disturb',
    does: 'Lowers the read voltage below the threshold of the device.',
    preferred: true,
    before: architecture('levels = 64', 'vRead = 1 V'),
    after: architecture('levels = 64', 'vRead = 900 mV'),
    propose: (finding): Proposal | undefined => {
      const { fits } = finding.details;
      return /V$/.test(finding.text) ? instead(finding, `Change to ${fits}`, fits) : undefined;
    },
  }),
  ...(['crossbar.rows', 'crossbar.columns'] as const).map((code) => {
    const small = code === 'crossbar.rows' ? '4 x 100' : '100 x 4';
    return quickFix({
      code,
      does: `Gives a crossbar the size that holds the largest layer: ${code.slice('crossbar.'.length)}.`,
      preferred: true,
      before: architecture('levels = 64', `size = ${small}\n  tiling = false`),
      after: architecture('levels = 64', 'size = 9 x 8\n  tiling = false'),
      propose: (finding): Proposal | undefined => {
        const { fits } = finding.details;
        return /^[0-9]+\s*x/.test(finding.text) ? instead(finding, `Change to ${fits}`, fits) : undefined;
      },
    });
  }),
  quickFix({
    code: 'layer.constant',
    does: 'Takes the sigmoid of a single unit instead of its softmax.',
    preferred: true,
    before: classifier(
      plain.replace('dense(last(rnn), units = 1)', 'softmax(dense(last(rnn), units = 1))'),
      training,
    ),
    after: classifier(
      plain.replace('dense(last(rnn), units = 1)', 'sigmoid(dense(last(rnn), units = 1))'),
      training,
    ),
    propose: (finding): Proposal =>
      instead(finding, 'Change to sigmoid', finding.text.replace(/^softmax/, 'sigmoid')),
  }),
  quickFix({
    code: 'train.patience',
    does: 'Holds out samples for early stopping.',
    preferred: true,
    before: classifier(plain, stopping('')),
    after: classifier(plain, stopping('    validation = 20 %\n')),
    propose: ({ node, document }): Proposal | undefined => {
      const body = AstUtils.getContainerOfType(node, ast.isPropertyBody);
      const edit = body && addItem(body, 'validation = 20 %', document);
      return edit && { title: 'Add "validation = 20 %"', edits: [edit] };
    },
  }),
  quickFix({
    code: 'expect.settled',
    does: 'Writes a share in percent.',
    preferred: true,
    before: classifier(plain, `${training}  expect accuracy.test > 95\n`),
    after: classifier(plain, `${training}  expect accuracy.test > 95 %\n`),
    propose: (finding): Proposal | undefined => {
      const { fits } = finding.details;
      return fits === undefined ? undefined : instead(finding, `Change to ${fits}`, fits);
    },
  }),
];
