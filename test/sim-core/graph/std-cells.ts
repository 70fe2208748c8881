import {
  type CellDesign,
  type Design,
  designVersion,
  type LayerDesign,
  type Size,
} from '../../../sim-core/design/design.ts';
import { readExpression } from './expression-text.ts';

/** The standard cells, restated for tests of the engine alone. */
const lstm = {
  i: 'sigmoid(vmm(x, h, 1) + peephole(c))',
  f: 'sigmoid(vmm(x, h, 1) + peephole(c))',
  z: 'tanh(vmm(x, h, 1))',
  "c'": 'f * c + i * z',
  o: "sigmoid(vmm(x, h, 1) + peephole(c'))",
  "h'": "o * tanh(c')",
};
const gru = {
  u: 'sigmoid(vmm(x, h, 1))',
  r: 'sigmoid(vmm(x, h, 1))',
  n: 'tanh(vmm(x, 1) + r * vmm(h, 1))',
  "h'": 'u * h + (1 - u) * n',
};

export const cellTexts: Readonly<
  Record<string, { readonly states: readonly string[]; readonly equations: Readonly<Record<string, string>> }>
> = {
  Lstm: { states: ['c', 'h'], equations: lstm },
  Nig: { states: ['c', 'h'], equations: { ...lstm, i: '1' } },
  Nfg: { states: ['c', 'h'], equations: { ...lstm, f: '1' } },
  Nog: { states: ['c', 'h'], equations: { ...lstm, o: '1' } },
  Niaf: { states: ['c', 'h'], equations: { ...lstm, z: 'vmm(x, h, 1)' } },
  Noaf: { states: ['c', 'h'], equations: { ...lstm, "h'": "o * c'" } },
  Cifg: { states: ['c', 'h'], equations: { ...lstm, f: '1 - i' } },
  Np: {
    states: ['c', 'h'],
    equations: {
      ...lstm,
      i: 'sigmoid(vmm(x, h, 1))',
      f: 'sigmoid(vmm(x, h, 1))',
      o: 'sigmoid(vmm(x, h, 1))',
    },
  },
  Fgr: {
    states: ['c', 'h', 'i', 'f', 'o'],
    equations: {
      "i'": 'sigmoid(vmm(x, h, i, f, o, 1) + peephole(c))',
      "f'": 'sigmoid(vmm(x, h, i, f, o, 1) + peephole(c))',
      z: 'tanh(vmm(x, h, 1))',
      "c'": "f' * c + i' * z",
      "o'": "sigmoid(vmm(x, h, i, f, o, 1) + peephole(c'))",
      "h'": "o' * tanh(c')",
    },
  },
  Gru: { states: ['h'], equations: gru },
  GruResetBefore: { states: ['h'], equations: { ...gru, n: 'tanh(vmm(x, r * h, 1))' } },
  Mgu: {
    states: ['h'],
    equations: {
      f: 'sigmoid(vmm(x, h, 1))',
      z: 'tanh(vmm(x, f * h, 1))',
      "h'": '(1 - f) * h + f * z',
    },
  },
};

const size = (dimension: string): Size => ({ constant: 0, terms: { [dimension]: 1 } });

export function cellOf(
  name: string,
  { states, equations }: (typeof cellTexts)[string],
  initial: Readonly<Record<string, number>> = {},
): CellDesign {
  const sizes: Record<string, Size> = { x: size('n') };
  for (const key of [...states, ...Object.keys(equations)]) sizes[key.replace("'", '')] = size('m');
  return {
    id: `cell:${name}`,
    name,
    dimensions: ['n', 'm'],
    inputs: [{ name: 'x', size: size('n') }],
    outputs: [{ name: 'h', size: size('m') }],
    states: states.map((state) => ({ name: state, size: size('m'), initial: initial[state] ?? 0 })),
    equations: Object.entries(equations).map(([left, right]) => {
      const gate = left.replace("'", '');
      return {
        id: `cell:${name}/${gate}`,
        name: gate,
        next: left.endsWith("'"),
        value: readExpression(right, gate, sizes),
        size: size('m'),
      };
    }),
  };
}

const stdCells: readonly CellDesign[] = Object.entries(cellTexts).map(([name, text]) => cellOf(name, text));

/** A layer without its identity. */
type LayerText = LayerDesign extends infer L
  ? L extends LayerDesign
    ? Omit<L, 'id' | 'name'>
    : never
  : never;

export const cell = (cellName: string, inputs: readonly string[], m: number, reverse = false): LayerText => ({
  kind: 'cell',
  cell: cellName,
  inputs,
  dimensions: { m },
  reverse,
});
export const dense = (inputs: readonly string[], units: number, bias = true): LayerText => ({
  kind: 'dense',
  inputs,
  units,
  bias,
});
export const last = (input: string, reverse = false): LayerText => ({
  kind: 'last',
  inputs: [input],
  reverse,
});

/** A design with one network "net" of one input `x`, and the standard cells beside any others. */
export function designOf(
  inputSize: number,
  layers: Readonly<Record<string, LayerText>>,
  output: { readonly name: string; readonly size: number },
  cells: readonly CellDesign[] = [],
): Design {
  return {
    version: designVersion,
    devices: [],
    crossbars: [],
    blocks: [],
    cells: [...stdCells, ...cells],
    hardware: [],
    networks: [
      {
        id: 'network:net',
        name: 'net',
        inputs: [{ name: 'x', size: inputSize }],
        outputs: [output],
        layers: Object.entries(layers).map(([name, layer]) => ({
          ...layer,
          id: `network:net/${name}`,
          name,
        })),
      },
    ],
    datasets: [],
    experiments: [],
  };
}
