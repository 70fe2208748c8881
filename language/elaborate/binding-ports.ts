import { suppliedPorts } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { type Dimension, dimensionless, sameDimension } from '../units/dimension.ts';
import { formatDimension } from '../units/format.ts';
import { parseUnit } from '../units/unit.ts';
import type { Context } from './context.ts';

const volt: Dimension = { kg: 1, m: 2, s: -3, A: -1 };
const ampere: Dimension = { A: 1 };

/** Whether a block's inputs are what its role wires to it and supplies to it. `readout`: of the crossbar, if there is one. */
export function checkBindingPorts(
  binding: ast.Binding,
  role: string,
  block: ast.Block,
  readout: string | undefined,
  { report }: Context,
): void {
  if (role === 'readout' && readout === undefined) return;
  const place = { node: binding, property: 'target' };
  const wired = block.inputs.filter((port) => !isSupplied(port.name)).map(dimensionOf);
  const wanted = signalsOf(role, readout);
  if (
    wired.length !== wanted.length ||
    wired.some((dimension, index) => !sameDimension(dimension, wanted[index]))
  ) {
    const expected = `${inputList(wanted)}${role === 'readout' ? ` behind a crossbar with ${readout} read-out` : ''}`;
    report('binding.ports', place, { role, block: `${block.name} (${inputList(wired)})`, expected });
    return;
  }
  const supplied = role === 'readout' ? ['unit', 'gColumn', readout === 'current' ? 'rF' : 'gain'] : ['unit'];
  const lacking = block.inputs.find((port) => isSupplied(port.name) && !supplied.includes(port.name));
  if (lacking) {
    const expected = `no input but its signals and ${supplied.join(', ')}; "${lacking.name}" is not supplied`;
    report('binding.ports', place, { role, block: block.name, expected });
  }
}

function signalsOf(role: string, readout: string | undefined): readonly Dimension[] {
  if (role === 'product' || role === 'sum') return [volt, volt];
  if (role !== 'readout') return [volt];
  return readout === 'current' ? [ampere] : [volt, volt];
}

const isSupplied = (name: string): boolean => suppliedPorts.some((supplied) => supplied === name);

function dimensionOf(port: ast.Port): Dimension {
  const unit = port.unit === undefined ? undefined : parseUnit(port.unit);
  return unit?.ok ? unit.unit.dimension : dimensionless;
}

const inputList = (dimensions: readonly Dimension[]): string =>
  dimensions.length === 0 ? 'no signal' : `inputs in ${dimensions.map(formatDimension).join(' and ')}`;
