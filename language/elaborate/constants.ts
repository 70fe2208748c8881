import { type Distribution, log, pow } from '@memloom/sim-core';
import type { Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import {
  type Dimension,
  dimensionless,
  divideDimensions,
  isDimensionless,
  multiplyDimensions,
  raiseDimension,
  sameDimension,
} from '../types/units/dimension.ts';
import { describeDimension } from '../types/units/format.ts';
import { nearestUnit } from '../types/units/nearest-unit.ts';
import { parseUnit, scaleToSi, splitQuantity, type Unit } from '../types/units/unit.ts';
import { boundArguments } from './bound-arguments.ts';
import type { Value } from './value.ts';

type NumberValue = Extract<Value, { kind: 'number' }>;

/** The value of a constant expression; undefined when it has none, which is then reported. */
export function evaluateConstant(expression: ast.Expression | undefined, report: Report): Value | undefined {
  switch (expression?.$type) {
    case 'NumberLiteral':
      return finite(expression.value, dimensionless, expression, report);
    case 'Quantity':
      return evaluateQuantity(expression, report);
    case 'Negation':
      return evaluateNegation(expression, report);
    case 'Binary':
      return evaluateBinary(expression, report);
    case 'Power':
      return evaluatePower(expression, report);
    case 'Range':
      return evaluateRange(expression, report);
    case 'Name':
      return evaluateWord(expression, report);
    case 'Text':
      return { kind: 'text', value: expression.value };
    case 'ArraySize':
      return evaluateSize(expression);
    case 'Call':
      return evaluateDistribution(expression, report);
    default:
      return undefined;
  }
}

function finite(
  value: number,
  dimension: Dimension,
  node: ast.Expression,
  report: Report,
  percent = false,
): NumberValue | undefined {
  if (Number.isFinite(value)) return { kind: 'number', value, dimension, percent };
  report('value.number', { node }, { text: node.$cstNode?.text ?? 'The value' });
  return undefined;
}

/** The unit of a quantity; an unknown one is reported at its characters. */
export function unitOfQuantity(quantity: ast.Quantity, report: Report): Unit | undefined {
  const { unit, unitOffset } = splitQuantity(quantity.text);
  return unitOf(unit, report, { node: quantity, from: unitOffset, to: quantity.text.length });
}

/** The unit that a text names; an unknown one is reported at `place`. */
export function unitOf(text: string, report: Report, place: Parameters<Report>[1]): Unit | undefined {
  const result = parseUnit(text);
  if (result.ok) return result.unit;
  report('unit.unknown', place, {
    unit: result.word || text,
    suggestion: nearestUnit(result.word || text),
  });
  return undefined;
}

function evaluateQuantity(quantity: ast.Quantity, report: Report): NumberValue | undefined {
  const unit = unitOfQuantity(quantity, report);
  if (!unit) return undefined;
  const { number } = splitQuantity(quantity.text);
  return finite(scaleToSi(number, unit), unit.dimension, quantity, report, unit.percent);
}

function evaluateNumber(expression: ast.Expression | undefined, report: Report): NumberValue | undefined {
  const value = evaluateConstant(expression, report);
  if (!value || value.kind === 'number') return value;
  if (expression) report('value.constant', { node: expression }, {});
  return undefined;
}

function evaluateNegation(expression: ast.Negation, report: Report): Value | undefined {
  const value = evaluateNumber(expression.value, report);
  return value && { ...value, value: -value.value };
}

function evaluateBinary(expression: ast.Binary, report: Report): Value | undefined {
  const left = evaluateNumber(expression.left, report);
  const right = evaluateNumber(expression.right, report);
  if (!left || !right) return undefined;
  if (expression.operator === '*')
    return finite(
      left.value * right.value,
      multiplyDimensions(left.dimension, right.dimension),
      expression,
      report,
    );
  if (expression.operator === '/')
    return finite(
      left.value / right.value,
      divideDimensions(left.dimension, right.dimension),
      expression,
      report,
    );
  if (!sameDimension(left.dimension, right.dimension)) {
    reportCombination(
      expression.operator === '+' ? 'A sum' : 'A difference',
      left.dimension,
      right.dimension,
      expression,
      report,
    );
    return undefined;
  }
  const sum = expression.operator === '+' ? left.value + right.value : left.value - right.value;
  return finite(sum, left.dimension, expression, report, left.percent && right.percent);
}

export function reportCombination(
  operation: string,
  left: Dimension,
  right: Dimension,
  node: ast.Expression,
  report: Report,
): void {
  report(
    'unit.combination',
    { node },
    { operation, left: describeDimension(left), right: describeDimension(right) },
  );
}

function evaluatePower(expression: ast.Power, report: Report): Value | undefined {
  const base = evaluateNumber(expression.base, report);
  const exponent = evaluateNumber(expression.exponent, report);
  if (!base || !exponent) return undefined;
  if (!isDimensionless(exponent.dimension)) {
    report('unit.exponent', { node: expression.exponent }, {});
    return undefined;
  }
  return finite(
    pow(base.value, exponent.value),
    raiseDimension(base.dimension, exponent.value),
    expression,
    report,
  );
}

function evaluateRange(expression: ast.Range, report: Report): Value | undefined {
  const low = evaluateNumber(expression.low, report);
  const high = evaluateNumber(expression.high, report);
  if (!low || !high) return undefined;
  // A bare 0 fits every unit: `0 .. 1 V`.
  const dimension = low.value === 0 && isDimensionless(low.dimension) ? high.dimension : low.dimension;
  if (!sameDimension(dimension, high.dimension)) {
    reportCombination('A range', low.dimension, high.dimension, expression, report);
    return undefined;
  }
  if (!(low.value < high.value)) {
    const ends = { low: expression.low?.$cstNode?.text ?? '', high: expression.high?.$cstNode?.text ?? '' };
    report('value.range', { node: expression }, ends);
    return undefined;
  }
  return { kind: 'range', low: low.value, high: high.value, dimension };
}

function evaluateWord(expression: ast.Name, report: Report): Value | undefined {
  const symbol = expression.symbol?.ref;
  if (ast.isWord(symbol) && !expression.next && expression.end === undefined)
    return { kind: 'word', value: symbol.name };
  // A name that resolves to nothing is reported by the linker.
  if (symbol) report('value.constant', { node: expression }, {});
  return undefined;
}

function evaluateSize(expression: ast.ArraySize): Value | undefined {
  const [rows, columns] = expression.text.split('x').map((text) => Number(text.trim()));
  return { kind: 'size', rows, columns };
}

function evaluateDistribution(call: ast.Call, report: Report): Value | undefined {
  const callee = call.function?.ref;
  if (!callee) return undefined;
  if (!ast.isFunctionDeclaration(callee) || callee.kind !== 'distribution') {
    const kind = ast.isCell(callee) ? 'a cell' : `a function of the kind "${callee.kind}"`;
    report(
      'function.misplaced',
      { node: call, property: 'function' },
      { name: callee.name, kind, expected: 'a constant' },
    );
    return undefined;
  }
  const given = boundArguments(call, callee.parameters, callee.name, report);
  const [meanParameter, spreadParameter] = callee.parameters;
  const spread = evaluateNumber(given.get(spreadParameter)?.value, report);
  const meanExpression = given.get(meanParameter)?.value;
  const mean = meanExpression && evaluateNumber(meanExpression, report);
  if (!spread || (meanExpression && !mean)) return undefined;
  return distribution(call, callee.name, spread, mean, report);
}

/** Both ends are positive and of one unit; the mean is that of the logarithm, the spread half of its range. */
function loguniform(
  call: ast.Call,
  low: NumberValue | undefined,
  high: NumberValue,
  report: Report,
): Value | undefined {
  if (!low) return undefined;
  if (!sameDimension(low.dimension, high.dimension)) {
    reportCombination('A distribution', low.dimension, high.dimension, call, report);
    return undefined;
  }
  if (!(low.value > 0 && high.value > low.value)) {
    const details = { subject: 'A range of logarithms', value: `${low.value} .. ${high.value}` };
    report('value.bounds', { node: call }, { ...details, bounds: 'above 0 and rising' });
    return undefined;
  }
  return {
    kind: 'distribution',
    distribution: {
      kind: 'distribution',
      shape: 'loguniform',
      mean: Math.sqrt(low.value * high.value),
      sigma: log(high.value / low.value) / 2,
      relative: true,
    },
    dimension: low.dimension,
    hasMean: true,
  };
}

const shapes: readonly string[] = [
  'gaussian',
  'uniform',
  'lognormal',
  'loguniform',
] satisfies readonly Distribution['shape'][];
const isShape = (name: string): name is Distribution['shape'] => shapes.includes(name);

function distribution(
  call: ast.Call,
  name: string,
  spread: NumberValue,
  mean: NumberValue | undefined,
  report: Report,
): Value | undefined {
  if (!isShape(name)) return undefined;
  if (name === 'loguniform') return loguniform(call, mean, spread, report);
  const relative = name === 'lognormal' || spread.percent;
  if (spread.value < 0) {
    report(
      'value.bounds',
      { node: call },
      { subject: 'A spread', value: `${spread.value}`, bounds: '0 and above' },
    );
    return undefined;
  }
  if (mean && !relative && !sameDimension(mean.dimension, spread.dimension)) {
    reportCombination('A distribution', mean.dimension, spread.dimension, call, report);
    return undefined;
  }
  if (name === 'lognormal' && !isDimensionless(spread.dimension)) {
    const actual = describeDimension(spread.dimension);
    report(
      'unit.mismatch',
      { node: call },
      { subject: 'The spread of a lognormal distribution', expected: 'a plain number', actual },
    );
    return undefined;
  }
  return {
    kind: 'distribution',
    distribution: {
      kind: 'distribution',
      shape: name,
      mean: mean?.value ?? 0,
      sigma: spread.value,
      relative,
    },
    dimension: mean?.dimension ?? spread.dimension,
    hasMean: mean !== undefined,
  };
}
