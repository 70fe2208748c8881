import type { CellDesign, Equation, Expression } from '@memloom/sim-core';
import { checkCellForm } from '../analysis/cells/check-cell.ts';
import { productsOf } from '../analysis/cells/terms.ts';
import type { Related, Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { cellChain, chain } from '../references/members.ts';
import { formatSize, isOne, one, sameSize } from '../types/dimensions/linear-form.ts';
import { dimensionless, isDimensionless } from '../types/units/dimension.ts';
import { names as namesIn, referredNames } from './blocks.ts';
import { type CellSizes, inferSizes, type UnsizedEquation } from './cell-sizes.ts';
import { evaluateConstant } from './constants.ts';
import { type Context, originOf } from './context.ts';
import { elaborateScalar, expansionBudget, scalar, type Typed } from './expressions.ts';
import { type MergedCell, mergeCell } from './merged-cell.ts';
import { orderByNeed } from './order.ts';
import { reportMismatch } from './parameters.ts';
import { elaborateProduct, WeightNames } from './products.ts';
import { readSize } from './read-size.ts';
import { linksOfCycle, needsOfLoop } from './related-cycle.ts';

export function elaborateCell(cell: ast.Cell, context: Context): CellDesign {
  const name = context.use(cell);
  for (const base of cellChain(cell).slice(1)) context.use(base);
  const merged = mergeCell(cell);
  checkPorts(merged, context);
  checkAssignments(merged, context);
  const ordered = orderEquations(merged, context);
  const weightNames = new WeightNames();
  const unsized = ordered.flatMap((node) => elaborateEquation(node, merged, weightNames, context) ?? []);
  const complete = unsized.length === ordered.length;
  const unused = unusedEquations(merged);
  const report: Report = (code, place, details, related) => {
    // That a size is open follows from what is said of such an equation already.
    const open = code === 'dimension.undetermined' && ast.isEquation(place.node) ? place.node : undefined;
    if (open && (unused.has(open) || (open.next && !merged.states.has(open.name)))) return;
    context.report(code, place, details, related);
  };
  const sizes = inferSizes(merged, unsized, complete ? report : () => undefined);
  checkOutputs(merged, sizes, complete, context);
  for (const equation of unused)
    context.report('equation.unused', { node: equation, property: 'name' }, { name: equation.name });
  checkCellForm(merged, context.report);
  return {
    id: `cell:${name}`,
    name,
    origin: originOf(cell),
    dimensions: dimensionNames(merged),
    inputs: merged.inputs.map((port) => ({ name: port.name, size: readSize(port.size) })),
    outputs: merged.outputs.map((port) => ({ name: port.name, size: readSize(port.size) })),
    states: [...merged.states].map(([state, { size, declaration }]) => ({
      name: state,
      size,
      initial: initialValue(declaration, context),
    })),
    equations: unsized.flatMap(({ node, value }): readonly Equation[] => {
      const size = sizes.named.get(node.name);
      // What influences nothing may have any size, and so none: it is left out.
      if (!size && unused.has(node)) return [];
      return [
        {
          id: `cell:${name}/${node.name}`,
          name: node.name,
          origin: originOf(node),
          next: node.next,
          value: withOperandSizes(value, sizes),
          size: size ?? one,
        },
      ];
    }),
    ...(cell.base?.ref ? { extends: context.use(cell.base.ref) } : {}),
  };
}

function initialValue(state: ast.State, context: Context): number {
  const value = state.initial && evaluateConstant(state.initial, context.report);
  if (value === undefined) return 0;
  const place = { node: state, property: 'initial' };
  if (value.kind !== 'number')
    context.report('value.expected', place, { subject: 'The initial value', expected: 'a number' });
  else if (!isDimensionless(value.dimension))
    reportMismatch('The initial value', dimensionless, value.dimension, place, context.report);
  return value.kind === 'number' ? value.value : 0;
}

function checkPorts(merged: MergedCell, { report }: Context): void {
  const { cell, inputs, outputs } = merged;
  const cycle = chain(cell, (link) => link.base?.ref);
  const last = cycle[cycle.length - 1];
  if (last.base?.ref)
    report(
      'extends.cycle',
      { node: cell, property: 'base' },
      { names: cycle.map((link) => link.name).join(' → ') },
      linksOfCycle(cycle),
    );
  else if (inputs.length === 0 && outputs.length === 0 && !last.base)
    report('cell.ports', { node: cell, property: 'name' }, { name: cell.name });
  for (const port of [...cell.inputs, ...cell.outputs])
    if (!port.size)
      report('port.size', { node: port }, { name: port.name, expected: `a size, as in ${port.name}: [n]` });
  const declared = new Set(dimensionNames(merged));
  for (const state of cell.states)
    for (const { dimension } of state.size?.terms ?? [])
      if (dimension && !declared.has(dimension.name))
        report('dimension.unknown', { node: dimension }, { dimension: dimension.name, cell: cell.name });
}

function dimensionNames(merged: MergedCell): readonly string[] {
  const terms = [...merged.inputs, ...merged.outputs].flatMap((port) => port.size?.terms ?? []);
  return [...new Set(terms.flatMap((term) => (term.dimension ? [term.dimension.name] : [])))];
}

/** Every state has its equation with a prime, and nothing else has. */
function checkAssignments({ cell, states, equations }: MergedCell, { report }: Context): void {
  for (const [name, equation] of equations) {
    const place =
      equation.$container === cell ? { node: equation, property: 'name' } : { node: cell, property: 'name' };
    const state = states.get(name);
    if (state && !equation.next)
      report('state.notPrimed', place, { name }, [
        { place: { node: state.variable }, message: `"${name}" is declared a state here.` },
      ]);
    if (!states.has(name) && equation.next) report('state.notDeclared', place, { name });
  }
  for (const [name, state] of states)
    if (!equations.has(name))
      report(
        'state.unassigned',
        { node: state.declaration.$container === cell ? state.variable : cell, property: 'name' },
        { name },
      );
}

/** Equations in an order in which each uses only what is above it: other equations, and new values of states. */
function orderEquations(merged: MergedCell, { report }: Context): readonly ast.Equation[] {
  const all = [...merged.equations.values()];
  const sorted = orderByNeed(all, (equation) =>
    namesIn(equation.value).flatMap((name) => {
      const needed = merged.equations.get(name.symbol?.$refText);
      return needed && (name.next || !merged.states.has(needed.name)) ? [needed] : [];
    }),
  );
  if (sorted.ok) return sorted.order;
  const own = sorted.cycle.find((equation) => equation.$container === merged.cell);
  const peephole = own && peepholeInto(sorted.cycle, own);
  if (peephole) {
    report('peephole.next', { node: peephole.call }, { gate: own.name, state: peephole.state }, [
      { place: { node: peephole.update }, message: `The new value ${peephole.state}' needs "${own.name}".` },
    ]);
    return [];
  }
  const names = sorted.cycle.map((equation) => `${equation.name}${equation.next ? "'" : ''}`).join(' → ');
  report(
    'equation.loop',
    { node: own ?? merged.cell, property: 'name' },
    { names },
    needsOfLoop(sorted.cycle, own),
  );
  return [];
}

/** The peephole of an equation that closes a loop: it sees the new value of a state that needs the equation. */
function peepholeInto(cycle: readonly ast.Equation[], equation: ast.Equation) {
  for (const call of productsOf(equation.value, 'peephole'))
    for (const { value } of call.arguments) {
      const update =
        ast.isName(value) && value.next && cycle.find((other) => other.name === value.symbol?.$refText);
      if (update && update !== equation) return { call, update, state: update.name };
    }
  return undefined;
}

function elaborateEquation(
  node: ast.Equation,
  merged: MergedCell,
  weightNames: WeightNames,
  context: Context,
): UnsizedEquation | undefined {
  const scope = {
    report: context.report,
    expanding: [],
    budget: expansionBudget(),
    lookup: (name: ast.Name) => lookup(name, merged, context),
  };
  const typed = elaborateScalar(node.value, {
    ...scope,
    product: (call, callee) =>
      elaborateProduct(call, callee, node.name, weightNames, { ...scope, product: nestedProduct(context) }),
  });
  if (!typed) return undefined;
  if (!isDimensionless(typed.dimension))
    reportMismatch(
      `"${node.name}"`,
      dimensionless,
      typed.dimension,
      { node, property: 'value' },
      context.report,
    );
  return { node, value: typed.expression };
}

/** A product as operand of another has no size of its own; an equation gives it one. */
const nestedProduct =
  ({ report }: Context) =>
  (call: ast.Call, callee: ast.FunctionDeclaration): undefined => {
    const expected = 'an equation of its own where its value enters another product';
    report('product.operands', { node: call }, { name: callee.name, expected });
  };

/** Inherited equations mean the names of the cell that inherits them, so names are looked up there, not where they stand. */
function lookup(name: ast.Name, merged: MergedCell, { report }: Context): Typed | undefined {
  const text = name.symbol?.$refText;
  const isState = merged.states.has(text);
  if (name.next && !isState) {
    if (name.symbol?.ref) report('state.notDeclared', { node: name }, { name: text });
    return undefined;
  }
  if (name.end !== undefined) {
    report('equation.notARange', { node: name }, { name: text });
    return undefined;
  }
  if (isState || merged.equations.has(text) || merged.inputSizes.has(text))
    return scalar({ op: 'reference', name: text, next: name.next, origin: originOf(name) }, dimensionless);
  if (name.symbol?.ref) report('equation.output.read', { node: name }, { name: text });
  return undefined;
}

function checkOutputs(merged: MergedCell, sizes: CellSizes, complete: boolean, { report }: Context): void {
  const { cell } = merged;
  for (const port of merged.outputs) {
    const place =
      port.$container === cell ? { node: port, property: 'name' } : { node: cell, property: 'name' };
    const size = sizes.named.get(port.name);
    const defined = merged.states.has(port.name) || merged.equations.has(port.name);
    if (!defined) report('equation.output', place, { owner: cell.name, name: port.name });
    else if (complete && port.size && size && !isOne(size) && !sameSize(size, readSize(port.size)))
      report(
        'dimension.mismatch',
        place,
        {
          left: `The output "${port.name}"`,
          leftSize: formatSize(readSize(port.size)),
          right: 'its value',
          rightSize: formatSize(size),
        },
        valuePlace(port.name, merged),
      );
  }
}

/** Where an output gets its value. */
function valuePlace(name: string, { equations, states }: MergedCell): readonly Related[] {
  const node = equations.get(name) ?? states.get(name)?.variable;
  return node ? [{ place: { node, property: 'name' }, message: `"${name}" gets its value here.` }] : [];
}

/** Equations of this very cell that nothing uses. */
function unusedEquations(merged: MergedCell): ReadonlySet<ast.Equation> {
  const used = new Set([...merged.outputs.map((port) => port.name), ...merged.states.keys()]);
  for (const equation of merged.equations.values())
    for (const name of referredNames(equation.value)) used.add(name);
  return new Set(merged.cell.equations.filter(({ name }) => !used.has(name)));
}

/** Operands of products with their sizes, now that those are known. */
function withOperandSizes(expression: Expression, sizes: CellSizes): Expression {
  const inner = (part: Expression) => withOperandSizes(part, sizes);
  switch (expression.op) {
    case 'unary':
      return { ...expression, of: inner(expression.of) };
    case 'binary':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'clamp':
      return {
        ...expression,
        of: inner(expression.of),
        low: inner(expression.low),
        high: inner(expression.high),
      };
    case 'peephole':
      return {
        ...expression,
        operand: { ...expression.operand, size: sizes.of(expression.operand.value) },
      };
    case 'vmm':
      return {
        ...expression,
        operands: expression.operands.map((operand) => ({
          ...operand,
          value: inner(operand.value),
          size: sizes.of(operand.value),
        })),
      };
    default:
      return expression;
  }
}
