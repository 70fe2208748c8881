import type { CrossbarElement, LineElement } from '../circuit/circuit.ts';
import { emit, type Place } from './assembler.ts';
import { bankAt, placeOf } from './emit.ts';
import { type LineProduct, op } from './instructions.ts';
import type { PhaseAssembly } from './machine.ts';

/**
 * The bit lines of one gate. In current read-out their current into a virtual ground, `I = Σ G·v`; in voltage read-out
 * their voltage, `C·dV/dt = Σ G·v - V·(Σ G + gGround)`, with the capacitance of the wire, or at once without.
 */
export function emitLine(assembly: PhaseAssembly, line: LineElement, index: number): void {
  const { assembler, code, circuit, lines, accounts } = assembly;
  const crossbar = circuit.crossbars.find(({ id }) => id === line.crossbar);
  if (!crossbar) throw new Error(`The circuit has no crossbar "${line.crossbar}".`);
  const size = line.bitLines.length;
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
  const devices = deviceSums(crossbar, line);
  const ground = Float64Array.from(line.bitLines, (bitLine) => crossbar.toGround[bitLine]);
  const total = assembler.constant(devices.map((sum, k) => sum + ground[k]));
  const current: Place = { address: assembler.reserve(size), stride: 1, constant: false };
  const open: Place = { address: assembler.reserve(size), stride: 1, constant: false };
  emit(code, op.lines, size, current, [{ address: number, stride: 0 }]);
  if (wireCapacitance > 0) {
    const farads = wireCapacitance * crossbar.wordLines;
    emit(code, op.divide, size, open, [current, total]);
    const constants = assembler.constant(devices.map((sum, k) => farads / (sum + ground[k])));
    emit(code, op.relax, size, output, [open, constants, assembler.constant(Infinity)]);
  } else emit(code, op.divide, size, output, [current, total]);
  const voltage = { address: output.address, devices, ground };
  accounts.push({ kind: 'line', element: index, size, product, squares, current: current.address, voltage });
}

/** Conductance of all devices on each bit line. */
const deviceSums = ({ conductance, bitLines, wordLines }: CrossbarElement, line: LineElement): Float64Array =>
  Float64Array.from(line.bitLines, (bitLine) => {
    let sum = 0;
    for (let row = 0; row < wordLines; row++) sum += conductance[row * bitLines + bitLine];
    return sum;
  });

/** The product of the row groups that meet the bit lines, and the sums `Σ G` that the word lines' power needs. */
function productOf(
  assembly: PhaseAssembly,
  crossbar: CrossbarElement,
  line: LineElement,
): { readonly product: LineProduct; readonly squares: Float64Array } {
  const { paired } = crossbar;
  const { conductance, bitLines: width } = crossbar;
  const groups: LineProduct['groups'][number][] = [];
  const matrix: number[] = [];
  const squares: number[] = [];
  for (const group of crossbar.rowGroups) {
    const rows = Array.from({ length: group.size }, (_, r) => group.first + r);
    const at = (row: number, bitLine: number) => conductance[row * width + bitLine];
    const pair = (r: number, bitLine: number) =>
      paired ? [at(2 * r, bitLine), at(2 * r + 1, bitLine)] : [at(r, bitLine), 0];
    if (!rows.some((r) => line.bitLines.some((bitLine) => pair(r, bitLine).some((g) => g > 0)))) continue;
    const driver =
      group.drivers.filter(({ phase }) => phase <= assembly.phase).at(-1) ?? group.drivers.at(-1);
    if (!driver) continue;
    const { address, stride } = placeOf(assembly, driver.signal);
    groups.push({ from: address, stride, count: group.size });
    for (const r of rows) {
      let sum = 0;
      for (const bitLine of line.bitLines) {
        const [plus, minus] = pair(r, bitLine);
        matrix.push(plus - minus);
        sum += plus + minus;
      }
      squares.push(sum);
    }
  }
  return {
    product: { groups, matrix: Float64Array.from(matrix) },
    squares: Float64Array.from(squares),
  };
}
