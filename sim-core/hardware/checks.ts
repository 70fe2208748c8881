import {
  type BlockDesign,
  type BlockUse,
  type CrossbarDesign,
  type Design,
  type DeviceDesign,
  type HardwareDesign,
  type Role,
  suppliedPorts,
} from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { signalPorts } from './circuits.ts';
import { isConverter } from './converters.ts';
import { type Crossing, crossingOf } from './crossing.ts';
import { type PulseWriter, pulseWriter } from './pulse-writing.ts';

/** A hardware with the names that it uses looked up. */
export interface BoundHardware {
  readonly hardware: HardwareDesign;
  readonly array:
    | {
        readonly crossbar: CrossbarDesign;
        readonly device: DeviceDesign;
        readonly crossing: Crossing;
        readonly writer: PulseWriter | undefined;
      }
    | undefined;
  readonly blocks: ReadonlyMap<string, BlockDesign>;
}

/** Looks up a hardware, its crossbar, device and blocks, or says which is missing or cannot work. */
export function bindHardware(design: Design, name: string): Outcome<BoundHardware> {
  const hardware = design.hardware.find((candidate) => candidate.name === name);
  if (!hardware) return failure(unknown('hardware', name, design.hardware));
  const problems: Problem[] = [];
  const blocks = new Map(design.blocks.map((block) => [block.name, block]));
  if (!(hardware.scale > 0))
    problems.push(unusable(hardware, 'hardware.scale', `scale must be above 0 V, not ${hardware.scale} V`));
  const array = bindArray(design, hardware, problems);
  for (const [role, use] of bindingsOf(hardware)) {
    const block = blocks.get(use.block);
    if (block) problems.push(...portProblems(role, use, block, array?.crossbar));
    else problems.push(unknown('block', use.block, design.blocks, use));
  }
  return problems.length > 0 ? failure(...problems) : success({ hardware, array, blocks });
}

const bindingsOf = ({ bindings }: HardwareDesign): readonly (readonly [Role, BlockUse])[] =>
  (Object.keys(bindings) as Role[]).flatMap((role) => {
    const use = bindings[role];
    return use ? [[role, use] as const] : [];
  });

function bindArray(design: Design, hardware: HardwareDesign, problems: Problem[]): BoundHardware['array'] {
  if (hardware.crossbar === undefined) return undefined;
  const crossbar = design.crossbars.find((candidate) => candidate.name === hardware.crossbar);
  if (!crossbar) {
    problems.push(unknown('crossbar', hardware.crossbar, design.crossbars, hardware));
    return undefined;
  }
  const device = design.devices.find((candidate) => candidate.name === crossbar.device);
  if (!device) {
    problems.push(unknown('device', crossbar.device, design.devices, crossbar));
    return undefined;
  }
  problems.push(...crossbarProblems(crossbar), ...deviceProblems(device));
  const crossing = crossingOf(crossbar, device);
  const writer = pulseWriter(device, crossbar.vRead);
  if (crossing.ok && writer.ok) return { crossbar, device, crossing: crossing.value, writer: writer.value };
  problems.push(...(crossing.ok ? [] : crossing.problems), ...(writer.ok ? [] : writer.problems));
  return undefined;
}

function crossbarProblems(crossbar: CrossbarDesign): readonly Problem[] {
  const { vRead, load, weightMax } = crossbar;
  return [
    ...(vRead > 0 ? [] : [unusable(crossbar, 'crossbar.vRead', `vRead must be above 0 V, not ${vRead} V`)]),
    ...(load >= 0 ? [] : [unusable(crossbar, 'crossbar.load', `load must be at least 0 S, not ${load} S`)]),
    ...(weightMax === undefined || weightMax > 0
      ? []
      : [unusable(crossbar, 'crossbar.weightMax', `weightMax must be above 0, not ${weightMax}`)]),
  ];
}

function deviceProblems(device: DeviceDesign): readonly Problem[] {
  const { gOn, gOff, levels = 2, stuckOn, stuckOff } = device.array;
  const problems: Problem[] = [];
  if (!(gOff > 0 && gOn > gOff && gOn < Infinity))
    problems.push(
      unusable(
        device,
        'device.window',
        `conductances must satisfy 0 < gOff < gOn, not ${gOff} S and ${gOn} S`,
      ),
    );
  if (!(Number.isInteger(levels) && levels >= 2))
    problems.push(
      unusable(device, 'device.levels', `levels must be a whole number of at least 2, not ${levels}`),
    );
  if (!(stuckOn >= 0 && stuckOff >= 0 && stuckOn + stuckOff <= 1))
    problems.push(
      unusable(device, 'device.stuck', `stuckOn and stuckOff must be probabilities of at most 1 together`),
    );
  return problems;
}

/** Signal ports of each role: how many, in which unit. */
function expectedPorts(role: Role, crossbar: CrossbarDesign | undefined): readonly string[] {
  if (role === 'product' || role === 'sum') return ['V', 'V'];
  if (role !== 'readout') return ['V'];
  return crossbar?.readout === 'current' ? ['A'] : ['V', 'V'];
}

function portProblems(
  role: Role,
  use: BlockUse,
  block: BlockDesign,
  crossbar: CrossbarDesign | undefined,
): readonly Problem[] {
  if (role === 'readout' && !crossbar) return [];
  const what = role === 'readout' ? `the ${crossbar?.readout}-mode read-out` : `the role ${role}`;
  const expected = expectedPorts(role, crossbar);
  const actual = signalPorts(block).map(({ unit }) => unit);
  const problems: Problem[] = [];
  if (actual.length !== expected.length || actual.some((unit, index) => unit !== expected[index]))
    problems.push({
      code: 'hardware.block-ports',
      message: `Block "${block.name}" cannot serve ${what}: it takes ${portList(actual)}, where ${portList(expected)} comes in.`,
      hint: 'Bind a block with fitting inputs, or change the read-out of the crossbar.',
      origin: use.origin,
    });
  const supplied = new Set<string>(['unit']);
  if (isConverter(role)) supplied.add('fullScale').add('dither');
  if (role === 'readout') supplied.add('gColumn').add(crossbar?.readout === 'current' ? 'rF' : 'gain');
  for (const { name } of block.inputs)
    if (suppliedPorts.some((port) => port === name) && !supplied.has(name))
      problems.push({
        code: 'hardware.supplied-port',
        message: `Block "${block.name}" needs "${name}", which ${what} does not supply.`,
        hint: `Here the hardware supplies ${[...supplied].join(', ')}.`,
        origin: use.origin,
      });
  return problems;
}

const portList = (units: readonly string[]): string =>
  units.length === 0 ? 'no signal' : units.map((unit) => `one in ${unit}`).join(' and ');

function unknown(
  kind: string,
  name: string,
  known: readonly { readonly name: string }[],
  user?: { readonly origin?: Problem['origin'] },
): Problem {
  const names = known.map((candidate) => candidate.name);
  return {
    code: `hardware.unknown-${kind}`,
    message: `There is no ${kind} "${name}".`,
    hint: suggestion(name, names, `The design has no ${kind}.`),
    origin: user?.origin,
  };
}

const unusable = (
  node: { readonly name: string; readonly origin?: Problem['origin'] },
  code: string,
  what: string,
): Problem => ({ code, message: `"${node.name}": ${what}.`, hint: 'Change the value.', origin: node.origin });
