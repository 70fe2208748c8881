import type { MergedCell } from '../../elaborate/merged-cell.ts';
import * as ast from '../../generated/ast.ts';
import { complementOf, isName, partsOf, plainText, productsOf, reads, termsOf } from './terms.ts';

/** A state that keeps some of itself: `s' = keep·s + admit·candidate`. */
export interface Memory {
  readonly state: string;
  readonly equation: ast.Equation;
  /** Factors of the old value, and of what is admitted; the value itself left out. */
  readonly keep: readonly ast.Expression[];
  readonly admit: readonly ast.Expression[];
  /** What keeps and what admits add up to 1. */
  readonly coupled: boolean;
}

/** What the form of a cell's equations shows of its architecture. */
export interface Structure {
  readonly memories: readonly Memory[];
  /** States or equations that pass the new value of a memory on through a gate: `h' = o * tanh(c')`. */
  readonly openings: readonly Opening[];
  /** Gates that hold back the old output before it enters a candidate: `vmm(x, r * h)`, `r * vmm(h)`. */
  readonly resets: readonly string[];
}

export interface Opening {
  readonly gate: string;
  readonly memory: string;
  readonly equation: ast.Equation;
}

export function structureOf(cell: MergedCell): Structure {
  const memories = [...cell.states.keys()].flatMap((state) => memoryOf(cell, state) ?? []);
  const openings = memories.flatMap(({ state }) => openingsOf(cell, state));
  return { memories, openings, resets: resetsOf(cell) };
}

function memoryOf(cell: MergedCell, state: string): Memory | undefined {
  const equation = cell.equations.get(state);
  if (!equation?.next) return undefined;
  const terms = termsOf(equation.value);
  const kept = terms.find(
    (factors) => factors.length > 1 && factors.some((factor) => isName(factor, state, false)),
  );
  const admitted = terms.find(
    (factors) => factors !== kept && !factors.some((factor) => reads(factor, state, false)),
  );
  if (!kept || !admitted || terms.length !== 2) return undefined;
  const keep = kept.filter((factor) => !isName(factor, state, false));
  const coupled = keep.some((factor) => admitted.some((other) => addUpToOne(cell, factor, other)));
  return { state, equation, keep, admit: admitted, coupled };
}

/** One is written as 1 minus the other, here or in an equation of its own. */
function addUpToOne(cell: MergedCell, a: ast.Expression, b: ast.Expression): boolean {
  const complement = (expression: ast.Expression) =>
    complementOf(expression) ?? complementOf(definitionOf(cell, expression));
  return complement(a) === plainText(b) || complement(b) === plainText(a);
}

function definitionOf(cell: MergedCell, expression: ast.Expression): ast.Expression | undefined {
  return ast.isName(expression) ? cell.equations.get(expression.symbol?.$refText)?.value : undefined;
}

function openingsOf(cell: MergedCell, memory: string): readonly Opening[] {
  const found: Opening[] = [];
  for (const equation of cell.equations.values()) {
    if (equation.name === memory) continue;
    const factors = termsOf(equation.value).find(
      (each) => each.length > 1 && each.some((one) => reads(one, memory, true)),
    );
    for (const factor of factors ?? [])
      if (
        ast.isName(factor) &&
        cell.equations.has(factor.symbol.$refText) &&
        factor.symbol.$refText !== memory
      )
        found.push({ gate: factor.symbol.$refText, memory, equation });
  }
  return found;
}

function resetsOf(cell: MergedCell): readonly string[] {
  const gates: string[] = [];
  for (const equation of cell.equations.values())
    for (const part of partsOf(equation.value)) {
      const inProduct =
        ast.isCall(part) && part.function?.$refText === 'vmm' ? part.arguments.map(({ value }) => value) : [];
      const behind =
        ast.isBinary(part) && part.operator === '*' && productsOf(part, 'vmm').length > 0 ? [part] : [];
      for (const candidate of [...inProduct, ...behind]) gates.push(...gatesOver(cell, candidate));
    }
  return [...new Set(gates)];
}

/** Gates that multiply a state, or a crossbar product of one. */
function gatesOver(cell: MergedCell, expression: ast.Expression): readonly string[] {
  const [factors, ...more] = termsOf(expression);
  if (more.length > 0 || factors.length < 2) return [];
  const readsState = (factor: ast.Expression) =>
    [...cell.states.keys()].some(
      (state) =>
        isName(factor, state, false) || (productsOf(factor, 'vmm').length > 0 && reads(factor, state, false)),
    );
  if (!factors.some(readsState)) return [];
  return factors.flatMap((factor) => {
    const name = ast.isName(factor) ? factor.symbol?.$refText : complementOf(factor);
    return name !== undefined && cell.equations.has(name) && !cell.states.has(name) ? [name] : [];
  });
}
