import { type Expression, failure, type Outcome, type Problem, success, suggestion } from '@memloom/sim-core';
import type { LangiumSharedServices } from 'langium/lsp';
import { messageOf } from './diagnostics/catalogue.ts';
import type { Report } from './diagnostics/report.ts';
import { reportCombination } from './elaborate/constants.ts';
import {
  type EquationScope,
  elaborateScalar,
  expansionBudget,
  scalar,
  type TypedScalar,
} from './elaborate/expressions.ts';
import type * as ast from './generated/ast.ts';
import { parseValue } from './parse-value.ts';
import { type Dimension, sameDimension } from './types/units/dimension.ts';
import { formatDimension } from './types/units/format.ts';
import { parseUnit } from './types/units/unit.ts';

/** A signal that an expression about recorded values may name. */
export interface WatchSignal {
  /** As it is written: `c`, `c'`, `rnn.c`. */
  readonly name: string;
  readonly unit: string;
  readonly size: number;
}

/** An expression about recorded values. Its references are names of signals, or `NAME[UNIT]` of one unit of them. */
export interface Watched {
  readonly expression: Expression;
  readonly unit: string;
  /** 1, or the one size that all its signals of several units have. */
  readonly size: number;
}

export interface Comparison {
  readonly left: Watched;
  readonly comparator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly right: Watched;
}

/** Holds where all comparisons of one of its parts hold. */
export type Condition = readonly (readonly Comparison[])[];

/** Reads `rnn.c[0] - 0.2 V` with the checks of an equation; `watch.*` and the language's own problems. */
export async function readWatched(
  text: string,
  signals: readonly WatchSignal[],
  shared: LangiumSharedServices,
): Promise<Outcome<Watched>> {
  const read = await readTyped(text, signals, shared);
  return read.ok ? success(read.value.watched) : read;
}

/** Reads `rnn.c > 0.4 V`, and several such comparisons joined by `&&` and `||`. */
export async function readCondition(
  text: string,
  signals: readonly WatchSignal[],
  shared: LangiumSharedServices,
): Promise<Outcome<Condition>> {
  const condition: Comparison[][] = [];
  for (const part of text.split('||')) {
    const all: Comparison[] = [];
    for (const comparison of part.split('&&')) {
      const read = await readComparison(comparison.trim(), signals, shared);
      if (!read.ok) return read;
      all.push(read.value);
    }
    condition.push(all);
  }
  return success(condition);
}

/** None of these characters stands in an expression. */
const comparators = /<=|>=|==|!=|<|>/;

async function readComparison(
  text: string,
  signals: readonly WatchSignal[],
  shared: LangiumSharedServices,
): Promise<Outcome<Comparison>> {
  const [comparator] = comparators.exec(text) ?? [];
  if (comparator === undefined)
    return failure({
      code: 'watch.comparison',
      message: `"${text}" compares nothing.`,
      hint: 'Write a comparison, as in rnn.c > 0.4 V.',
    });
  const at = text.indexOf(comparator);
  const left = await readTyped(text.slice(0, at), signals, shared);
  if (!left.ok) return left;
  const right = await readTyped(text.slice(at + comparator.length), signals, shared);
  if (!right.ok) return right;
  const problem =
    unitProblem(left.value, right.value) ?? sizeProblem(text, [left.value.watched, right.value.watched]);
  return problem
    ? failure(problem)
    : success({
        left: left.value.watched,
        comparator: comparator as Comparison['comparator'],
        right: right.value.watched,
      });
}

interface Read {
  readonly watched: Watched;
  readonly dimension: Dimension;
  readonly node: ast.Expression;
}

async function readTyped(
  text: string,
  signals: readonly WatchSignal[],
  shared: LangiumSharedServices,
): Promise<Outcome<Read>> {
  const { plain, elements } = nameElements(text);
  const node = await parseValue(plain, shared);
  if (node === undefined)
    return failure({
      code: 'watch.syntax',
      message: `"${text.trim()}" is no expression.`,
      hint: 'Write it as in an equation: rnn.c, tanh(c), 2 * rnn.i[0] - 0.1 V.',
    });
  const problems: Problem[] = [];
  const used: WatchSignal[] = [];
  const typed = elaborateScalar(node, scopeOf(signals, elements, problems, used));
  if (typed === undefined || problems.length > 0)
    return failure(...(problems.length > 0 ? problems : [untyped(text)]));
  const size = Math.max(1, ...used.map((signal) => signal.size));
  const misfit = sizeProblem(text.trim(), used);
  if (misfit) return failure(misfit);
  const watched = { expression: typed.expression, unit: formatDimension(typed.dimension), size };
  return success({ watched, dimension: typed.dimension, node });
}

const untyped = (text: string): Problem => ({
  code: 'watch.value',
  message: `"${text.trim()}" is no value that can be computed from signals.`,
  hint: 'Use signals, numbers with units, and the elementwise functions.',
});

/**
 * Units of signals, `rnn.c[0]`, and new values of other layers, `rnn.c'`, are no words of the language: each becomes a
 * name of its own, as long as it was.
 */
function nameElements(text: string): {
  readonly plain: string;
  readonly elements: ReadonlyMap<string, string>;
} {
  const elements = new Map<string, string>();
  const plain = text.replace(/[A-Za-z_]\w*(?:\.\w+'?|'?)\[\d+\]|[A-Za-z_]\w*\.\w+'/g, (written) => {
    const name = `element_${elements.size}`.padEnd(written.length, '_');
    elements.set(name, written);
    return name;
  });
  return { plain, elements };
}

function scopeOf(
  signals: readonly WatchSignal[],
  elements: ReadonlyMap<string, string>,
  problems: Problem[],
  used: WatchSignal[],
): EquationScope {
  const report: Report = (code, _place, details) =>
    problems.push({ code, message: messageOf(code, details) });
  const lookup = ({ symbol, end, next }: ast.Name): TypedScalar | undefined => {
    const plain = `${symbol.$refText}${end ? `.${end}` : ''}${next ? "'" : ''}`;
    const written = elements.get(plain) ?? plain;
    const [, name, unit] = /^(.*?)(?:\[(\d+)\])?$/.exec(written) ?? [];
    const signal = signals.find((one) => one.name === name);
    const dimension = signal && parseUnit(signal.unit);
    if (signal === undefined || !dimension?.ok) {
      problems.push(unknownSignal(name, signals));
      return undefined;
    }
    if (unit !== undefined && Number(unit) >= signal.size) {
      problems.push(unknownUnit(signal, unit));
      return undefined;
    }
    used.push(unit === undefined ? signal : { ...signal, size: 1 });
    return scalar({ op: 'reference', name: written, next: false }, dimension.unit.dimension);
  };
  return { report, lookup, expanding: [], budget: expansionBudget() };
}

const unknownSignal = (name: string, signals: readonly WatchSignal[]): Problem => ({
  code: 'watch.unknown-signal',
  message: `There is no signal "${name}" here.`,
  hint: suggestion(
    name,
    signals.map((signal) => signal.name),
    'Nothing was recorded.',
  ),
});

const unknownUnit = ({ name, size }: WatchSignal, unit: string): Problem => ({
  code: 'watch.unit',
  message: `"${name}" has no unit ${unit}; it has ${size}.`,
  hint: 'They are counted from 0.',
});

/** Zero is zero in every unit. */
function unitProblem(left: Read, right: Read): Problem | undefined {
  const isZero = ({ watched: { expression } }: Read) => expression.op === 'number' && expression.value === 0;
  if (sameDimension(left.dimension, right.dimension) || isZero(left) || isZero(right)) return undefined;
  const found: Problem[] = [];
  reportCombination('A comparison', left.dimension, right.dimension, left.node, (code, _place, details) => {
    found.push({ code, message: messageOf(code, details) });
  });
  return found[0];
}

function sizeProblem(text: string, sized: readonly { readonly size: number }[]): Problem | undefined {
  const sizes = [...new Set(sized.map(({ size }) => size))].filter((size) => size !== 1);
  if (sizes.length < 2) return undefined;
  return {
    code: 'watch.size',
    message: `"${text}" combines signals of ${sizes.join(' and ')} units.`,
    hint: 'Name one unit, as in rnn.c[0].',
  };
}
