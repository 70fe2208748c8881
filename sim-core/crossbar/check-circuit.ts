import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import {
  type CrossbarCircuit,
  type Drives,
  endCount,
  endName,
  inArray,
  type LineEnd,
  lineEnds,
  terminalResistance,
} from './circuit.ts';

/** Everything that is wrong with a circuit's arrays and values, then whether every node has a definite voltage. */
export const checkCircuit = (circuit: CrossbarCircuit): Outcome<CrossbarCircuit> => {
  const shape = checkShapes(circuit);
  if (shape.length > 0) return failure(...inArray(circuit, shape));
  const values = checkValues(circuit);
  if (values.length > 0) return failure(...inArray(circuit, values));
  const nodes = [...checkShorts(circuit), ...checkFloating(circuit)];
  return nodes.length > 0 ? failure(...inArray(circuit, nodes)) : success(circuit);
};

/** Sizes and values of the sources' voltages. */
export const checkDrives = (circuit: CrossbarCircuit, drives: Drives): readonly Problem[] =>
  lineEnds.flatMap((end) => {
    const voltages = drives[end];
    return voltages ? inArray(circuit, checkDrive(circuit, end, voltages)) : [];
  });

const problem = (code: string, message: string, hint?: string): Problem => ({
  code: `crossbar.${code}`,
  message,
  hint,
});

const largestCells = 1 << 25;

const checkShapes = (circuit: CrossbarCircuit): readonly Problem[] => {
  const { rows, columns } = circuit;
  if (!isCount(rows) || !isCount(columns)) {
    const size = `${rows} × ${columns}`;
    return [problem('empty', `The crossbar is ${size}; it must have at least one row and one column.`)];
  }
  if (rows * columns > largestCells) {
    const message = `The crossbar has ${rows} × ${columns} cells, and more than ${largestCells} do not fit into memory.`;
    return [problem('too-large', message, 'Cut the matrix into tiles.')];
  }
  const sized: readonly [string, Float64Array | number, number, string][] = [
    ['conductance', circuit.conductance, rows * columns, 'rows × columns'],
    ['wordWire', circuit.wordWire, rows * (columns + 1), 'rows × (columns + 1)'],
    ['bitWire', circuit.bitWire, columns * (rows + 1), 'columns × (rows + 1)'],
    ...lineEnds.map((end): [string, Float64Array | number, number, string] => [
      end,
      circuit[end],
      endCount(circuit, end),
      'one per line',
    ]),
  ];
  return sized
    .filter(([, values, count]) => typeof values !== 'number' && values.length !== count)
    .map(([name, values, count, rule]) => {
      const found = typeof values === 'number' ? 1 : values.length;
      const message = `${name} has ${found} values; a ${rows} × ${columns} crossbar takes ${count} (${rule}).`;
      return problem('shape', message);
    });
};

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

const checkValues = (circuit: CrossbarCircuit): readonly Problem[] => {
  const { columns, rows } = circuit;
  const finite = Number.MAX_VALUE;
  const cell = (k: number) => `the cell in row ${Math.floor(k / columns)}, column ${k % columns}`;
  const segmentOf = (line: string, nodes: number) => (k: number) =>
    `segment ${k % (nodes + 1)} of ${line} line ${Math.floor(k / (nodes + 1))}`;
  return [
    ...checkEach('conductance', circuit.conductance, finite, cell, 'S'),
    ...checkEach('wordWire', circuit.wordWire, finite, segmentOf('word', columns), 'ohm'),
    ...checkEach('bitWire', circuit.bitWire, finite, segmentOf('bit', rows), 'ohm'),
    ...lineEnds.flatMap((end) => checkEach(end, circuit[end], Infinity, (line) => endName(end, line), 'ohm')),
  ];
};

/** One problem for an array beyond 0 .. most, which names the first offender and counts the others. */
const checkEach = (
  name: string,
  values: Float64Array | number,
  most: number,
  place: (index: number) => string,
  unit: string,
): readonly Problem[] => {
  const isValid = (value: number) => value >= 0 && value <= most;
  if (typeof values === 'number') {
    return isValid(values) ? [] : [problem('value', `${name} is ${values} ${unit}; ${valid(name)}.`)];
  }
  let first = 0;
  while (first < values.length && values[first] >= 0 && values[first] <= most) first++;
  if (first === values.length) return [];
  const others = values.reduce((count, value) => count + (isValid(value) ? 0 : 1), -1);
  const more = others > 0 ? `, and ${others} more are not valid either` : '';
  return [problem('value', `${name} of ${place(first)} is ${values[first]} ${unit}; ${valid(name)}${more}.`)];
};

const valid = (name: string): string => {
  if (name === 'conductance')
    return 'a conductance is finite and not negative, zero where there is no device';
  if (name === 'wordWire' || name === 'bitWire') return 'a wire resistance is finite and not negative';
  return 'a terminal resistance is not negative, infinite where the end floats';
};

const checkDrive = (circuit: CrossbarCircuit, end: LineEnd, voltages: Float64Array): readonly Problem[] => {
  const count = endCount(circuit, end);
  if (voltages.length !== count) {
    return [problem('shape', `The voltages at ${end} are ${voltages.length}; there are ${count} lines.`)];
  }
  const infinite = voltages.findIndex((v) => !Number.isFinite(v));
  if (infinite >= 0) {
    return [problem('value', `The voltage at ${endName(end, infinite)} is ${voltages[infinite]}.`)];
  }
  const adrift = voltages.findIndex(
    (v, line) => v !== 0 && terminalResistance(circuit[end], line) === Infinity,
  );
  if (adrift < 0) return [];
  const message = `There are ${voltages[adrift]} V at ${endName(end, adrift)}, which floats.`;
  return [problem('floating-drive', message, `Give ${end} a finite resistance there, or drive it with 0 V.`)];
};

const resistances = (circuit: CrossbarCircuit, isWord: boolean, line: number) => {
  const { rows, columns } = circuit;
  const [wire, nodes] = isWord ? [circuit.wordWire, columns] : [circuit.bitWire, rows];
  const first = terminalResistance(isWord ? circuit.wordLeft : circuit.bitTop, line);
  const last = terminalResistance(isWord ? circuit.wordRight : circuit.bitBottom, line);
  const total = () => {
    if (typeof wire === 'number') return wire * (nodes + 1);
    return wire.subarray(line * (nodes + 1), (line + 1) * (nodes + 1)).reduce((sum, r) => sum + r, 0);
  };
  return { first, last, total };
};

/** Lines that join two sources without any resistance: whatever the voltages are, the currents are not definite. */
const checkShorts = (circuit: CrossbarCircuit): readonly Problem[] =>
  directions(circuit).flatMap(({ isWord, name, count }) => {
    for (let line = 0; line < count; line++) {
      const { first, last, total } = resistances(circuit, isWord, line);
      if (first + last === 0 && total() === 0) {
        const message = `The two ends of ${name} line ${line} are joined without any resistance.`;
        return [
          problem('shorted-ends', message, 'Give the wire or a terminal a resistance, or float one end.'),
        ];
      }
    }
    return [];
  });

const directions = ({ rows, columns }: CrossbarCircuit) => [
  { isWord: true, name: 'word', count: rows },
  { isWord: false, name: 'bit', count: columns },
];

/** Lines from which no path leads to a terminal: their voltages are not definite. */
const checkFloating = (circuit: CrossbarCircuit): readonly Problem[] => {
  const { rows, columns } = circuit;
  const isAnchored = (isWord: boolean, line: number) => {
    const { first, last } = resistances(circuit, isWord, line);
    return first < Infinity || last < Infinity;
  };
  const reached = Uint8Array.from({ length: rows + columns }, (_, line) =>
    isAnchored(line < rows, line < rows ? line : line - rows) ? 1 : 0,
  );
  spread(circuit, reached);
  const lost = reached.indexOf(0);
  if (lost < 0) return [];
  const line = lost < rows ? `word line ${lost}` : `bit line ${lost - rows}`;
  const others = reached.reduce((count, found) => count + 1 - found, -1);
  const more = others > 0 ? ` The same holds for ${others} more lines.` : '';
  const message = `Nothing holds ${line} at a voltage: both ends float, and no device leads to a line with a terminal.${more}`;
  return [problem('floating-line', message, 'Give one of its ends a finite resistance.')];
};

/** Marks the lines that devices join to marked ones; word lines come first, bit lines after them. */
const spread = ({ rows, columns, conductance }: CrossbarCircuit, reached: Uint8Array): void => {
  if (!reached.includes(0)) return;
  const pending = [...reached.keys()].filter((line) => reached[line]);
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    const isWord = line < rows;
    const others = isWord ? columns : rows;
    for (let k = 0; k < others; k++) {
      const other = isWord ? rows + k : k;
      const cell = isWord ? line * columns + k : k * columns + line - rows;
      if (reached[other] || !(conductance[cell] > 0)) continue;
      reached[other] = 1;
      pending.push(other);
    }
  }
};
