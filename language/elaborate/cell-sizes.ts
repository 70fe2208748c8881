import type { Expression, Size } from '@memloom/sim-core';
import type { Place, Report } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';
import { formatSize, isOne, one, sameSize } from '../types/dimensions/linear-form.ts';
import { type Conflict, commonSize, type Sized, type Unifier, unifier } from '../types/dimensions/unify.ts';
import { referredNames } from './blocks.ts';
import { expressionPlace, expressionText } from './expression-place.ts';
import type { MergedCell } from './merged-cell.ts';
import { relatedSizes } from './related-sizes.ts';

/** An equation before its size is known. */
export interface UnsizedEquation {
  readonly node: ast.Equation;
  readonly value: Expression;
}

/** What is known of the sizes in a cell. */
export interface CellSizes {
  /** Of inputs, states and equations, by name. */
  readonly named: ReadonlyMap<string, Size>;
  /** Of any part of an equation; 1 where nothing says what it is. */
  of(expression: Expression): Size;
}

type CellSized = Sized<Place>;

/** Elementwise operands and the value that they make. */
interface Combination {
  readonly operands: readonly CellSized[];
  readonly result: CellSized;
  readonly place: Place;
  done: boolean;
}

/** The value that an equation gives to what it defines. */
interface Assignment {
  readonly node: ast.Equation;
  readonly target: CellSized;
  readonly value: CellSized;
}

/**
 * The size of each equation of a cell. A size is known from operands (elementwise operations keep it, 1 fits every
 * size) or from where a value goes: crossbar products take the size that is asked of them. What operands say comes
 * first; what stays open then takes the size of what it is combined with. What is left over is reported.
 */
export function inferSizes(
  cell: MergedCell,
  equations: readonly UnsizedEquation[],
  report: Report,
): CellSizes {
  const unify = unifier<Place>();
  const names = declaredSizes(cell, equations, unify);
  const walk = sizeWalker(names, unify);
  const assignments = equations.map(({ node, value }): Assignment => {
    const target = names.get(node.name) ?? { size: unify.fresh(), what: quoted(node) };
    return { node, target, value: walk.sized(value, node) };
  });
  for (const { node, target, value } of assignments)
    if (!cell.states.has(node.name)) unify.equate(target, value);
  const conflicts = settleAll(walk.combinations, assignments, unify);
  for (const [combination, conflict] of conflicts) reportConflict(combination.place, conflict, unify, report);
  const used = new Set(equations.flatMap(({ node }) => referredNames(node.value)));
  for (const assignment of assignments) checkAssignment(assignment, used, unify, report);
  checkOperands(walk.products, unify, report);
  const named = new Map<string, Size>();
  for (const [name, { size }] of names) if (!unify.isOpen(size)) named.set(name, unify.resolve(size));
  const of = (expression: Expression) => {
    const size = walk.known(expression);
    return size && !unify.isOpen(size) ? unify.resolve(size) : one;
  };
  return { named, of };
}

const quoted = ({ name, next }: { readonly name: string; readonly next?: boolean }): string =>
  `"${name}${next ? "'" : ''}"`;

function declaredSizes(
  cell: MergedCell,
  equations: readonly UnsizedEquation[],
  unify: Unifier<Place>,
): ReadonlyMap<string, CellSized> {
  const names = new Map<string, CellSized>();
  for (const { node } of equations)
    names.set(node.name, { size: unify.fresh(), what: quoted(node), place: { node, property: 'name' } });
  for (const port of cell.inputs) {
    // A port without a size is reported as such; of its uses there is nothing more to say, and 1 fits every size.
    const size = port.size ? (cell.inputSizes.get(port.name) ?? one) : one;
    names.set(port.name, { size, what: quoted(port), place: { node: port } });
  }
  for (const [name, { size, variable, declaration }] of cell.states)
    names.set(name, { size, what: `"${name}"`, place: { node: declaration.size ? declaration : variable } });
  return names;
}

interface ProductOperand {
  readonly size: CellSized;
  readonly weights: string;
  readonly place: Place;
}

interface SizeWalker {
  readonly combinations: Combination[];
  readonly products: ProductOperand[];
  sized(expression: Expression, node: ast.Equation): CellSized;
  known(expression: Expression): Size | undefined;
}

/** Gives every part of an equation its size, most of them unknowns, and collects what they have to fulfil. */
function sizeWalker(names: ReadonlyMap<string, CellSized>, unify: Unifier<Place>): SizeWalker {
  const seen = new Map<Expression, CellSized>();
  const combinations: Combination[] = [];
  const products: ProductOperand[] = [];

  const sized = (expression: Expression, node: ast.Equation): CellSized => {
    // A function's argument may stand in its body many times; each part has one size.
    const known = seen.get(expression);
    if (known) return known;
    const found = compute(expression, node);
    seen.set(expression, found);
    return found;
  };

  const compute = (expression: Expression, node: ast.Equation): CellSized => {
    const what = expressionText(expression, node);
    switch (expression.op) {
      case 'number':
        return { size: one, what };
      case 'reference': {
        const named = names.get(expression.name);
        return named ? { ...named, what } : { size: unify.fresh(), what };
      }
      case 'unary':
        return { ...sized(expression.of, node), what };
      case 'peephole':
        return { ...sized(expression.operand.value, node), what };
      case 'vmm':
        for (const { value, weights } of expression.operands)
          products.push({ size: sized(value, node), weights, place: expressionPlace(value, node) });
        return { size: unify.fresh(), what, place: expressionPlace(expression, node) };
      case 'binary':
        return combine(expression, [expression.left, expression.right], node, what);
      case 'clamp':
        return combine(expression, [expression.of, expression.low, expression.high], node, what);
    }
  };

  const combine = (
    expression: Expression,
    parts: readonly Expression[],
    node: ast.Equation,
    what: string,
  ): CellSized => {
    const operands = parts.map((part) => sized(part, node));
    const place = expressionPlace(expression, node);
    const result = { size: unify.fresh(), what, place };
    combinations.push({ operands, result, place, done: false });
    return result;
  };

  return { combinations, products, sized, known: (expression) => seen.get(expression)?.size };
}

/** Follows what is known until nothing new is found, then lets open sizes take what they are combined with. */
function settleAll(
  combinations: readonly Combination[],
  assignments: readonly Assignment[],
  unify: Unifier<Place>,
): ReadonlyMap<Combination, Conflict<Place>> {
  const conflicts = new Map<Combination, Conflict<Place>>();
  // What cannot be solved stays open for ever, so only what is newly found counts as progress.
  const pass = (settle: boolean): boolean => {
    const before = unify.found();
    for (const combination of combinations) {
      if (combination.done) continue;
      const common = commonSize(combination.operands, unify, settle);
      if (common.kind === 'open') {
        if (settle) pushDown(combination, unify);
        continue;
      }
      if (common.kind === 'conflict') conflicts.set(combination, common.conflict);
      const size = common.kind === 'size' ? common.of : common.conflict.left;
      if (unify.isOpen(combination.result.size)) unify.equate(combination.result, size);
      combination.done =
        common.kind === 'conflict' || combination.operands.every((each) => !unify.isOpen(each.size));
    }
    return unify.found() > before;
  };
  const assign = (): boolean => {
    const before = unify.found();
    const open = assignments.filter(
      ({ target, value }) => unify.isOpen(value.size) && !unify.isOpen(target.size),
    );
    for (const { target, value } of open) unify.equate(target, value);
    return unify.found() > before;
  };
  while (pass(false) || assign() || pass(true));
  return conflicts;
}

/** Operands of which nothing is known take the size that is asked of their combination. */
function pushDown({ operands, result }: Combination, unify: Unifier<Place>): void {
  if (unify.isOpen(result.size)) return;
  for (const operand of operands) if (unify.isOpen(operand.size)) unify.equate(result, operand);
}

/** A state takes a value of its own size, or of size 1. */
function checkAssignment(
  { node, target, value }: Assignment,
  used: ReadonlySet<string>,
  unify: Unifier<Place>,
  report: Report,
): void {
  if (unify.isOpen(target.size)) {
    const unused = used.has(node.name) ? {} : { unused: true };
    report('dimension.undetermined', { node, property: 'name' }, { name: node.name, ...unused });
    return;
  }
  if (unify.isOpen(value.size)) return;
  const [declared, actual] = [unify.resolve(target.size), unify.resolve(value.size)];
  if (isOne(actual) || sameSize(declared, actual)) return;
  const left = { ...target, size: declared };
  const right = { ...value, what: 'its equation', size: actual };
  const because = [...unify.causes(value.size)];
  reportConflict({ node, property: 'value' }, { left, right, because }, unify, report);
}

function checkOperands(products: readonly ProductOperand[], unify: Unifier<Place>, report: Report): void {
  for (const { size, weights, place } of products)
    if (unify.isOpen(size.size)) report('dimension.undetermined', place, { name: weights });
}

function reportConflict(
  place: Place,
  conflict: Conflict<Place>,
  unify: Unifier<Place>,
  report: Report,
): void {
  const { left, right } = conflict;
  const details = {
    left: left.what,
    leftSize: formatSize(unify.resolve(left.size)),
    right: right.what,
    rightSize: formatSize(unify.resolve(right.size)),
  };
  report('dimension.mismatch', place, details, relatedSizes(conflict, place));
}
