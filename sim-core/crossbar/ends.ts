import { type Chains, firstResistance, lastResistance, segment } from './chains.ts';

/** What is known of the lines of one direction when the currents at their ends are asked for. */
export interface LineState {
  readonly chains: Chains;
  /** Current that each cell takes out of its line, times `sign`, `[rows][columns]`. */
  readonly ofCell: Float64Array;
  /** Those of each line together, times `sign`. */
  readonly ofLine: Float64Array;
  /** +1 for word lines, from which currents through cells are counted; −1 for bit lines. */
  readonly sign: 1 | -1;
  /** How much rounding may have changed the sum of each line's currents, in ampere. */
  readonly blurOfLine: Float64Array;
  readonly drives: { readonly first?: Float64Array; readonly last?: Float64Array };
  readonly firstVoltage: (line: number) => number;
  readonly lastVoltage: (line: number) => number;
  /** Where refinement has found all currents already. */
  readonly exact?: LineCurrents;
}

/** Currents into each line through its two terminals, in ampere. */
export interface EndCurrents {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

export interface LineCurrents extends EndCurrents {
  /** As `segmentCurrents` gives them. */
  readonly segments: Float64Array;
}

/**
 * The current at an end follows from Ohm's law across the terminal, which loses digits when its resistance is small, or
 * from the sum of the currents through the line's cells, which loses digits when it is large. Each is taken where it
 * loses fewer.
 */
export const endCurrents = (state: LineState): EndCurrents => state.exact ?? estimate(state);

/** Whether some end's current has lost so many digits that the rest are fewer than are wanted. */
export const isBlurred = (state: LineState): boolean => estimate(state).blur > mostBlur;

const mostBlur = 1e-11;

const estimate = (state: LineState): EndCurrents & { readonly blur: number } => {
  const { chains } = state;
  const first = new Float64Array(chains.lines);
  const last = new Float64Array(chains.lines);
  let blur = 0;
  for (let line = 0; line < chains.lines; line++) {
    const kirchhoff = bySums(state, line);
    const before = better(kirchhoff.first, kirchhoff.error, {
      resistance: firstResistance(chains, line),
      source: state.drives.first?.[line] ?? 0,
      node: () => state.firstVoltage(line),
    });
    const behind = better(kirchhoff.last, kirchhoff.error, {
      resistance: lastResistance(chains, line),
      source: state.drives.last?.[line] ?? 0,
      node: () => state.lastVoltage(line),
    });
    first[line] = before.current;
    last[line] = behind.current;
    blur = Math.max(blur, blurOf(before), blurOf(behind));
  }
  return { first, last, blur };
};

interface End {
  readonly resistance: number;
  readonly source: number;
  readonly node: () => number;
}

interface Estimate {
  readonly current: number;
  /** How far off rounding may have put it, in ampere. */
  readonly error: number;
}

const blurOf = ({ current, error }: Estimate): number => (error > 0 ? error / Math.abs(current) : 0);

const better = (kirchhoff: number, error: number, { resistance, source, node }: End): Estimate => {
  if (resistance === Infinity) return { current: 0, error: 0 };
  if (resistance === 0) return { current: kirchhoff, error };
  const voltage = node();
  const ohmError = (Number.EPSILON * (Math.abs(voltage) + Math.abs(source))) / resistance;
  return ohmError < error
    ? { current: (source - voltage) / resistance, error: ohmError }
    : { current: kirchhoff, error };
};

const bySums = (state: LineState, line: number): { first: number; last: number; error: number } => {
  const { chains, sign } = state;
  const before = firstResistance(chains, line);
  const behind = lastResistance(chains, line);
  const drawn = sign * state.ofLine[line];
  const error = state.blurOfLine[line];
  if (before === Infinity) return { first: 0, last: behind === Infinity ? 0 : drawn, error };
  if (behind === Infinity) return { first: drawn, last: 0, error };
  // Kirchhoff's voltage law from source to source, each cell's current flowing over what lies before or behind it.
  let way = before;
  let over = 0;
  for (let node = 0; node < chains.nodes; node++) {
    if (node > 0) way += segment(chains, line, node);
    over += way * sign * state.ofCell[line * chains.cell.ofLine + node * chains.cell.ofNode];
  }
  const whole = way + behind;
  const difference = (state.drives.first?.[line] ?? 0) - (state.drives.last?.[line] ?? 0);
  const magnitude = Math.abs(state.drives.first?.[line] ?? 0) + Math.abs(state.drives.last?.[line] ?? 0);
  return {
    first: (difference + whole * drawn - over) / whole,
    last: (over - difference) / whole,
    error: error + (Number.EPSILON * magnitude) / whole,
  };
};

/**
 * Currents through the segments of each line, `[lines][nodes + 1]`, from its first end to its last: summed from cell to
 * cell, with what the iteration has left of Kirchhoff's law between the two ends spread evenly over the line's nodes.
 */
export const segmentCurrents = (state: LineState, ends: EndCurrents): Float64Array => {
  if (state.exact) return state.exact.segments;
  const { lines, nodes } = state.chains;
  const currents = new Float64Array(lines * (nodes + 1));
  for (let line = 0; line < lines; line++) {
    // From the end with less current towards the other, so that small sums come first.
    const isForward = Math.abs(ends.first[line]) <= Math.abs(ends.last[line]);
    (isForward ? sumForward : sumBackward)(state, ends, line, currents);
  }
  return currents;
};

const sumForward = (
  state: LineState,
  { first, last }: EndCurrents,
  line: number,
  out: Float64Array,
): void => {
  const { sign, ofCell, chains } = state;
  const { nodes, cell } = chains;
  const from = line * (nodes + 1);
  const share = (sign * state.ofLine[line] - first[line] - last[line]) / nodes;
  let current = first[line];
  out[from] = current;
  for (let k = 1, at = line * cell.ofLine; k < nodes; k++, at += cell.ofNode) {
    current -= sign * ofCell[at] - share;
    out[from + k] = current;
  }
  out[from + nodes] = -last[line];
};

const sumBackward = (
  state: LineState,
  { first, last }: EndCurrents,
  line: number,
  out: Float64Array,
): void => {
  const { sign, ofCell, chains } = state;
  const { nodes, cell } = chains;
  const from = line * (nodes + 1);
  const share = (sign * state.ofLine[line] - first[line] - last[line]) / nodes;
  let current = -last[line];
  out[from + nodes] = current;
  for (let k = nodes - 1, at = line * cell.ofLine + k * cell.ofNode; k > 0; k--, at -= cell.ofNode) {
    current += sign * ofCell[at] - share;
    out[from + k] = current;
  }
  out[from] = first[line];
};
