import type { BlockUse, HardwareDesign, Parameters, ParameterValue, Role } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { chain } from '../references/members.ts';
import { boundArguments } from './bound-arguments.ts';
import { type Context, originOf } from './context.ts';
import { evaluateParameter, parameterType } from './parameters.ts';
import { readProperties } from './properties.ts';
import { parameterValue } from './value.ts';

const roles: readonly string[] = [
  'sigmoid',
  'hardSigmoid',
  'tanh',
  'relu',
  'product',
  'sum',
  'state',
  'readout',
  'input',
  'output',
] satisfies readonly Role[];
const isRole = (name: string): name is Role => roles.includes(name);

export function elaborateHardware(hardware: ast.Hardware, context: Context): HardwareDesign {
  const name = context.use(hardware);
  const links = chain(hardware, (link) => link.base?.ref);
  if (links[links.length - 1].base?.ref)
    context.report(
      'extends.cycle',
      { node: hardware, property: 'base' },
      { names: links.map((link) => link.name).join(' → ') },
    );
  const inheritedFirst = [...links].reverse();
  const bindings: Partial<Record<Role, BlockUse>> = {};
  let crossbar: string | undefined;
  for (const link of inheritedFirst) {
    const own = link === hardware ? context : { ...context, report: () => undefined };
    checkRepeats(link, own);
    for (const binding of link.bindings) {
      const role = binding.role?.ref?.name;
      const target = binding.target?.ref;
      if (role === undefined || !target || !targetFits(binding, role, target, own)) continue;
      if (ast.isCrossbar(target)) crossbar = context.use(target);
      else if (isRole(role)) bindings[role] = blockUse(binding, role, target, name, own);
    }
  }
  const inherited = inheritedFirst.slice(0, -1).flatMap((link) => link.properties);
  const properties = readProperties('hardware', hardware, hardware.properties, context, inherited);
  return {
    id: `hardware:${name}`,
    name,
    origin: originOf(hardware),
    ...(crossbar === undefined ? {} : { crossbar }),
    scale: properties.number('scale') ?? 0,
    bindings,
    share: elaborateShare(inheritedFirst, hardware, context),
  };
}

function checkRepeats(hardware: ast.Hardware, { report }: Context): void {
  const seen = new Set<string>();
  for (const binding of hardware.bindings) {
    const role = binding.role?.$refText;
    if (seen.has(role)) report('parameter.duplicate', { node: binding, property: 'role' }, { name: role });
    seen.add(role);
  }
}

function targetFits(
  binding: ast.Binding,
  role: string,
  target: ast.BindingTarget,
  { report }: Context,
): boolean {
  const wantsCrossbar = role === 'vmm';
  if (ast.isCrossbar(target) === wantsCrossbar) return true;
  report(
    'binding.target',
    { node: binding, property: 'target' },
    {
      role,
      expected: wantsCrossbar ? 'a crossbar' : 'a block',
      actual: ast.isCrossbar(target) ? `the crossbar ${target.name}` : `the block ${target.name}`,
    },
  );
  return false;
}

function blockUse(
  binding: ast.Binding,
  role: Role,
  block: ast.Block,
  hardware: string,
  context: Context,
): BlockUse {
  const bound = boundArguments(binding, block.parameters, block.name, (code, place, details) => {
    // A block's parameters have defaults: nothing is missing.
    if (code !== 'parameter.missing') context.report(code, place, details);
  });
  const given: [string, ParameterValue][] = [];
  for (const [parameter, argument] of bound) {
    const type = parameterType(parameter, true, () => undefined);
    const value = evaluateParameter(argument.value, type, context.report);
    const converted = value && parameterValue(value);
    if (converted) given.push([parameter.name, converted]);
  }
  const parameters: Parameters = Object.fromEntries(given);
  return {
    id: `hardware:${hardware}/${role}`,
    name: role,
    origin: originOf(binding),
    block: context.use(block),
    arguments: parameters,
  };
}

function elaborateShare(
  links: readonly ast.Hardware[],
  hardware: ast.Hardware,
  { report }: Context,
): HardwareDesign['share'] {
  let share = { units: false, gates: false };
  for (const link of links)
    for (const statement of link.shares) {
      share = { units: statement.across.includes('units'), gates: statement.across.includes('gates') };
      if (link !== hardware) continue;
      if (statement.circuits !== 'activations')
        report(
          'share.unknown',
          { node: statement, property: 'circuits' },
          { word: statement.circuits, expected: 'activations' },
        );
      for (const [index, word] of statement.across.entries())
        if (word !== 'units' && word !== 'gates')
          report(
            'share.unknown',
            { node: statement, property: 'across', index },
            { word, expected: 'units or gates' },
          );
    }
  return share;
}
