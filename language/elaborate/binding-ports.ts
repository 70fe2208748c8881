import { suppliedPorts } from '@memloom/sim-core';
import type { Related } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';
import { describeSignal, stageBetween } from '../types/domains/domain.ts';
import { type Dimension, dimensionless, sameDimension } from '../types/units/dimension.ts';
import { formatDimension } from '../types/units/format.ts';
import { parseUnit } from '../types/units/unit.ts';
import type { Context } from './context.ts';

const volt: Dimension = { kg: 1, m: 2, s: -3, A: -1 };
const ampere: Dimension = { A: 1 };

/** A crossbar with how it is read, as its text says. */
export interface ReadCrossbar {
  readonly crossbar: ast.Crossbar;
  readonly readout: string;
}

/** Whether a block's ports are what its role wires to it, supplies to it and takes from it. */
export function checkBindingPorts(
  binding: ast.Binding,
  role: string,
  block: ast.Block,
  array: ReadCrossbar | undefined,
  context: Context,
): void {
  if (role === 'readout' && array === undefined) return;
  const wired = block.inputs.filter((port) => !isSupplied(port.name));
  const wanted = signalsOf(role, array?.readout);
  const wrong = wired.findIndex((port, index) => {
    const expected = wanted[Math.min(index, wanted.length - 1)];
    return !sameDimension(dimensionOf(port), expected);
  });
  if (wrong >= 0) reportDomain(binding, role, block, wired[wrong], array, context);
  else if (wired.length !== wanted.length) reportCount(binding, role, block, wired, array, context);
  else if (!sameDimension(dimensionOf(block.output), volt)) reportOutput(binding, role, block, context);
  else checkSupplied(binding, role, block, array, context);
}

/** What comes in is carried by another quantity than the block takes. */
function reportDomain(
  binding: ast.Binding,
  role: string,
  block: ast.Block,
  port: ast.Port,
  array: ReadCrossbar | undefined,
  { report }: Context,
): void {
  const taken = dimensionOf(port);
  const from =
    role === 'readout' && array
      ? `${array.crossbar.name} is read as ${array.readout === 'current' ? 'currents' : 'voltages'}`
      : `The signals of "${role}" are voltages`;
  const mend =
    role !== 'readout'
      ? 'Bind a block with inputs in V.'
      : array?.readout === 'current'
        ? `Bind ${stageBetween(ampere, volt)}, or write readout = voltage.`
        : 'Bind a difference amplifier, such as DifferenceAmp of std.cmos180, or write readout = current.';
  const details = {
    from,
    block: block.name,
    port: port.name,
    takes: describeSignal(taken),
    mend,
  };
  report('domain.mismatch', { node: binding, property: 'target' }, details, [
    { place: { node: port }, message: `"${port.name}" of ${block.name} takes ${describeSignal(taken)}.` },
    ...readoutOf(role, array),
  ]);
}

function readoutOf(role: string, array: ReadCrossbar | undefined): readonly Related[] {
  if (role !== 'readout' || !array) return [];
  const { crossbar, readout } = array;
  const property = crossbar.body?.properties.find(({ parameter }) => parameter?.$refText === 'readout');
  const place = property ? { node: property } : { node: crossbar, property: 'name' };
  return [{ place, message: `${crossbar.name} has ${readout} read-out.` }];
}

function reportCount(
  binding: ast.Binding,
  role: string,
  block: ast.Block,
  wired: readonly ast.Port[],
  array: ReadCrossbar | undefined,
  { report }: Context,
): void {
  const list = (dimensions: readonly Dimension[]): string =>
    dimensions.length === 0 ? 'no signal' : `inputs in ${dimensions.map(formatDimension).join(' and ')}`;
  const behind = role === 'readout' ? ` behind a crossbar with ${array?.readout} read-out` : '';
  const expected = `${list(signalsOf(role, array?.readout))}${behind}`;
  const details = { role, block: `${block.name} (${list(wired.map(dimensionOf))})`, expected };
  report('binding.ports', { node: binding, property: 'target' }, details, [
    { place: { node: block, property: 'name' }, message: `${block.name} is declared here.` },
  ]);
}

/** Currents that nothing turns into voltages, although circuits behind them take voltages. */
export function checkReadoutBound(
  hardware: ast.Hardware,
  bound: ReadonlyMap<string, { readonly binding: ast.Binding }>,
  array: ReadCrossbar | undefined,
  { report }: Context,
): void {
  const [next] = [...bound].find(([role]) => role !== 'input') ?? [];
  if (array?.readout !== 'current' || next === undefined || bound.has('readout')) return;
  const binding = hardware.bindings.find(({ target }) => target?.ref === array.crossbar);
  const place = binding ? { node: binding, property: 'target' } : { node: hardware, property: 'name' };
  const taker = bound.get(next)?.binding;
  const details = {
    crossbar: array.crossbar.name,
    role: next,
    block: taker?.target?.$refText ?? next,
    stage: stageBetween(ampere, volt) ?? '',
  };
  report('domain.transimpedance', place, details, [
    ...readoutOf('readout', array),
    ...(taker ? [{ place: { node: taker }, message: `${details.block} takes a voltage.` }] : []),
  ]);
}

/** Every stage of the analog side gives voltages; a converter's code has to be one again. */
function reportOutput(binding: ast.Binding, role: string, block: ast.Block, { report }: Context): void {
  const given = dimensionOf(block.output);
  const stage = stageBetween(given, volt);
  const details = {
    role,
    block: block.name,
    port: block.output?.name ?? '',
    gives: describeSignal(given),
    mend: stage ? `It needs ${stage}.` : 'Give it an output in V.',
  };
  report('domain.output', { node: binding, property: 'target' }, details, [
    {
      place: { node: block.output ?? block },
      message: `The output of ${block.name} is ${describeSignal(given)}.`,
    },
  ]);
}

function checkSupplied(
  binding: ast.Binding,
  role: string,
  block: ast.Block,
  array: ReadCrossbar | undefined,
  { report }: Context,
): void {
  const behind = array?.readout === 'current' ? 'rF' : 'gain';
  const supplied = ['unit', ...suppliedTo(role, behind)];
  const lacking = block.inputs.find((port) => isSupplied(port.name) && !supplied.includes(port.name));
  if (!lacking) return;
  const expected = `no input but its signals and ${supplied.join(', ')}; "${lacking.name}" is not supplied`;
  report('binding.ports', { node: binding, property: 'target' }, { role, block: block.name, expected }, [
    { place: { node: lacking }, message: `"${lacking.name}" is an input of ${block.name}.` },
  ]);
}

function suppliedTo(role: string, behind: string): readonly string[] {
  if (role === 'readout') return ['gColumn', behind];
  return role === 'input' || role === 'output' ? ['fullScale', 'dither'] : [];
}

function signalsOf(role: string, readout: string | undefined): readonly Dimension[] {
  if (role === 'product' || role === 'sum') return [volt, volt];
  if (role !== 'readout') return [volt];
  return readout === 'current' ? [ampere] : [volt, volt];
}

const isSupplied = (name: string): boolean => suppliedPorts.some((supplied) => supplied === name);

function dimensionOf(port: ast.Port | undefined): Dimension {
  const unit = port?.unit === undefined ? undefined : parseUnit(port.unit);
  return unit?.ok ? unit.unit.dimension : dimensionless;
}
