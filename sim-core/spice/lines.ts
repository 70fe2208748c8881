import type { Circuit, CrossbarElement, LineElement } from '../circuit/circuit.ts';
import { hasWires } from '../circuit/moving-devices.ts';
import { voltsPerAmpere } from './block-subcircuit.ts';
import { selected } from './elements.ts';
import { spiceNumber } from './expression.ts';
import { deviceInstance } from './moving-devices.ts';
import { type NetlistWriter, nodesOf, plainName } from './writer.ts';

/** Word lines with their drivers and the devices of one array, written with the first line that reads it. */
function writeCrossbar(writer: NetlistWriter, crossbar: CrossbarElement, name: string): void {
  const { lines, circuit } = writer;
  const { paired, rowGroups, wordLines, bitLines, conductance, toGround, design } = crossbar;
  lines.push(`* array ${crossbar.name}: ${wordLines} word lines, ${bitLines} bit lines of ${design.name}`);
  for (const group of rowGroups) {
    const drivers = [...group.drivers].sort((a, b) => a.phase - b.phase);
    for (let k = 0; k < group.size; k++) {
      const row = group.first + k;
      const inputs = drivers.map(({ signal }, index) => ({
        phases: drivenPhases(drivers, index, circuit.phases.length),
        signal,
      }));
      const voltage = selected(writer, inputs, k);
      if (!paired) lines.push(`B${name}_w${row} ${name}_w${row} 0 V=${voltage}`);
      else
        lines.push(
          `B${name}_w${2 * row} ${name}_w${2 * row} 0 V=${voltage}`,
          `B${name}_w${2 * row + 1} ${name}_w${2 * row + 1} 0 V=-(${voltage})`,
        );
    }
  }
  for (let row = 0; row < wordLines; row++)
    for (let column = 0; column < bitLines; column++) {
      const cell = row * bitLines + column;
      const siemens = conductance[cell];
      if (crossbar.moving && crossbar.moving.scale[cell] > 0)
        lines.push(deviceInstance(crossbar.moving, name, { row, column, cell }));
      else if (siemens > 0)
        lines.push(`R${name}_${row}_${column} ${name}_w${row} ${name}_b${column} ${1 / siemens}`);
    }
  for (let column = 0; column < bitLines; column++)
    writeFoot(writer, crossbar, name, column, toGround[column]);
}

/** The voltage of each operand element, in front of the word lines' wires. */
function writeOperands(writer: NetlistWriter, crossbar: CrossbarElement, name: string): void {
  const { lines, circuit } = writer;
  lines.push(
    `* array ${crossbar.name} of ${crossbar.design.name}: the conductances that act between operands and bit lines behind`,
    '* the resistance of the wires, from the exact solution of the array',
  );
  for (const group of crossbar.rowGroups) {
    const drivers = [...group.drivers].sort((a, b) => a.phase - b.phase);
    for (let k = 0; k < group.size; k++) {
      const inputs = drivers.map(({ signal }, index) => ({
        phases: drivenPhases(drivers, index, circuit.phases.length),
        signal,
      }));
      const node = `${name}_v${group.first + k}`;
      lines.push(`B${node} ${node} 0 V=${selected(writer, inputs, k)}`);
    }
  }
}

/** The bit lines of one gate behind resistive wires: `I = Σ G·v`, `C·dV/dt = Σ G·v - V·gColumn`. */
function writeActing(
  writer: NetlistWriter,
  { transfer, columnConductance, output }: LineElement,
  { design, rowGroups, wordLines }: CrossbarElement,
  name: string,
): void {
  const nodes = nodesOf(writer, output);
  const rows = rowGroups.flatMap(({ first, size }) => Array.from({ length: size }, (_, k) => first + k));
  nodes.forEach((node, k) => {
    const terms = rows.flatMap((row) => {
      const siemens = transfer[row * nodes.length + k];
      return siemens === 0 ? [] : [`${spiceNumber(siemens)}*V(${name}_v${row})`];
    });
    const current = terms.join('+') || '0';
    if (design.readout === 'current') {
      writer.lines.push(`B${node} ${node} 0 V=${voltsPerAmpere}*(${current})`);
      return;
    }
    const farads = design.wireCapacitance * wordLines;
    writer.lines.push(
      `B${node} 0 ${node} I=${current}`,
      `R${node} ${node} 0 ${1 / columnConductance[k]}`,
      ...(farads > 0 ? [`C${node} ${node} 0 ${farads} ic=0`] : []),
    );
  });
}

/** What is at the foot of a bit line: a virtual ground that senses its current, or its load and its wire's capacitance. */
function writeFoot(
  { lines }: NetlistWriter,
  { design, wordLines }: CrossbarElement,
  name: string,
  column: number,
  siemens: number,
): void {
  const node = `${name}_b${column}`;
  if (design.readout === 'current') {
    lines.push(`V${node} ${node} 0 0`);
    return;
  }
  if (siemens > 0) lines.push(`Rground_${node} ${node} 0 ${1 / siemens}`);
  const farads = design.wireCapacitance * wordLines;
  if (farads > 0) lines.push(`C${node} ${node} 0 ${farads} ic=0`);
}

/** A driver holds its lines until the next one takes over; before the first of a time step, the last one does. */
function drivenPhases(
  drivers: readonly { readonly phase: number }[],
  index: number,
  count: number,
): readonly number[] {
  const last = drivers.length - 1;
  return Array.from({ length: count }, (_, phase) => phase).filter((phase) => {
    const current = drivers.findLastIndex((driver) => driver.phase <= phase);
    return (current < 0 ? last : current) === index;
  });
}

/** What begins the names of an array's nodes. */
export const arrayName = ({ crossbars }: Circuit, crossbar: CrossbarElement): string =>
  plainName(`array_${crossbar.name}_${crossbars.indexOf(crossbar)}`);

/** The bit lines of one gate, as voltages, or as voltages that stand for currents. */
export function writeLine(writer: NetlistWriter, line: LineElement): void {
  const { circuit, lines } = writer;
  const crossbar = circuit.crossbars.find(({ id }) => id === line.crossbar);
  if (!crossbar) throw new Error(`The circuit has no crossbar "${line.crossbar}".`);
  const name = arrayName(circuit, crossbar);
  const first = circuit.elements.find(
    (element) => element.kind === 'line' && element.crossbar === line.crossbar,
  );
  if (hasWires(crossbar)) {
    if (first === line) writeOperands(writer, crossbar, name);
    writeActing(writer, line, crossbar, name);
    return;
  }
  if (first === line) writeCrossbar(writer, crossbar, name);
  nodesOf(writer, line.output).forEach((node, k) => {
    const bitLine = `${name}_b${line.bitLines[Math.min(k, line.bitLines.length - 1)]}`;
    lines.push(
      crossbar.design.readout === 'current'
        ? `H${node} ${node} 0 V${bitLine} ${spiceNumber(voltsPerAmpere)}`
        : `E${node} ${node} 0 ${bitLine} 0 1`,
    );
  });
}
