import { ast } from '@memloom/language';
import { AstUtils } from 'langium';
import { type Detailed, instead, nearestSpelling, type Proposal, quickFix } from './fix.ts';
import { prefixedWithin, withUnit } from './quantities.ts';

/** Units, bounds and kinds of values. */
export const valueFixes = [
  quickFix({
    code: 'unit.unknown',
    does: 'Changes a unit to the nearest one.',
    preferred: true,
    forAll: true,
    before: 'device D = resistive(rOn = 10 kohm)\n',
    after: 'device D = resistive(rOn = 10 kOhm)\n',
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'unit.mismatch',
    does: 'Writes the value in the unit that is expected.',
    preferred: true,
    before: 'device D = resistive()\ncrossbar C {\n  device = D\n  vRead = 100 mA\n}\n',
    after: 'device D = resistive()\ncrossbar C {\n  device = D\n  vRead = 100 mV\n}\n',
    propose: (finding): Proposal | undefined => {
      const text = withUnit(finding.text, finding.details.expected);
      return text === undefined ? undefined : instead(finding, `Change to ${text}`, text);
    },
  }),
  quickFix({
    code: 'value.bounds',
    does: 'Mends a slip of a prefix: milli for mega, micro for milli.',
    preferred: true,
    before: 'device D = resistive()\ncrossbar C {\n  device = D\n  vRead = 100 MV\n}\n',
    after: 'device D = resistive()\ncrossbar C {\n  device = D\n  vRead = 100 mV\n}\n',
    propose: (finding): Proposal | undefined => {
      const bounds = boundsOf(finding);
      const text = bounds && prefixedWithin(finding.text, bounds.low, bounds.high);
      return text === undefined ? undefined : instead(finding, `Change to ${text}`, text);
    },
  }),
  quickFix({
    code: 'value.bounds',
    does: 'Writes a share in percent.',
    before: 'dataset d from "d.csv" {\n  column = "a"\n  split = 67\n}\n',
    after: 'dataset d from "d.csv" {\n  column = "a"\n  split = 67 %\n}\n',
    propose: (finding): Proposal | undefined => {
      const { meant } = finding.details;
      return meant?.endsWith('%') ? instead(finding, `Change to ${meant}`, meant) : undefined;
    },
  }),
  quickFix({
    code: 'value.bounds',
    does: 'Takes the nearest value within the bounds.',
    before: 'device D = resistive() {\n  levels = 1\n}\n',
    after: 'device D = resistive() {\n  levels = 2\n}\n',
    propose: (finding): Proposal | undefined => {
      const bounds = boundsOf(finding);
      const value = /^-?[0-9.]+(e[+-]?[0-9]+)?$/i.test(finding.text) ? Number(finding.text) : undefined;
      if (!bounds || value === undefined) return undefined;
      const nearest = `${Math.min(bounds.high, Math.max(bounds.low, value))}`;
      return instead(finding, `Change to ${nearest}`, nearest);
    },
  }),
  quickFix({
    code: 'value.range',
    does: 'Exchanges the ends of a range.',
    preferred: true,
    forAll: true,
    before: 'block B(in: V) -> out: V {\n  param rails = 1 V .. 0 V\n  out = clamp(in, rails)\n}\n',
    after: 'block B(in: V) -> out: V {\n  param rails = 0 V .. 1 V\n  out = clamp(in, rails)\n}\n',
    propose: (finding): Proposal | undefined => {
      const { low, high } = finding.details;
      return finding.text.includes('..')
        ? instead(finding, 'Exchange the ends', `${high} .. ${low}`)
        : undefined;
    },
  }),
  quickFix({
    code: 'value.integer',
    does: 'Rounds to a whole number.',
    preferred: true,
    before: 'device D = resistive() {\n  levels = 15.6\n}\n',
    after: 'device D = resistive() {\n  levels = 16\n}\n',
    propose: (finding): Proposal | undefined => {
      const value = Number(finding.text);
      return Number.isFinite(value)
        ? instead(finding, `Round to ${Math.round(value)}`, `${Math.round(value)}`)
        : undefined;
    },
  }),
  quickFix({
    code: 'value.word',
    does: 'Changes a word to the nearest one of the choice.',
    preferred: true,
    before: 'device D = resistive()\ncrossbar C {\n  device = D\n  readout = curent\n}\n',
    after: 'device D = resistive()\ncrossbar C {\n  device = D\n  readout = current\n}\n',
    propose: nearestSpelling,
  }),
  quickFix({
    code: 'value.word',
    does: 'Takes the default of the choice.',
    before: 'device D = resistive()\ncrossbar C {\n  device = D\n  pairs = crosswise\n}\n',
    after: 'device D = resistive()\ncrossbar C {\n  device = D\n  pairs = rows\n}\n',
    propose: (finding): Proposal | undefined => {
      const owner = AstUtils.getContainerOfType(
        finding.node,
        (node) => ast.isProperty(node) || ast.isArgument(node),
      );
      const parameter = owner?.parameter?.ref;
      const text = ast.isParameter(parameter) ? parameter.value?.$cstNode?.text : undefined;
      return text === undefined ? undefined : instead(finding, `Change to the default, "${text}"`, text);
    },
  }),
  quickFix({
    code: 'distribution.mean',
    does: 'Writes the mean that a relative spread is relative to.',
    preferred: true,
    before: 'block B(in: V) -> out: V {\n  param gain = gaussian(1 %)\n  out = gain * in\n}\n',
    after: 'block B(in: V) -> out: V {\n  param gain = gaussian(1, 1 %)\n  out = gain * in\n}\n',
    propose: (finding): Proposal => {
      const text = finding.text.replace(/\(\s*/, '(1, ');
      return instead(finding, 'Add the mean 1', text);
    },
  }),
];

/** `1e-6 .. 10 V` as numbers. */
function boundsOf({ details }: Detailed<'value.bounds'>): { low: number; high: number } | undefined {
  const { low, high } = details;
  return low === undefined || high === undefined ? undefined : { low, high };
}
