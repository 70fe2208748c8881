import type { Size } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { cellChain } from '../references/members.ts';
import { readSize } from './read-size.ts';

/** A cell with what it inherits: an equation or state of a variant takes the place of the inherited one of its name. */
export interface MergedCell {
  readonly cell: ast.Cell;
  readonly inputs: readonly ast.Port[];
  readonly outputs: readonly ast.Port[];
  readonly states: ReadonlyMap<string, MergedState>;
  readonly equations: ReadonlyMap<string, ast.Equation>;
  readonly inputSizes: ReadonlyMap<string, Size>;
}

export interface MergedState {
  readonly variable: ast.StateVariable;
  readonly declaration: ast.State;
  readonly size: Size;
}

export function mergeCell(cell: ast.Cell): MergedCell {
  const links = [...cellChain(cell)].reverse();
  const states = new Map<string, MergedState>();
  const equations = new Map<string, ast.Equation>();
  for (const link of links) {
    for (const declaration of link.states)
      for (const variable of declaration.variables)
        states.set(variable.name, {
          variable,
          declaration,
          size: declaration.size ? readSize(declaration.size) : { constant: 1, terms: {} },
        });
    for (const equation of link.equations) equations.set(equation.name, equation);
  }
  const withPorts = cellChain(cell).find((link) => link.inputs.length > 0 || link.outputs.length > 0);
  const inputs = withPorts?.inputs ?? [];
  return {
    cell,
    inputs,
    outputs: withPorts?.outputs ?? [],
    states,
    equations,
    inputSizes: new Map(inputs.map((port) => [port.name, readSize(port.size)])),
  };
}
