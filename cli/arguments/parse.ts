import { parseArgs } from 'node:util';
import { failure, type Outcome, type Problem, success, suggestion } from '@memloom/sim-core';
import type { Command, Input } from './command.ts';

/** The arguments that follow a command's name. Fails with `usage.*` problems that name the option concerned. */
export function parseInput(command: Command, args: readonly string[]): Outcome<Input> {
  const { tokens } = parseArgs({
    args: [...args],
    options: parserOptions(command),
    // Node's own messages suggest nothing; its tokens let us say it better.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: Problem[] = [];
  const operands: string[] = [];
  const flags = new Set<string>();
  const values: Record<string, string[]> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = optionProblem(command, token);
    if (problem) problems.push(problem);
    else if (token.value === undefined) flags.add(token.name);
    else values[token.name] = [...(values[token.name] ?? []), token.value];
  }
  const once = Object.entries(values).find(([name, given]) => given.length > 1 && !isRepeated(command, name));
  if (once)
    problems.push({ code: 'usage.repeated', message: `--${once[0]} is given ${once[1].length} times.` });
  if (problems.length === 0 && !flags.has('help')) problems.push(...operandProblems(command, operands));
  return problems.length > 0 ? failure(...problems) : success({ operands, flags, values });
}

function parserOptions(command: Command) {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string; multiple?: boolean }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, { kind }] of Object.entries(command.options)) {
    options[name] = kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: true };
  }
  return options;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

function optionProblem(
  command: Command,
  { name, rawName, value, inlineValue }: OptionToken,
): Problem | undefined {
  const option = name === 'help' ? ({ kind: 'flag' } as const) : command.options[name];
  if (option === undefined || !Object.hasOwn({ ...command.options, help: option }, name)) {
    const known = ['help', ...Object.keys(command.options)].map((each) => `--${each}`);
    return {
      code: 'usage.unknown-option',
      message: `memloom ${command.name} has no option ${rawName}.`,
      hint: suggestion(rawName, known, ''),
    };
  }
  if (option.kind === 'flag') {
    return value === undefined ? undefined : { code: 'usage.value', message: `${rawName} takes no value.` };
  }
  if (value !== undefined && (inlineValue || !value.startsWith('--'))) return undefined;
  return { code: 'usage.value', message: `${rawName} needs a value: ${rawName} ${option.value}.` };
}

function isRepeated(command: Command, name: string): boolean {
  const option = command.options[name];
  return option?.kind === 'value' && option.repeated === true;
}

function operandProblems({ name, arity, operands }: Command, given: readonly string[]): readonly Problem[] {
  if (given.length < arity.least) {
    return [{ code: 'usage.operand', message: `memloom ${name} needs ${operands}.` }];
  }
  if (given.length > arity.most) {
    const extra = given.slice(arity.most).join(' ');
    return [
      {
        code: 'usage.operand',
        message: `memloom ${name} takes ${operands || 'no operand'}, not also: ${extra}.`,
      },
    ];
  }
  return [];
}
