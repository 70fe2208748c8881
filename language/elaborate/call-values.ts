import type * as ast from '../generated/ast.ts';
import { boundArguments } from './bound-arguments.ts';
import { describeCallee } from './calls.ts';
import type { Context } from './context.ts';
import { evaluateParameter, parameterType } from './parameters.ts';

/** A call of a prelude function of one kind with its numbers, such as `adam(rate = 1e-3)`. */
export interface CallValues {
  readonly name: string;
  readonly number: (parameter: string) => number;
}

/** Reads a call whose function must be of a kind, defaults filled in; undefined when it is not, which is reported. */
export function readCall(
  call: ast.Call | undefined,
  kind: string,
  expected: string,
  context: Context,
): CallValues | undefined {
  const callee = call?.function?.ref;
  if (!call || !callee) return undefined;
  if (callee.$type !== 'FunctionDeclaration' || callee.kind !== kind) {
    context.report(
      'function.misplaced',
      { node: call, property: 'function' },
      { name: callee.name, kind: describeCallee(callee), expected },
    );
    return undefined;
  }
  const bound = boundArguments(call, callee.parameters, callee.name, context.report);
  const values = new Map<string, number>();
  for (const parameter of callee.parameters) {
    const type = parameterType(parameter, false, () => undefined);
    const argument = bound.get(parameter);
    const given = argument && evaluateParameter(argument.value, type, context.report);
    const value = given ?? type.default;
    if (value?.kind === 'number') values.set(parameter.name, value.value);
  }
  return { name: callee.name, number: (parameter) => values.get(parameter) ?? 0 };
}
