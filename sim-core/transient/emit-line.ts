import type { CrossbarElement, LineElement, MovingDevices } from '../circuit/circuit.ts';
import { emit, type Place } from './assembler.ts';
import { deviceLine } from './device-line.ts';
import { bankAt, placeOf } from './emit.ts';
import { type LineProduct, op } from './instructions.ts';
import type { PhaseAssembly } from './machine.ts';
import { type NoiseSource, thermalVariance } from './noise.ts';
import { devicesOf, lawOf } from './place-devices.ts';

/**
 * The bit lines of one gate. In current read-out their current into a virtual ground, `I = Σ G·v`; in voltage read-out
 * their voltage, `C·dV/dt = Σ G·v - V·gColumn`, with the capacitance of the wire at the bit line's foot, or at once without. G
 * and gColumn are what acts behind the resistance of the wires; the energy of the devices is taken as if wires were
 * ideal.
 */
export function emitLine(assembly: PhaseAssembly, line: LineElement, index: number): void {
  const { assembler, code, circuit, lines, accounts } = assembly;
  const crossbar = circuit.crossbars.find(({ id }) => id === line.crossbar);
  if (!crossbar) throw new Error(`The circuit has no crossbar "${line.crossbar}".`);
  const size = line.bitLines.length;
  if (crossbar.moving) {
    emitDevices(assembly, line, crossbar, crossbar.moving, index);
    return;
  }
  const { product, squares } = productOf(assembly, crossbar, line);
  const number = lines.push(product) - 1;
  const output = bankAt(assembly, line.output);
  const { readout, wireCapacitance } = crossbar.design;
  if (readout === 'current') {
    emit(code, op.lines, size, output, [{ address: number, stride: 0 }]);
    accounts.push({
      kind: 'line',
      element: index,
      size,
      product,
      squares,
      current: output.address,
      voltage: undefined,
    });
    return;
  }
  const total = assembler.constant(line.columnConductance);
  const current: Place = { address: currentAt(assembly, line), stride: 1, constant: false };
  const open: Place = { address: assembler.reserve(size), stride: 1, constant: false };
  emit(code, op.lines, size, current, [{ address: number, stride: 0 }]);
  if (wireCapacitance > 0) {
    const farads = wireCapacitance * crossbar.wordLines;
    emit(code, op.divide, size, open, [current, total]);
    const constants = assembler.constant(line.columnConductance.map((siemens) => farads / siemens));
    emit(code, op.relax, size, output, [open, constants, assembler.constant(Infinity)]);
    assembly.noise.push(lineNoise(output.address, line, farads, index));
  } else emit(code, op.divide, size, output, [current, total]);
  const voltage = { address: output.address, conductance: line.columnConductance };
  accounts.push({ kind: 'line', element: index, size, product, squares, current: current.address, voltage });
}

/** The same of devices whose states move. */
function emitDevices(
  assembly: PhaseAssembly,
  line: LineElement,
  crossbar: CrossbarElement,
  moving: MovingDevices,
  index: number,
): void {
  const { assembler, code, accounts, devices, hidden } = assembly;
  const placed = devicesOf(line, crossbar);
  const units = line.bitLines.length;
  const output = bankAt(assembly, line.output);
  const { readout, wireCapacitance } = crossbar.design;
  const power = assembler.reserve(2);
  const words = wordLines(assembly, crossbar);
  const number = devices.push(
    deviceLine({
      device: lawOf(moving),
      from: Int32Array.from({ length: units + 1 }, (_, k) => placed.filter(({ unit }) => unit < k).length),
      word: Int32Array.from(placed, ({ wordLine }) => words[wordLine].address),
      sign: Float64Array.from(placed, ({ wordLine }) => words[wordLine].sign),
      scale: Float64Array.from(placed, ({ cell }) => moving.scale[cell]),
      states: hidden.get(`${line.id}/devices`) ?? 0,
      foot:
        readout === 'voltage'
          ? {
              farads: wireCapacitance * crossbar.wordLines,
              toGround: Float64Array.from(line.bitLines, (bitLine) => crossbar.toGround[bitLine]),
            }
          : undefined,
      output: output.address,
      current: currentAt(assembly, line),
      power,
    }),
  );
  if (readout === 'voltage' && wireCapacitance > 0)
    assembly.noise.push(lineNoise(output.address, line, wireCapacitance * crossbar.wordLines, index));
  emit(code, op.devices, units, output, [{ address: number - 1, stride: 0 }]);
  accounts.push({ kind: 'devices', element: index, power });
}

/** Thermal noise of the devices and loads of bit lines; devices that move count as they were programmed. */
const lineNoise = (
  address: number,
  { columnConductance }: LineElement,
  farads: number,
  element: number,
): NoiseSource => ({
  address,
  variance: columnConductance.map(() => thermalVariance(farads)),
  rate: columnConductance.map((siemens) => siemens / farads),
  capacitor: { farads: columnConductance.map(() => farads), element },
});

/** What drives each word line in a phase. */
function wordLines(
  assembly: PhaseAssembly,
  { rowGroups, paired, wordLines: count }: CrossbarElement,
): readonly { readonly address: number; readonly sign: number }[] {
  const rest = assembly.assembler.constant(0).address;
  const lines = Array.from({ length: count }, () => ({ address: rest, sign: 1 }));
  for (const { first, size, drivers } of rowGroups) {
    const driver = driverIn(assembly, drivers);
    if (!driver) continue;
    const { address, stride } = placeOf(assembly, driver.signal);
    for (let r = 0; r < size; r++) {
      const at = address + r * stride;
      if (!paired) lines[first + r] = { address: at, sign: 1 };
      else {
        lines[2 * (first + r)] = { address: at, sign: 1 };
        lines[2 * (first + r) + 1] = { address: at, sign: -1 };
      }
    }
  }
  return lines;
}

type Drivers = CrossbarElement['rowGroups'][number]['drivers'];

/** A driver holds its lines until the next one takes over; before the first of a time step, the last one does. */
const driverIn = ({ phase }: PhaseAssembly, drivers: Drivers): Drivers[number] | undefined =>
  drivers.filter((driver) => driver.phase <= phase).at(-1) ?? drivers.at(-1);

/** Where the currents are that the devices of a line give to their bit lines; the same in every phase. */
function currentAt({ assembler, hidden }: PhaseAssembly, { id, bitLines }: LineElement): number {
  const key = `${id}/current`;
  const standing = hidden.get(key);
  if (standing !== undefined) return standing;
  const address = assembler.reserve(bitLines.length);
  hidden.set(key, address);
  return address;
}

/** The product of the row groups that meet the bit lines, and the sums `Σ G` that the word lines' power needs. */
function productOf(
  assembly: PhaseAssembly,
  crossbar: CrossbarElement,
  line: LineElement,
): { readonly product: LineProduct; readonly squares: Float64Array } {
  const { conductance, bitLines: width, paired } = crossbar;
  const groups: LineProduct['groups'][number][] = [];
  const matrix: number[] = [];
  const squares: number[] = [];
  const units = line.bitLines.length;
  const devicesAt = (row: number, bitLine: number) =>
    paired
      ? conductance[2 * row * width + bitLine] + conductance[(2 * row + 1) * width + bitLine]
      : conductance[row * width + bitLine];
  for (const group of crossbar.rowGroups) {
    const from = group.first * units;
    const acting = line.transfer.subarray(from, from + group.size * units);
    const sums = Array.from({ length: group.size }, (_, r) =>
      line.bitLines.reduce((sum, bitLine) => sum + devicesAt(group.first + r, bitLine), 0),
    );
    if (acting.every((siemens) => siemens === 0) && sums.every((sum) => sum === 0)) continue;
    const driver = driverIn(assembly, group.drivers);
    if (!driver) continue;
    const { address, stride } = placeOf(assembly, driver.signal);
    groups.push({ from: address, stride, count: group.size });
    for (const siemens of acting) matrix.push(siemens);
    for (const sum of sums) squares.push(sum);
  }
  return {
    product: { groups, matrix: Float64Array.from(matrix) },
    squares: Float64Array.from(squares),
  };
}
