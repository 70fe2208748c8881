/**
 * The published equations of the standard cells in plain double precision, one vector at a time, written without the
 * engine: Greff et al. (arXiv:1503.04069) for the LSTM and its variants, Cho et al. (arXiv:1406.1078) for the GRU in
 * both orders, Zhou et al. (arXiv:1603.09420) for the MGU.
 */
type Vector = readonly number[];
type Weights = ReadonlyMap<string, Float64Array>;
export type State = Readonly<Record<string, Vector>>;

const add = (...vectors: readonly Vector[]): Vector =>
  vectors[0].map((_, j) => vectors.reduce((sum, vector) => sum + vector[j], 0));
const times = (a: Vector, b: Vector): Vector => a.map((value, j) => value * b[j]);
const map = (fn: (x: number) => number, v: Vector): Vector => v.map(fn);
const sigma = (v: Vector): Vector => map((x) => 1 / (1 + Math.exp(-x)), v);
const tanh = (v: Vector): Vector => map(Math.tanh, v);
const ones = (m: number): Vector => new Array<number>(m).fill(1);
const oneMinus = (v: Vector): Vector => map((x) => 1 - x, v);

function reader(weights: Weights, layer: string, m: number) {
  const get = (name: string): Float64Array => {
    const values = weights.get(`${layer}.${name}`);
    if (!values) throw new Error(`no weights ${layer}.${name}`);
    return values;
  };
  return {
    product: (name: string, v: Vector): Vector =>
      ones(m).map((_, j) => v.reduce((sum, value, k) => sum + get(name)[k * m + j] * value, 0)),
    diagonal: (name: string, v: Vector): Vector => v.map((value, j) => get(name)[j] * value),
    vector: (name: string): Vector => [...get(name)],
  };
}

/** One step of a cell: the new state, where `h` is the output. */
function referenceStep(cell: string, weights: Weights, layer: string, x: Vector, state: State): State {
  const m = state.h.length;
  const { product, diagonal, vector } = reader(weights, layer, m);
  const { h } = state;
  const affine = (gate: string, recurrent: Vector = h, name = 'h') =>
    add(product(`${gate}.x`, x), product(`${gate}.${name}`, recurrent), vector(`${gate}.bias`));

  if (cell === 'Gru' || cell === 'GruResetBefore') {
    const u = sigma(affine('u'));
    const r = sigma(affine('r'));
    const n =
      cell === 'Gru'
        ? tanh(add(product('n.x', x), vector('n.bias'), times(r, add(product('n.h', h), vector('n.bias2')))))
        : tanh(affine('n', times(r, h), 'product'));
    return { h: add(times(u, h), times(oneMinus(u), n)) };
  }
  if (cell === 'Mgu') {
    const f = sigma(affine('f'));
    const z = tanh(affine('z', times(f, h), 'product'));
    return { h: add(times(oneMinus(f), h), times(f, z)) };
  }

  const { c } = state;
  const gates = (gate: string) =>
    cell === 'Fgr' ? ['i', 'f', 'o'].map((other) => product(`${gate}.${other}`, state[other])) : [];
  const peephole = (gate: string, cellState: Vector) =>
    cell === 'Np' ? [] : [diagonal(`${gate}.c`, cellState)];
  const z = cell === 'Niaf' ? affine('z') : tanh(affine('z'));
  const i = cell === 'Nig' ? ones(m) : sigma(add(affine('i'), ...gates('i'), ...peephole('i', c)));
  const f =
    cell === 'Nfg'
      ? ones(m)
      : cell === 'Cifg'
        ? oneMinus(i)
        : sigma(add(affine('f'), ...gates('f'), ...peephole('f', c)));
  const newC = add(times(z, i), times(c, f));
  const o = cell === 'Nog' ? ones(m) : sigma(add(affine('o'), ...gates('o'), ...peephole('o', newC)));
  const newH = times(cell === 'Noaf' ? newC : tanh(newC), o);
  return { c: newC, h: newH, i, f, o };
}

/** The outputs of a layer from zero state over a sequence of vectors. */
export function referenceSequence(
  cell: string,
  weights: Weights,
  layer: string,
  xs: readonly Vector[],
  m: number,
  reverse = false,
): readonly Vector[] {
  const zero = new Array<number>(m).fill(0);
  let state: State = { c: zero, h: zero, i: zero, f: zero, o: zero };
  const outputs: Vector[] = [];
  const steps = reverse ? xs.map((_, t) => xs.length - 1 - t) : xs.map((_, t) => t);
  for (const t of steps) {
    state = { ...state, ...referenceStep(cell, weights, layer, xs[t], state) };
    outputs[t] = state.h;
  }
  return outputs;
}

export const referenceDense = (weights: Weights, layer: string, v: Vector, units: number): Vector => {
  const w = weights.get(`${layer}.weight`) ?? new Float64Array();
  const bias = weights.get(`${layer}.bias`) ?? new Float64Array(units);
  return ones(units).map((_, j) => v.reduce((sum, value, k) => sum + w[k * units + j] * value, bias[j]));
};
