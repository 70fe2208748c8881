import { describe, expect, it } from 'vitest';
import { openEngine } from '../../cli/spice/engine.ts';
import type { CrossbarDesign, CrossingDesign, DeviceDesign, SolveDesign } from '../../sim-core/index.ts';
import { writeNpy } from '../../sim-core/index.ts';
import { columnOf, device, request, resultOf, tableOf } from '../sim-core/analysis/request.ts';
import { unwrap } from '../sim-core/circuit/circuits.ts';
import { uniform } from '../sim-core/crossbar/circuits.ts';

const n = 8;
const [wordWire, bitWire, source, sense] = [12, 7, 90, 40];
const random = uniform(31);
const conductance = Float64Array.from({ length: n * n }, (_, k) => 1e-5 * 20 ** random(k));
/** Two word lines and a bit line float; the others stand between -0.7 V and 1.1 V. */
const drives = Float64Array.from({ length: n }, (_, k) =>
  k === 2 || k === 5 ? Number.NaN : -0.7 + 1.8 * random(100 + k),
);
const feet = Float64Array.from({ length: n }, (_, k) => (k === 6 ? Number.NaN : 0.1 * random(200 + k)));

const crossing: CrossingDesign = {
  kind: 'passive',
  gate: 1.9,
  gateThreshold: 0.55,
  transconductance: 6e-4,
  selectorCurrent: 2e-9,
  selectorVoltage: 0.06,
};
const crossbar = (cell: Partial<CrossingDesign>, name = ''): CrossbarDesign => ({
  id: 'crossbar:Gates',
  name: 'Gates',
  device: name,
  cell: { ...crossing, ...cell },
  tiling: true,
  partialSums: 'digital',
  sliceBits: 2,
  readout: 'current',
  coding: 'differential',
  pairs: 'rows',
  normalise: 'dummyRow',
  vRead: 0.1,
  wire: 0,
  wordWire,
  bitWire,
  source,
  sense,
  wireCapacitance: 0,
  load: 0,
});
const solve: SolveDesign = {
  id: 'experiment:bench/solve:Gates',
  name: 'Gates',
  kind: 'solve',
  crossbar: 'Gates',
  cells: { kind: 'file', file: 'g.npy', quantity: 'conductance' },
  drive: { kind: 'file', file: 'v.npy' },
  bitDrive: { kind: 'file', file: 'b.npy' },
  vectors: 1,
  details: 'all',
  files: 'both',
  nan: 'floating',
  zero: 'error',
};

/** A cell of the netlist: word node, bit node, its conductance at the read voltage, and a number for its names. */
type CellLines = (word: string, bit: string, g: number, k: number) => readonly string[];

const netlist = (cell: CellLines, models: readonly string[]): string => {
  const word = (row: number, column: number) => `w${row}_${column}`;
  const bit = (row: number, column: number) => `b${row}_${column}`;
  const lines = ['crossbar', ...models];
  for (let k = 0; k < n; k++) {
    if (!Number.isNaN(drives[k]))
      lines.push(`Vw${k} in${k} 0 ${drives[k]}`, `Rw${k} in${k} ${word(k, 0)} ${source + wordWire}`);
    if (!Number.isNaN(feet[k]))
      lines.push(`Vb${k} out${k} 0 ${feet[k]}`, `Rb${k} ${bit(n - 1, k)} out${k} ${sense + bitWire}`);
    for (let m = 1; m < n; m++)
      lines.push(
        `Rx${k}_${m} ${word(k, m - 1)} ${word(k, m)} ${wordWire}`,
        `Ry${k}_${m} ${bit(m - 1, k)} ${bit(m, k)} ${bitWire}`,
      );
    for (let m = 0; m < n; m++) lines.push(...cell(word(k, m), bit(k, m), conductance[k * n + m], k * n + m));
  }
  const nodes = Array.from({ length: n * n }, (_, k) => {
    const [row, column] = [Math.floor(k / n), k % n];
    return `v(${word(row, column)}) v(${bit(row, column)})`;
  });
  return [
    ...lines,
    '.options reltol=1e-10 abstol=1e-18 vntol=1e-13 gmin=1e-18 itl1=1000',
    `.save ${nodes.join(' ')}`,
    '.op',
    '.end',
    '',
  ].join('\n');
};

const sinhBelow = (scale: number, current: number): CellLines => {
  return (word, bit, g, k) => [
    `Rm${k} ${word} m${k} ${1 / g}`,
    `Bs${k} m${k} ${bit} i=${current}*sinh(v(m${k},${bit})/${scale})`,
  ];
};

/** I = a1·x·sinh(b·V) with x from the conductance at 0.1 V; beyond either end of the state in proportion. */
const b = 3;
const yakopcic: DeviceDesign = device('Sinh', 'yakopcic', { a1: 5e-5, a2: 5e-5, b });
const cases: readonly {
  readonly name: string;
  readonly crossbar: CrossbarDesign;
  readonly devices: readonly DeviceDesign[];
  readonly cell: CellLines;
  readonly models: readonly string[];
}[] = [
  {
    name: 'memristors that conduct as a hyperbolic sine',
    crossbar: crossbar({}, 'Sinh'),
    devices: [yakopcic],
    cell: (word, bit, g, k) => [
      `Bm${k} ${word} ${bit} i=${(g * 0.1) / Math.sinh(b * 0.1)}*sinh(${b}*v(${word},${bit}))`,
    ],
    models: [],
  },
  {
    name: 'transistors of the square law below memristors',
    crossbar: crossbar({ kind: 'transistor' }),
    devices: [],
    cell: (word, bit, g, k) => [
      `Rm${k} ${word} m${k} ${1 / g}`,
      `M${k} m${k} gate ${bit} body access W=1u L=1u`,
    ],
    models: [
      `.model access nmos(level=1 vto=${crossing.gateThreshold} kp=${crossing.transconductance} is=1e-30)`,
      `Vgate gate 0 ${crossing.gate}`,
      'Vbody body 0 -5',
    ],
  },
  {
    name: 'transistors that are resistors below memristors',
    crossbar: crossbar({ kind: 'transistor', onResistance: 2500 }),
    devices: [],
    cell: (word, bit, g, k) => [`Rm${k} ${word} m${k} ${1 / g}`, `Rt${k} m${k} ${bit} 2500`],
    models: [],
  },
  {
    name: 'selectors below memristors',
    crossbar: crossbar({ kind: 'selector' }),
    devices: [],
    cell: sinhBelow(crossing.selectorVoltage, crossing.selectorCurrent),
    models: [],
  },
  {
    name: 'selectors below memristors that conduct as a hyperbolic sine',
    crossbar: crossbar({ kind: 'selector' }, 'Sinh'),
    devices: [yakopcic],
    cell: (word, bit, g, k) => [
      `Bm${k} ${word} m${k} i=${(g * 0.1) / Math.sinh(b * 0.1)}*sinh(${b}*v(${word},m${k}))`,
      `Bs${k} m${k} ${bit} i=${crossing.selectorCurrent}*sinh(v(m${k},${bit})/${crossing.selectorVoltage})`,
    ],
    models: [],
  },
];

describe('solving a partly driven 8×8 array with wires agrees with ngspice at every node', () => {
  it.each(cases)('$name', { timeout: 60_000 }, async ({ crossbar: array, devices, cell, models }) => {
    const files = {
      'g.npy': writeNpy(conductance, [n, n]),
      'v.npy': writeNpy(drives, [1, n]),
      'b.npy': writeNpy(feet, [1, n]),
    };
    const result = resultOf(request(devices, [solve], { crossbars: [array], files }));
    const cells = tableOf(result, 'Gates.cells');
    const engine = unwrap(await openEngine());
    const spice = unwrap(await engine.run(netlist(cell, models)));
    for (const [side, node] of [
      ['wordVoltage', 'w'],
      ['bitVoltage', 'b'],
    ]) {
      const ours = columnOf(cells, side);
      for (let k = 0; k < n * n; k++) {
        const theirs = spice.get(`v(${node}${Math.floor(k / n)}_${k % n})`)?.[0] ?? Number.NaN;
        // ngspice prints seven digits.
        expect(Math.abs(ours[k] - theirs), `${node} ${k}`).toBeLessThan(1e-7);
      }
    }
    const bitLines = columnOf(tableOf(result, 'Gates.bitLines'), 'current');
    const most = Math.max(...bitLines.map(Math.abs));
    for (let k = 0; k < n; k++) {
      const foot = spice.get(`v(b${n - 1}_${k})`)?.[0] ?? Number.NaN;
      const current = Number.isNaN(feet[k]) ? 0 : (foot - feet[k]) / (sense + bitWire);
      expect(Math.abs(bitLines[k] - current), `bit line ${k}`).toBeLessThan(1e-6 * most);
    }
  });
});
