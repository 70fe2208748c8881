import type { Size } from '@memloom/sim-core';
import type { Place, Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { outputDimension } from '../references/arguments.ts';
import { constant, formatSize, sameSize, variablesOf } from '../types/dimensions/linear-form.ts';
import { type Conflict, type Sized, type Unifier, unifier } from '../types/dimensions/unify.ts';
import { evaluateConstant } from './constants.ts';
import type { Context } from './context.ts';
import { type MergedCell, mergeCell } from './merged-cell.ts';
import { readSize } from './read-size.ts';
import { relatedSizes } from './related-sizes.ts';

/** A signal that enters a cell: its size, how that came about, and where. */
export interface CellInput {
  readonly name: string;
  readonly size: number;
  readonly how?: string;
  readonly place?: Place;
}

/** The dimensions of one use of a cell and the size of its first output; undefined when they do not fit, which is reported. */
export function bindDimensions(
  call: ast.Call,
  cell: ast.Cell,
  inputs: readonly CellInput[],
  context: Context,
): { readonly dimensions: ReadonlyMap<string, number>; readonly size: number } | undefined {
  const merged = mergeCell(cell);
  if (!checkInputCount(call, merged, inputs.length, context)) return undefined;
  const unify = unifier<Place>();
  for (const name of dimensionsOf(merged)) unify.unknown(name);
  for (const [index, port] of merged.inputs.entries())
    if (!bindInput(call, port, inputs[index], unify, context)) return undefined;
  if (!bindArguments(call, cell, unify, context)) return undefined;
  const needed = [
    ...merged.outputs.map((port) => readSize(port.size)),
    ...[...merged.states.values()].map((state) => state.size),
  ];
  const open = needed.flatMap((size) => variablesOf(unify.resolve(size)))[0];
  if (open !== undefined) {
    const place = { node: call, property: 'function' };
    context.report('dimension.unbound', place, { cell: cell.name, dimension: open });
    return undefined;
  }
  const [output] = merged.outputs;
  if (!output) return undefined;
  const dimensions = new Map(
    dimensionsOf(merged).map((name) => [name, unify.resolve({ constant: 0, terms: { [name]: 1 } }).constant]),
  );
  return { dimensions, size: unify.resolve(readSize(output.size)).constant };
}

function checkInputCount(
  call: ast.Call,
  { cell, inputs }: MergedCell,
  count: number,
  context: Context,
): boolean {
  if (inputs.length === count) return true;
  const names = inputs.map((port) => port.name).join(', ');
  const expected = `${inputs.length === 1 ? 'one signal' : `${inputs.length} signals`} (${names})`;
  context.report('parameter.position', { node: call }, { owner: cell.name, expected });
  return false;
}

function dimensionsOf({ inputs, outputs, states }: MergedCell): readonly string[] {
  const sizes: readonly Size[] = [
    ...[...inputs, ...outputs].map((port) => readSize(port.size)),
    ...[...states.values()].map((state) => state.size),
  ];
  return [...new Set(sizes.flatMap(variablesOf))];
}

function bindInput(
  call: ast.Call,
  port: ast.Port,
  input: CellInput,
  unify: Unifier<Place>,
  { report }: Context,
): boolean {
  const declared = readSize(port.size);
  const given: Sized<Place> = {
    size: constant(input.size),
    what: `"${input.name}"`,
    ...(input.place ? { place: input.place } : {}),
  };
  const wanted = {
    size: declared,
    what: `the input "${port.name}" of ${call.function.$refText}`,
    place: { node: port },
  };
  const conflict = unify.equate(given, wanted);
  if (!conflict) return true;
  const details = {
    left: given.what,
    leftSize: input.how ? `${input.size} (${input.how})` : `${input.size}`,
    right: wanted.what,
    rightSize: withValue(declared, unify),
    ...explain(conflict),
  };
  report('dimension.mismatch', { node: call }, details, related(conflict, call));
  return false;
}

/** `n = 3`, or the size itself while its dimensions are open. */
function withValue(size: Size, unify: Unifier<Place>): string {
  const value = unify.resolve(size);
  return sameSize(value, size) ? formatSize(size) : `${formatSize(size)} = ${formatSize(value)}`;
}

function explain({ unsolvable, because }: Conflict<Place>): { readonly because?: string } {
  if (unsolvable) return { because: `${unsolvable} has no solution in whole numbers.` };
  const [cause] = because;
  return cause
    ? { because: `${cause.left.what}, of size ${formatSize(cause.left.size)}, fixes ${cause.variable}.` }
    : {};
}

const related = (conflict: Conflict<Place>, call: ast.Call): readonly Related[] =>
  relatedSizes(conflict, { node: call });

function bindArguments(call: ast.Call, cell: ast.Cell, unify: Unifier<Place>, context: Context): boolean {
  for (const argument of call.arguments) {
    if (!argument.parameter) continue;
    const target = argument.parameter.ref;
    const name =
      argument.parameter.$refText === 'units'
        ? outputDimension(cell)?.name
        : ast.isDimension(target)
          ? target.name
          : undefined;
    const value = dimensionValue(argument, context);
    if (name === undefined || value === undefined) return false;
    const size = { constant: 0, terms: { [name]: 1 } };
    const before = unify.resolve(size);
    const conflict = unify.equate(
      { size, what: `the dimension "${name}" of ${cell.name}` },
      { size: constant(value), what: `"${argument.parameter.$refText}"`, place: { node: argument } },
    );
    if (!conflict) continue;
    const details = { cell: cell.name, dimension: name, value: formatSize(before), given: `${value}` };
    context.report(
      'dimension.fixed',
      { node: argument },
      details,
      relatedSizes(conflict, { node: argument }),
    );
    return false;
  }
  return true;
}

const largestDimension = 1e6;

/** The whole number that an argument gives; anything else is reported. */
function dimensionValue(argument: ast.Argument, { report }: Context): number | undefined {
  const value = evaluateConstant(argument.value, report);
  if (value === undefined) return undefined;
  if (
    value.kind === 'number' &&
    Number.isInteger(value.value) &&
    value.value >= 1 &&
    value.value <= largestDimension &&
    !value.percent
  )
    return value.value;
  const dimension = argument.parameter?.$refText ?? '';
  report('dimension.value', { node: argument, property: 'value' }, { dimension });
  return undefined;
}
