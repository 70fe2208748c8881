import type { Report } from '../../diagnostics/report.ts';
import { referredNames } from '../../elaborate/blocks.ts';
import type { MergedCell } from '../../elaborate/merged-cell.ts';
import * as ast from '../../generated/ast.ts';
import { checkArchitecture } from './architecture.ts';
import { checkGates } from './gates.ts';
import { type Structure, structureOf } from './structure.ts';
import { isName, plainText, productsOf, reads } from './terms.ts';

/** Slips that leave a cell well formed, read off the form of its equations. Inherited equations are not reported again. */
export function checkCellForm(cell: MergedCell, report: Report): void {
  const structure = structureOf(cell);
  checkBiases(cell, report);
  checkPeepholes(cell, structure, report);
  checkCoupling(cell, structure, report);
  checkGates(cell, structure, report);
  checkDeadStates(cell, report);
  checkArchitecture(cell, structure, report);
}

const isOwn = (cell: MergedCell, equation: ast.Equation): boolean => equation.$container === cell.cell;

/** A gate whose products have no row for a bias, although those of the other gates have one. */
function checkBiases(cell: MergedCell, report: Report): void {
  const gates = [...cell.equations.values()].flatMap((equation) => {
    const products = productsOf(equation.value, 'vmm');
    return products.length > 0 ? [{ equation, products, biased: products.some(hasBias) }] : [];
  });
  const biased = gates.filter((gate) => gate.biased);
  if (biased.length === 0) return;
  for (const { equation, products, biased: has } of gates) {
    if (has || !isOwn(cell, equation)) continue;
    const [product] = products;
    const operands = product.arguments.map(({ value }) => value?.$cstNode?.text ?? '').join(', ');
    const details = {
      gate: equation.name,
      others: biased.map((other) => other.equation.name).join(', '),
      fits: `vmm(${operands}, 1)`,
    };
    report('bias.missing', { node: product }, details, [
      { place: { node: biased[0].equation }, message: `"${biased[0].equation.name}" has a bias.` },
    ]);
  }
}

const hasBias = (product: ast.Call): boolean =>
  product.arguments.some(({ value }) => ast.isNumberLiteral(value));

/** The output gate decides on the new state, so that its peephole sees the new state. */
function checkPeepholes(cell: MergedCell, { openings }: Structure, report: Report): void {
  for (const { gate, memory, equation: opened } of openings) {
    const equation = cell.equations.get(gate);
    if (!equation || !isOwn(cell, equation)) continue;
    for (const peephole of productsOf(equation.value, 'peephole')) {
      if (!peephole.arguments.some(({ value }) => isName(value, memory, false))) continue;
      report('peephole.previous', { node: peephole }, { gate, memory, output: opened.name }, [
        { place: { node: opened }, message: `"${gate}" opens the new value ${memory}' here.` },
      ]);
    }
  }
}

function checkCoupling(cell: MergedCell, { memories }: Structure, report: Report): void {
  for (const { state, equation, keep, admit } of memories) {
    if (!isOwn(cell, equation)) continue;
    const same = keep.find((factor) => admit.some((other) => plainText(other) === plainText(factor)));
    const place = { node: equation, property: 'value' };
    if (same && !ast.isNumberLiteral(same)) {
      const gate = plainText(same);
      report('update.coupling', place, { gate, state }, []);
      continue;
    }
    const names = (factors: readonly ast.Expression[]) =>
      factors.flatMap((factor) => (ast.isName(factor) ? [factor.symbol?.$refText] : []));
    if (names(keep).includes('i') && names(admit).includes('f'))
      report('update.swapped', place, { state }, []);
  }
}

/** Whether an equation reads what the last time step left of a state. */
const isRead = (cell: MergedCell, state: string): boolean =>
  [...cell.equations.values()].some(({ value }) => reads(value, state, false));

/** States that reach no output, or of which nothing reads the old value: their crossbar columns and memories would be built for nothing. */
function checkDeadStates(cell: MergedCell, report: Report): void {
  const alive = new Set<string>();
  const pending = cell.outputs.map((port) => port.name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (alive.has(name)) continue;
    alive.add(name);
    const equation = cell.equations.get(name);
    if (equation) pending.push(...referredNames(equation.value));
  }
  const hasProducts = [...cell.equations.values()].some(({ value }) => productsOf(value, 'vmm').length > 0);
  for (const [name, { variable, declaration }] of cell.states)
    if (declaration.$container === cell.cell && cell.equations.has(name)) {
      const place = { node: variable, property: 'name' };
      if (!alive.has(name)) report('state.unused', place, { name });
      else if (hasProducts && cell.equations.get(name)?.next && !isRead(cell, name))
        report('state.unread', place, { name, cell: cell.cell.name });
    }
}
