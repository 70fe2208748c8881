import type { BlockUse, HardwareDesign, Parameters, ParameterValue, Role } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { chain } from '../references/members.ts';
import { checkBindingPorts, checkReadoutBound, type ReadCrossbar } from './binding-ports.ts';
import { boundArguments } from './bound-arguments.ts';
import { type Context, originOf } from './context.ts';
import { isSolved } from './crossbars.ts';
import { evaluateParameter, parameterType } from './parameters.ts';
import { readProperties } from './properties.ts';
import { linksOfCycle } from './related-cycle.ts';
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
      linksOfCycle(links),
    );
  const inheritedFirst = [...links].reverse();
  const { crossbar, blocks } = collectBindings(hardware, inheritedFirst, context);
  const array: ReadCrossbar | undefined = crossbar && { crossbar, readout: readoutOf(crossbar) };
  const bindings: Partial<Record<Role, BlockUse>> = {};
  for (const [role, { binding, block }] of blocks) {
    const own = binding.$container === hardware;
    // What an inherited binding lacks here is reported at the hardware that inherits it.
    const report: Context['report'] = own
      ? context.report
      : (code, place, details, related = []) =>
          context.report(code, { node: hardware, property: 'name' }, details, [
            { place, message: `Bound here, in ${(binding.$container as ast.Hardware).name}.` },
            ...related,
          ]);
    checkBindingPorts(binding, role, block, array, { ...context, report });
    bindings[role] = blockUse(
      binding,
      role,
      block,
      name,
      own ? context : { ...context, report: () => undefined },
    );
  }
  checkReadoutBound(hardware, blocks, array, context);
  const inherited = inheritedFirst.slice(0, -1).flatMap((link) => link.properties);
  const properties = readProperties('hardware', hardware, hardware.properties, context, inherited);
  const settling = properties.number('settling');
  return {
    id: `hardware:${name}`,
    name,
    origin: originOf(hardware),
    ...(crossbar ? { crossbar: context.use(crossbar) } : {}),
    scale: properties.number('scale') ?? 0,
    redraw: redrawOf(properties.word('redraw')),
    noiseManagement: properties.word('noiseManagement') === 'absMax' ? 'absMax' : 'none',
    boundManagement: properties.word('boundManagement') === 'iterative' ? 'iterative' : 'none',
    ...(settling === undefined ? {} : { settling }),
    calibration: properties.word('calibration') === 'percentile' ? 'percentile' : 'max',
    percentile: properties.number('percentile') ?? 1,
    bindings,
    share: elaborateShare(inheritedFirst, hardware, context),
    settle: properties.number('settle') ?? 1e-3,
  };
}

const redrawOf = (word: string | undefined): HardwareDesign['redraw'] =>
  word === 'writing' || word === 'reading' ? word : 'chip';

interface BlockBinding {
  readonly binding: ast.Binding;
  readonly block: ast.Block;
}

/** What each role is bound to in the end, a nearer binding in place of an inherited one. */
function collectBindings(
  hardware: ast.Hardware,
  inheritedFirst: readonly ast.Hardware[],
  context: Context,
): { readonly crossbar: ast.Crossbar | undefined; readonly blocks: ReadonlyMap<Role, BlockBinding> } {
  let crossbar: ast.Crossbar | undefined;
  const blocks = new Map<Role, BlockBinding>();
  for (const link of inheritedFirst) {
    const own = link === hardware ? context : { ...context, report: () => undefined };
    checkRepeats(link, own);
    for (const binding of link.bindings) {
      const role = binding.role?.ref?.name;
      const target = binding.target?.ref;
      if (role === undefined || !target || !targetFits(binding, role, target, own)) continue;
      if (ast.isCrossbar(target)) crossbar = target;
      else if (isRole(role)) blocks.set(role, { binding, block: target });
    }
  }
  return { crossbar, blocks };
}

/** The read-out of a crossbar as its text gives it, or what it extends. */
function readoutOf(crossbar: ast.Crossbar): string {
  for (const link of chain(crossbar, (current) => current.base?.ref)) {
    const [value] =
      link.body?.properties.find(({ parameter }) => parameter?.$refText === 'readout')?.values ?? [];
    if (ast.isName(value)) return value.symbol.$refText;
  }
  return 'voltage';
}

function checkRepeats(hardware: ast.Hardware, { report }: Context): void {
  const seen = new Map<string, ast.Binding>();
  for (const binding of hardware.bindings) {
    const role = binding.role?.$refText;
    const first = seen.get(role);
    if (first)
      report('parameter.duplicate', { node: binding, property: 'role' }, { name: role }, [
        { place: { node: first }, message: `"${role}" is bound here first.` },
      ]);
    else seen.set(role, binding);
  }
}

function targetFits(
  binding: ast.Binding,
  role: string,
  target: ast.BindingTarget,
  { report }: Context,
): boolean {
  const wantsCrossbar = role === 'vmm';
  if (ast.isCrossbar(target) && wantsCrossbar) checkDevice(binding, target, report);
  if (ast.isCrossbar(target) === wantsCrossbar) return true;
  report(
    'binding.target',
    { node: binding, property: 'target' },
    {
      role,
      expected: wantsCrossbar ? 'a crossbar' : 'a block',
      actual: ast.isCrossbar(target) ? `the crossbar ${target.name}` : `the block ${target.name}`,
    },
    [{ place: { node: target, property: 'name' }, message: `${target.name} is declared here.` }],
  );
  return false;
}

/** The crossbar of a network holds its weights in devices, also where another experiment gives its cells itself. */
function checkDevice(binding: ast.Binding, crossbar: ast.Crossbar, report: Context['report']): void {
  const gives = (link: ast.Crossbar) =>
    link.body?.properties.some(({ parameter }) => parameter?.$refText === 'device');
  if (!isSolved(crossbar) || chain(crossbar, (link) => link.base?.ref).some(gives)) return;
  const details = { owner: crossbar.name, name: 'device', meaning: 'the device at each crossing' };
  report('parameter.missing', { node: binding, property: 'target' }, details);
}

function blockUse(
  binding: ast.Binding,
  role: Role,
  block: ast.Block,
  hardware: string,
  context: Context,
): BlockUse {
  const bound = boundArguments(binding, block.parameters, block.name, (code, place, details, related) => {
    // A block's parameters have defaults: nothing is missing.
    if (code !== 'parameter.missing') context.report(code, place, details, related);
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
