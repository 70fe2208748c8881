import type { ParameterValue } from '@memloom/sim-core';
import type { Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import { inCatalogueUnit } from './catalogue-units.ts';
import { evaluateConstant } from './constants.ts';
import { asSpread, checkValue, type ParameterType, parameterType } from './parameters.ts';
import { parameterValue, type Value } from './value.ts';

/**
 * A value that a sweep or `--set` gives to a parameter. Words stand for themselves, and a spread may be a plain
 * percentage. `random`: the parameter's owner draws distributions (blocks do).
 */
export function sweptValue(
  expression: ast.Expression,
  parameter: ast.Parameter,
  random: boolean,
  report: Report,
): ParameterValue | undefined {
  const type = parameterType(parameter, random, () => undefined);
  const value =
    type.kind === 'word' ? wordValue(expression, type, report) : evaluateConstant(expression, report);
  if (!value || !checkValue(value, type, expression, report)) return undefined;
  const converted =
    type.kind === 'spread' && value.kind === 'distribution' ? asSpread(value) : parameterValue(value);
  return converted && inCatalogueUnit(converted, parameter);
}

function wordValue(expression: ast.Expression, type: ParameterType, report: Report): Value | undefined {
  if (!ast.isName(expression)) return evaluateConstant(expression, report);
  const word = expression.symbol?.$refText;
  if (type.words.includes(word)) return { kind: 'word', value: word };
  report(
    'value.word',
    { node: expression },
    {
      subject: `"${type.name}"`,
      words: type.words.join(' or '),
      word,
      suggestion: nearest(word, type.words),
    },
  );
  return undefined;
}
