import type { CrossbarElement, LineElement } from '../circuit/circuit.ts';
import { hasWires } from '../circuit/moving-devices.ts';
import { devicesOf, lawOf, stateName } from '../transient/place-devices.ts';
import type { CircuitTarget } from '../transient/targets.ts';
import { voltsPerAmpere } from './block-subcircuit.ts';
import { arrayName } from './lines.ts';
import { stateNodes } from './moving-devices.ts';
import { type NetlistWriter, nodesOf, plainName } from './writer.ts';

/** A recorded column as a node of the netlist; 0 V stand for `zero`, and each volt for `perVolt` of the column's unit. */
export interface SavedColumn {
  readonly name: string;
  readonly node: string;
  readonly zero: number;
  readonly perVolt: number;
  /** Of a device's state: from its lowest to its highest value. */
  readonly span?: number;
}

/** The nodes that targets are, where the netlist has them or can compute them; lines that compute them are added. */
export function savedColumns(
  writer: NetlistWriter,
  targets: readonly CircuitTarget[],
): readonly SavedColumn[] {
  return targets.flatMap((target): readonly SavedColumn[] => {
    const { at, name, quantity } = target;
    const columns = (nodes: readonly string[], perVolt: number) =>
      nodes.map((node, k) => ({ name: `${name}[${k}]`, node, zero: 0, perVolt }));
    if (at.kind === 'bank') {
      const bank = writer.circuit.banks.find(({ id }) => id === at.bank);
      const nodes = nodesOf(writer, at.bank).slice(at.first, at.first + at.size);
      return columns(nodes, bank?.unit === 'A' ? 1 / voltsPerAmpere : 1);
    }
    if (at.kind === 'capacitor' && quantity === 'voltage') return columns(capacitorNodes(writer, target), 1);
    if (at.kind === 'line') return columns(lineNodes(writer, at.line), 1 / voltsPerAmpere);
    if (at.kind === 'devices' && quantity === 'state') return deviceStates(writer, name, at);
    return [];
  });
}

/** The states of the devices on a word line. */
function deviceStates(
  { circuit }: NetlistWriter,
  name: string,
  { line, crossbar, wordLine }: Extract<CircuitTarget['at'], { kind: 'devices' }>,
): readonly SavedColumn[] {
  const { moving } = crossbar;
  if (!moving) return [];
  const { states } = lawOf(moving);
  const array = arrayName(circuit, crossbar);
  return devicesOf(line, crossbar)
    .filter((device) => device.wordLine === wordLine)
    .flatMap((device) =>
      stateNodes(moving, array, crossbar, device).map((node, j) => ({
        name: stateName(name, states, j, device.unit),
        node,
        zero: states[j].low,
        perVolt: states[j].high - states[j].low,
        span: states[j].high - states[j].low,
      })),
    );
}

/** Nodes that follow the capacitor of a memory which is charged in the present time step, or the capacitors themselves. */
function capacitorNodes(writer: NetlistWriter, { at, name }: CircuitTarget): readonly string[] {
  if (at.kind !== 'capacitor') return [];
  const { element } = at;
  if (element.kind === 'hold') return nodesOf(writer, element.output);
  if (element.kind === 'multiplexed')
    return element.slots.flatMap(({ output }) =>
      output.kind === 'nodes'
        ? nodesOf(writer, output.bank).slice(output.first, output.first + output.size)
        : [],
    );
  if (element.kind !== 'memory') return [];
  return nodesOf(writer, element.next).map((node, k) => {
    const own = `probe_${plainName(name)}_${k}`;
    writer.lines.push(`B${own} ${own} 0 V=V(even)*V(${node}_held_a)+(1-V(even))*V(${node}_held_b)`);
    return own;
  });
}

/** Nodes that carry the current which the devices of each bit line give it. */
function lineNodes(writer: NetlistWriter, line: LineElement): readonly string[] {
  const { circuit } = writer;
  const crossbar = circuit.crossbars.find(({ id }) => id === line.crossbar);
  if (!crossbar) return [];
  if (crossbar.design.readout === 'current') return nodesOf(writer, line.output);
  if (hasWires(crossbar) || crossbar.moving) return [];
  const array = arrayName(circuit, crossbar);
  return line.bitLines.map((bitLine, k) => {
    const own = `probe_${plainName(line.name)}_${k}_current`;
    const terms = currentsInto(crossbar, array, bitLine);
    writer.lines.push(`B${own} ${own} 0 V=${voltsPerAmpere}*(${terms.join('+') || '0'})`);
    return own;
  });
}

const currentsInto = (
  { wordLines, bitLines, conductance }: CrossbarElement,
  array: string,
  bitLine: number,
) =>
  Array.from({ length: wordLines }, (_, row) => ({ row, siemens: conductance[row * bitLines + bitLine] }))
    .filter(({ siemens }) => siemens > 0)
    .map(({ row, siemens }) => `${siemens}*(V(${array}_w${row})-V(${array}_b${bitLine}))`);
