import type { ParameterValue } from '@memloom/sim-core';
import { type AstNode, AstUtils } from 'langium';
import type { Related, Report } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';
import { type Dimension, dimensionless, isDimensionless, sameDimension } from '../types/units/dimension.ts';
import { describeDimension, formatDimension } from '../types/units/format.ts';
import { formatQuantity } from '../types/units/quantity.ts';
import { unitWord } from '../types/units/table.ts';
import { evaluateConstant, unitOf } from './constants.ts';
import { percentSlip, prefixSlip } from './prefix-slip.ts';
import type { Value } from './value.ts';

/** What a parameter takes. */
export type ParameterKind =
  | 'number'
  | 'integer'
  | 'range'
  | 'word'
  | 'spread'
  | 'device'
  | 'crossbar'
  | 'block'
  | 'size'
  | 'matrix'
  | 'text'
  | 'texts'
  | 'scaling';

/** A declared parameter with what its declaration says, defaults and bounds evaluated. */
export interface ParameterType {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly dimension: Dimension;
  readonly low: number;
  readonly high: number;
  readonly words: readonly string[];
  readonly default?: Value;
  /** A number that may also be a distribution. */
  readonly random: boolean;
  /** Where it is declared, unless a statement of the grammar is its declaration. */
  readonly declaration?: ast.Parameter;
}

const kinds: readonly string[] = [
  'integer',
  'spread',
  'device',
  'crossbar',
  'block',
  'size',
  'matrix',
  'text',
  'texts',
  'scaling',
] satisfies readonly ParameterKind[];
const isKind = (text: string | undefined): text is ParameterKind =>
  text !== undefined && kinds.includes(text);

/** Parameters of the prelude, which are read at each use and never change while their node lives. */
const ofPrelude = {
  random: new WeakMap<ast.Parameter, ParameterType>(),
  fixed: new WeakMap<ast.Parameter, ParameterType>(),
};

/** Reads a parameter's declaration. `random`: its owner draws distributions (blocks do). */
export function parameterType(parameter: ast.Parameter, random: boolean, report: Report): ParameterType {
  if (!reserved.has(parameter.$container.$type)) return readParameter(parameter, random, report);
  const known = random ? ofPrelude.random : ofPrelude.fixed;
  const type = known.get(parameter) ?? readParameter(parameter, random, report);
  known.set(parameter, type);
  return type;
}

/** Declarations that only the prelude may make: their parameters give no findings. */
const reserved: ReadonlySet<string> = new Set(['ModelDeclaration', 'PropertySchema']);

function readParameter(parameter: ast.Parameter, random: boolean, report: Report): ParameterType {
  const annotated = isKind(parameter.unit) ? parameter.unit : undefined;
  const value = parameter.value && evaluateConstant(parameter.value, report);
  const bounds = parameter.bounds && evaluateConstant(parameter.bounds, report);
  if (bounds && bounds.kind !== 'range')
    report(
      'value.expected',
      { node: parameter, property: 'bounds' },
      { subject: '"in"', expected: 'a range such as 0 .. 1' },
    );
  const limits = bounds?.kind === 'range' ? bounds : undefined;
  const type: ParameterType = {
    name: parameter.name,
    kind: annotated ?? (parameter.words.length > 0 ? 'word' : value?.kind === 'range' ? 'range' : 'number'),
    dimension: declaredDimension(parameter, annotated, value, limits, report),
    low: limits?.low ?? -Infinity,
    high: limits?.high ?? Infinity,
    words: parameter.words.map((word) => word.name),
    default: value,
    random,
    declaration: parameter,
  };
  checkDeclaration(parameter, type, limits, report);
  return type;
}

function declaredDimension(
  parameter: ast.Parameter,
  annotated: ParameterKind | undefined,
  value: Value | undefined,
  limits: Value | undefined,
  report: Report,
): Dimension {
  if (annotated === 'spread') return conductance;
  if (parameter.unit !== undefined && !annotated)
    return unitOf(parameter.unit, report, { node: parameter, property: 'unit' })?.dimension ?? dimensionless;
  for (const known of [value, limits]) if (known && 'dimension' in known) return known.dimension;
  return dimensionless;
}

const conductance: Dimension = { kg: -1, m: -2, s: 3, A: 2 };

function checkDeclaration(
  parameter: ast.Parameter,
  type: ParameterType,
  limits: Value | undefined,
  report: Report,
): void {
  if (limits && 'dimension' in limits && !fits(limits.dimension, type.dimension))
    reportMismatch(
      `The range of "${type.name}"`,
      type.dimension,
      limits.dimension,
      { node: parameter, property: 'bounds' },
      report,
    );
  if (type.default && parameter.value) checkValue(type.default, type, parameter.value, report);
}

/** A value is of the dimension asked for; plain numbers also count steps, epochs and periods. */
function fits(actual: Dimension, expected: Dimension): boolean {
  return (
    sameDimension(actual, expected) ||
    (isDimensionless(actual) && (expected.step === 1 || expected.epoch === 1 || expected.period === 1))
  );
}

/** Evaluates an expression as the value of a parameter, with all checks. */
export function evaluateParameter(
  expression: ast.Expression | undefined,
  type: ParameterType,
  report: Report,
): Value | undefined {
  const value = evaluateConstant(expression, report);
  return value && expression && checkValue(value, type, expression, report) ? value : undefined;
}

/** Whether a value is what the parameter takes; reports what is wrong. */
export function checkValue(
  value: Value,
  type: ParameterType,
  node: ast.Expression,
  reported: Report,
): boolean {
  const report: Report = (code, place, details, related = []) =>
    reported(code, place, details, [...related, ...declared(type, place.node)]);
  const subject = `"${type.name}"`;
  if (!isOfKind(value, type)) {
    report('value.expected', { node }, { subject, expected: describeKind(type) });
    return false;
  }
  if ('dimension' in value && !dimensionFits(value, type)) {
    reportMismatch(subject, type.dimension, value.dimension, { node }, report, exampleOf(type));
    return false;
  }
  if (type.kind === 'integer' && value.kind === 'number' && value.percent) {
    report('unit.mismatch', { node }, { subject, expected: 'a whole number', actual: 'a percentage' });
    return false;
  }
  if (
    value.kind === 'distribution' &&
    type.kind !== 'spread' &&
    value.distribution.relative &&
    !value.hasMean
  ) {
    report('distribution.mean', { node }, { subject });
    return false;
  }
  return checkBounds(value, type, node, report);
}

/** What a parameter takes is said where it is declared. */
function declared({ name, declaration }: ParameterType, from: AstNode): readonly Related[] {
  if (!declaration || AstUtils.hasContainerOfType(from, (node) => node === declaration)) return [];
  return [{ place: { node: declaration, property: 'name' }, message: `"${name}" is declared here.` }];
}

/** A relative spread is a plain number whatever it is relative to. */
function dimensionFits(value: Extract<Value, { dimension: Dimension }>, type: ParameterType): boolean {
  if (value.kind === 'distribution' && value.distribution.relative && !value.hasMean) return true;
  if (type.kind === 'spread' && value.kind === 'number')
    return value.percent || fits(value.dimension, type.dimension);
  return fits(value.dimension, type.dimension);
}

function isOfKind(value: Value, type: ParameterType): boolean {
  switch (type.kind) {
    case 'number':
      return value.kind === 'number' || (type.random && value.kind === 'distribution');
    case 'integer':
      return value.kind === 'number';
    case 'spread':
      return value.kind === 'distribution' || value.kind === 'number';
    case 'texts':
      return value.kind === 'text';
    case 'matrix':
      return value.kind === 'text' || value.kind === 'number' || value.kind === 'distribution';
    case 'range':
    case 'word':
    case 'size':
    case 'text':
      return value.kind === type.kind;
    case 'device':
    case 'crossbar':
    case 'block':
    case 'scaling':
      return false;
  }
}

const expectations: Readonly<Record<ParameterKind, string>> = {
  number: 'a number',
  integer: 'a whole number',
  range: 'a range such as 0 V .. 1 V',
  word: 'one of its words',
  spread: 'a distribution such as gaussian(2 %)',
  device: 'the name of a device',
  crossbar: 'a crossbar',
  block: 'a block',
  size: 'a size such as 12 x 16',
  matrix: 'the name of a file in double quotes, a number or a distribution',
  text: 'a text in double quotes',
  texts: 'texts in double quotes',
  scaling: 'a scaling such as minmax(0, 1)',
};

export function describeKind(type: ParameterType): string {
  if (type.kind === 'word') return type.words.join(' or ');
  if (type.kind === 'number' && type.random) return 'a number or a distribution such as gaussian(1, 2 %)';
  return expectations[type.kind];
}

function checkBounds(value: Value, type: ParameterType, node: ast.Expression, report: Report): boolean {
  const numbers =
    value.kind === 'number'
      ? [value.value]
      : value.kind === 'range'
        ? [value.low, value.high]
        : value.kind === 'distribution' && value.hasMean
          ? [value.distribution.mean]
          : [];
  const subject = `"${type.name}"`;
  if (type.kind === 'integer' && numbers.some((number) => !Number.isInteger(number))) {
    report('value.integer', { node }, { subject });
    return false;
  }
  if (numbers.every((number) => number >= type.low && number <= type.high)) return true;
  const within = (number: number) => number >= type.low && number <= type.high;
  // A value a little beyond its bounds is no slip of a prefix.
  const isNear = numbers.every((number) => within(number * 100) || within(number / 100));
  const fits = (factor: number) => numbers.every((number) => within(number * factor));
  const slip = (isNear ? undefined : prefixSlip(node, fits)) ?? percentSlip(node, type.default, fits);
  report(
    'value.bounds',
    { node },
    {
      subject,
      value: node.$cstNode?.text ?? numbers.join(' .. '),
      bounds: describeBounds(type),
      low: type.low,
      high: type.high,
      ...(slip ? slip : {}),
    },
  );
  return false;
}

/** The parameter's default as an example of what to write; of units that take prefixes, which are written as shown. */
function exampleOf({ kind, dimension, default: value }: ParameterType): string | undefined {
  if (kind === 'spread') return 'gaussian(2 %)';
  const isPlain = !unitWord(formatDimension(dimension))?.definition.prefixes;
  return isPlain || value?.kind !== 'number' || Math.abs(value.value) < 1e-15
    ? undefined
    : formatQuantity(value.value, dimension);
}

/** Bounds as one would write them, `1 fF .. 1 nF`. */
function describeBounds(type: ParameterType): string {
  const end = (value: number) => formatQuantity(value, type.dimension);
  return `${end(type.low)} .. ${end(type.high)}`;
}

export function reportMismatch(
  subject: string,
  expected: Dimension,
  actual: Dimension,
  place: { node: AstNode; property?: string },
  report: Report,
  example?: string,
): void {
  report('unit.mismatch', place, {
    subject,
    expected: describeDimension(expected),
    actual: describeDimension(actual),
    ...(example ? { example } : {}),
  });
}

/** A spread given as a plain number is a gaussian one. */
export function asSpread(value: Value): ParameterValue | undefined {
  if (value.kind === 'distribution') return value.distribution;
  if (value.kind !== 'number') return undefined;
  const relative = isDimensionless(value.dimension);
  return { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: value.value, relative };
}
