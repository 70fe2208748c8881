import type { Size } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { outputDimension } from '../references/arguments.ts';
import { evaluateConstant } from './constants.ts';
import type { Context } from './context.ts';
import { mergeCell } from './merged-cell.ts';
import { boundSize, formatSize, readSize, solveSize } from './sizes.ts';

/** The dimensions of one use of a cell and the size of its first output; undefined when they do not fit, which is reported. */
export function bindDimensions(
  call: ast.Call,
  cell: ast.Cell,
  inputs: readonly { readonly name: string; readonly size: number }[],
  context: Context,
): { readonly dimensions: ReadonlyMap<string, number>; readonly size: number } | undefined {
  const merged = mergeCell(cell);
  if (inputs.length !== merged.inputs.length) {
    const names = merged.inputs.map((port) => port.name).join(', ');
    context.report(
      'parameter.position',
      { node: call },
      {
        owner: cell.name,
        expected: `${merged.inputs.length === 1 ? 'one signal' : `${merged.inputs.length} signals`} (${names})`,
      },
    );
    return undefined;
  }
  const dimensions = new Map<string, number>();
  for (const [index, port] of merged.inputs.entries())
    if (!bindInput(call, port, readSize(port.size), inputs[index], dimensions, context)) return undefined;
  if (!bindArguments(call, cell, dimensions, context)) return undefined;
  const needed = [
    ...merged.outputs.map((port) => readSize(port.size)),
    ...[...merged.states.values()].map((state) => state.size),
  ];
  const open = needed.flatMap((size) => Object.keys(size.terms)).find((name) => !dimensions.has(name));
  if (open !== undefined) {
    context.report(
      'dimension.unbound',
      { node: call, property: 'function' },
      { cell: cell.name, dimension: open },
    );
    return undefined;
  }
  const output = merged.outputs[0];
  const size = output && boundSize(readSize(output.size), dimensions);
  return size === undefined ? undefined : { dimensions, size };
}

function bindInput(
  call: ast.Call,
  port: ast.Port,
  size: Size,
  input: { readonly name: string; readonly size: number },
  dimensions: Map<string, number>,
  { report }: Context,
): boolean {
  const solved = solveSize(size, input.size, dimensions);
  if (solved) dimensions.set(solved.name, solved.value);
  if (boundSize(size, dimensions) === input.size) return true;
  report(
    'dimension.mismatch',
    { node: call },
    {
      left: `"${input.name}"`,
      leftSize: `${input.size}`,
      right: `the input "${port.name}" of ${call.function.$refText}`,
      rightSize: withValues(size, dimensions),
    },
  );
  return false;
}

/** `n = 3`, or the size itself while its dimensions are open. */
function withValues(size: Size, dimensions: ReadonlyMap<string, number>): string {
  const value = boundSize(size, dimensions);
  const text = formatSize(size);
  return value === undefined || `${value}` === text ? text : `${text} = ${value}`;
}

function bindArguments(
  call: ast.Call,
  cell: ast.Cell,
  dimensions: Map<string, number>,
  context: Context,
): boolean {
  for (const argument of call.arguments) {
    if (!argument.parameter) continue;
    const target = argument.parameter.ref;
    const name =
      argument.parameter.$refText === 'units'
        ? outputDimension(cell)?.name
        : ast.isDimension(target)
          ? target.name
          : undefined;
    const value = evaluateConstant(argument.value, context.report);
    if (name === undefined || value === undefined) return false;
    if (
      value.kind !== 'number' ||
      !Number.isInteger(value.value) ||
      value.value < 1 ||
      value.value > 1e6 ||
      value.percent
    ) {
      context.report(
        'dimension.value',
        { node: argument, property: 'value' },
        { dimension: argument.parameter.$refText },
      );
      return false;
    }
    const fixed = dimensions.get(name);
    if (fixed !== undefined && fixed !== value.value) {
      context.report(
        'dimension.fixed',
        { node: argument },
        { cell: cell.name, dimension: name, value: `${fixed}`, given: `${value.value}` },
      );
      return false;
    }
    dimensions.set(name, value.value);
  }
  return true;
}
