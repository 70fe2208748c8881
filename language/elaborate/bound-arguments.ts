import type { AstNode } from 'langium';
import type { Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';

/**
 * Which argument goes to which parameter. Positions come first, then names. Where the first parameters are optional
 * (`gaussian(mean?, sigma)`), fewer positions fill the parameters that must be there.
 */
export function boundArguments(
  owner: AstNode & { readonly arguments: readonly ast.Argument[] },
  parameters: readonly ast.Parameter[],
  name: string,
  report: Report,
): ReadonlyMap<ast.Parameter, ast.Argument> {
  const bound = new Map<ast.Parameter, ast.Argument>();
  const positional = owner.arguments.filter((argument) => !argument.parameter);
  const slots = positionalSlots(owner, parameters, positional.length);
  for (const [index, argument] of positional.entries()) {
    const slot = slots[index];
    if (slot) bound.set(slot, argument);
    else if (!parameters.some((parameter) => parameter.rest))
      report(
        'parameter.position',
        { node: argument },
        { owner: name, expected: expectedArguments(parameters) },
      );
  }
  for (const argument of owner.arguments) {
    const parameter = argument.parameter?.ref;
    if (!ast.isParameter(parameter)) continue;
    const first = bound.get(parameter);
    if (first) reportTwice(parameter, first, argument, report);
    else bound.set(parameter, argument);
  }
  reportMissing(owner, parameters, bound, name, report);
  return bound;
}

/** Two values for one parameter, the first of which may have come to it by its position. */
function reportTwice(parameter: ast.Parameter, first: ast.Argument, second: ast.Argument, report: Report) {
  const { name } = parameter;
  const byPosition = !first.parameter;
  const message = byPosition ? `By its position this is "${name}".` : `"${name}" is given here first.`;
  report('parameter.duplicate', { node: second }, { name, byPosition }, [
    { place: { node: first }, message },
  ]);
}

/**
 * The parameters that positions fill. What has a name need not have a position too, `gaussian(1, sigma = 2 %)`; but no
 * value moves on to a later parameter because its own has a name: `adam(1e-3, rate = 1e-3)` gives the rate twice.
 */
function positionalSlots(
  owner: { readonly arguments: readonly ast.Argument[] },
  parameters: readonly ast.Parameter[],
  count: number,
): readonly ast.Parameter[] {
  const byName = new Set(owner.arguments.map((argument) => argument.parameter?.ref));
  const own = slotsAmong(parameters, count);
  const free = slotsAmong(
    parameters.filter((parameter) => !byName.has(parameter)),
    count,
  );
  const movesOn = own.slice(0, count).some((parameter, index) => {
    const slot = free[index];
    return byName.has(parameter) && (!slot || parameters.indexOf(slot) > parameters.indexOf(parameter));
  });
  return movesOn ? own : free;
}

function slotsAmong(parameters: readonly ast.Parameter[], count: number): readonly ast.Parameter[] {
  const single = parameters.filter(({ rest }) => !rest);
  const needed = single.filter((parameter) => !parameter.optional && parameter.value === undefined);
  return count <= needed.length ? needed : single;
}

function reportMissing(
  owner: AstNode,
  parameters: readonly ast.Parameter[],
  bound: ReadonlyMap<ast.Parameter, ast.Argument>,
  name: string,
  report: Report,
): void {
  for (const parameter of parameters) {
    if (bound.has(parameter) || parameter.optional || parameter.rest || parameter.value !== undefined)
      continue;
    report('parameter.missing', { node: owner }, { owner: name, name: parameter.name, meaning: '' }, [
      { place: { node: parameter, property: 'name' }, message: `"${parameter.name}" is declared here.` },
    ]);
  }
}

function expectedArguments(parameters: readonly ast.Parameter[]): string {
  const names = parameters.map((parameter) =>
    parameter.optional || parameter.value ? `[${parameter.name}]` : parameter.name,
  );
  return names.length === 0
    ? 'no arguments'
    : `${names.length === 1 ? 'the argument' : 'the arguments'} ${names.join(', ')}`;
}
