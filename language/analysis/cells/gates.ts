import type { Report } from '../../diagnostics/report.ts';
import type { MergedCell } from '../../elaborate/merged-cell.ts';
import * as ast from '../../generated/ast.ts';
import { applyUnary } from '../../types/ranges/functions.ts';
import { type Interval, isBounded, width } from '../../types/ranges/interval.ts';
import { rangeText } from '../figures.ts';
import { rangeIn } from './ranges.ts';
import type { Memory, Structure } from './structure.ts';
import { isName, partsOf, plainText } from './terms.ts';

/** What keeps a state, where it can be beyond 0 .. 1. */
export interface Outside {
  readonly factor: ast.Expression;
  readonly range: Interval;
}

/** A factor that keeps a state and can be negative or more than 1. Of a factor of which nothing is known nothing is said. */
export function keptOutside(cell: MergedCell, { keep }: Memory): Outside | undefined {
  for (const factor of keep) {
    const range = rangeIn(cell, factor);
    const isKnown = range.low > -Infinity || range.high < Infinity;
    if (isKnown && (range.low < 0 || range.high > 1)) return { factor, range };
  }
  return undefined;
}

/** Gates whose functions cannot do what a gate does. */
export function checkGates(cell: MergedCell, { memories, openings }: Structure, report: Report): void {
  for (const memory of memories) checkKeep(cell, memory, report);
  for (const equation of cell.equations.values())
    if (equation.$container === cell.cell) checkReach(cell, equation, report);
  const opened = new Set(openings.map(({ memory }) => memory));
  for (const { state } of memories) if (!opened.has(state)) checkFresh(cell, state, report);
}

function checkKeep(cell: MergedCell, memory: Memory, report: Report): void {
  const outside = keptOutside(cell, memory);
  if (!outside) return;
  const gate = plainText(outside.factor);
  const equation = ast.isName(outside.factor) ? cell.equations.get(gate) : undefined;
  const node = equation?.$container === cell.cell ? equation : memory.equation;
  if (node.$container !== cell.cell) return;
  const related =
    node === memory.equation
      ? []
      : [{ place: { node: memory.equation }, message: `"${gate}" keeps "${memory.state}" here.` }];
  report(
    'update.gate',
    { node, property: 'value' },
    { gate, state: memory.state, reaches: rangeText(outside.range) },
    related,
  );
}

/** Share of its range that a gate must be able to reach. */
const leastReach = 0.9;

/** `sigmoid(tanh(…))`: a gate that can neither open nor close, whatever its weights are. */
function checkReach(cell: MergedCell, equation: ast.Equation, report: Report): void {
  for (const part of partsOf(equation.value)) {
    const fn = ast.isCall(part) ? part.function?.$refText : undefined;
    if (!ast.isCall(part) || (fn !== 'sigmoid' && fn !== 'hardSigmoid')) continue;
    const into = rangeIn(cell, part.arguments[0]?.value);
    const reached = applyUnary(fn, into);
    if (!isBounded(into) || width(reached) >= leastReach) continue;
    const details = { gate: equation.name, fn, into: rangeText(into), reached: rangeText(reached) };
    report('gate.narrow', { node: part }, details);
  }
}

/** `h' = o * tanh(c)`: an output of the old value of a memory whose new value nothing reads. */
function checkFresh(cell: MergedCell, state: string, report: Report): void {
  if (cell.outputs.some((port) => port.name === state)) return;
  const all = [...cell.equations.values()];
  if (all.some(({ value }) => partsOf(value).some((part) => isName(part, state, true)))) return;
  for (const { name } of cell.outputs) {
    const equation = cell.equations.get(name);
    const old = partsOf(equation?.value).find((part) => isName(part, state, false));
    if (!equation || !old || equation.$container !== cell.cell) continue;
    report('update.stale', { node: old }, { output: name, state }, [
      {
        place: { node: cell.equations.get(state) ?? equation },
        message: `"${state}" gets its new value here.`,
      },
    ]);
  }
}
