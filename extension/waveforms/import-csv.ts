import { failure, type Outcome, success } from '@memloom/sim-core';
import type { TitledSeries } from '../results/series.ts';

/**
 * Measured data from CSV: a head of names, each with its unit in brackets (`v_out (V)` or `v_out [V]`), then rows of
 * numbers, the first column the ascending abscissa. Commas, semicolons and tabs separate; an empty field is a gap;
 * lines that begin with `#` are comments.
 */
export function importCsv(name: string, text: string): Outcome<TitledSeries> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, at) => ({ content, line: at + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.startsWith('#'));
  const [head, ...rows] = lines;
  if (head === undefined || rows.length === 0)
    return problem(name, undefined, 'holds no data', 'It needs a head of names and rows of numbers.');
  const separator = ['\t', ';', ','].find((candidate) => head.content.includes(candidate)) ?? ',';
  const names = head.content.split(separator).map(nameAndUnit);
  if (names.length < 2)
    return problem(
      name,
      head.line,
      'has one column',
      'The first column is the abscissa; put values beside it.',
    );
  const columns = names.map(() => new Float64Array(rows.length));
  for (const [row, { content, line }] of rows.entries()) {
    const fields = content.split(separator);
    if (fields.length !== names.length)
      return problem(
        name,
        line,
        `has ${fields.length} fields where the head has ${names.length}`,
        'Complete the row, or remove it.',
      );
    for (const [column, field] of fields.entries()) {
      const value = field.trim() === '' ? Number.NaN : Number(field);
      if (Number.isNaN(value) && field.trim() !== '')
        return problem(
          name,
          line,
          `has "${field.trim()}" where a number is due`,
          'Write a number with a decimal point.',
        );
      columns[column][row] = value;
    }
  }
  const [x, ...values] = columns;
  const fault = x.findIndex((value, at) => !(at === 0 ? Number.isFinite(value) : value > x[at - 1]));
  if (fault >= 0)
    return problem(
      name,
      rows[fault].line,
      'has an abscissa that does not ascend',
      'Sort the rows by the first column.',
    );
  return success({
    id: 'traces',
    title: name,
    x,
    xName: names[0].name,
    xUnit: names[0].unit,
    lanes: [],
    columns: names.slice(1).map((column, at) => ({
      ...column,
      name: `${name}.${column.name}`,
      role: 'line',
      interpolation: 'linear',
      values: values[at],
    })),
  });
}

function nameAndUnit(field: string): { readonly name: string; readonly unit: string } {
  const text = field.trim().replace(/^"(.*)"$/, '$1');
  const [, name, unit] = /^(.*?)\s*[([]([^)\]]*)[)\]]$/.exec(text) ?? [];
  return name === undefined || name === '' ? { name: text, unit: '' } : { name, unit };
}

const problem = (file: string, line: number | undefined, what: string, hint: string) =>
  failure({
    code: 'waveforms.csv',
    message: line === undefined ? `The file ${file} ${what}.` : `Line ${line} of ${file} ${what}.`,
    hint,
    data: { file, line },
  });
