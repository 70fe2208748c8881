import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { decodeText, parseNumber } from './text.ts';

/** Labelled series of equal length. */
export interface LabelledSeries {
  readonly labels: readonly number[];
  readonly series: readonly Float64Array[];
  readonly length: number;
}

/**
 * Reads the form of the UCR time-series archive (Dau et al. 2019, arXiv:1810.07758): one series a line, its class
 * label first, then its values; separated by tabs, by commas (older releases) or by runs of spaces (older still).
 */
export function parseUcr(bytes: Uint8Array, file: string): Outcome<LabelledSeries> {
  const text = decodeText(bytes, file);
  if (!text.ok) return text;
  const lines = text.value.replace(/[\r\n]+$/, '').split(/\r?\n/);
  if (lines.length === 1 && lines[0] === '') return failure(noSeries(file));
  const labels: number[] = [];
  const series: Float64Array[] = [];
  for (let at = 0; at < lines.length; at++) {
    const numbers = parseLine(lines[at], file, at + 1);
    if (!numbers.ok) return numbers;
    const [label, ...values] = numbers.value;
    if (values.length === 0) return failure(noValues(file, at + 1));
    if (at > 0 && values.length !== series[0].length) {
      return failure(unequalLength(file, at + 1, values.length, series[0].length));
    }
    labels.push(label);
    series.push(Float64Array.from(values));
  }
  return success({ labels, series, length: series[0].length });
}

function parseLine(line: string, file: string, number: number): Outcome<number[]> {
  const cells = splitCells(line);
  const numbers: number[] = [];
  for (const { text, column } of cells) {
    const value = parseNumber(text);
    if (typeof value === 'string') return failure(badValue(file, number, column, text, value));
    numbers.push(value);
  }
  return success(numbers);
}

function splitCells(line: string): { text: string; column: number }[] {
  const separator = ['\t', ','].find((candidate) => line.includes(candidate));
  if (separator === undefined) {
    const cells = [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], column: match.index + 1 }));
    return cells.length > 0 ? cells : [{ text: '', column: 1 }];
  }
  let column = 1;
  return line.split(separator).map((text) => {
    const cell = { text, column };
    column += text.length + 1;
    return cell;
  });
}

const noSeries = (file: string): Problem => ({
  code: 'data.no-rows',
  message: `"${file}" holds no series.`,
  hint: 'The UCR form has one series a line: its class label, then its values.',
  data: { file, line: 1 },
});

const noValues = (file: string, line: number): Problem => ({
  code: 'data.ragged-row',
  message: `Line ${line} of "${file}" holds a label and no values.`,
  hint: 'Values are separated by tabs, commas or spaces.',
  data: { file, line },
});

const unequalLength = (file: string, line: number, length: number, first: number): Problem => ({
  code: 'data.ragged-row',
  message: `The series in line ${line} of "${file}" has ${length} values, the first one has ${first}.`,
  hint: 'Series of unequal length are not supported: pad or resample them first.',
  data: { file, line },
});

const badValue = (file: string, line: number, column: number, text: string, why: string): Problem => ({
  code: why === 'empty' ? 'data.empty-cell' : 'data.not-a-number',
  message: `Line ${line} of "${file}" ${why === 'empty' ? 'has an empty cell' : `holds "${text.trim().slice(0, 40)}", which is ${why}`}.`,
  hint: 'The UCR form has only finite decimal numbers; fill missing values first.',
  data: { file, line, column },
});
