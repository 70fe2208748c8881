/** N × N devices with one ohm per segment of wire, driven left, sensed at the bottom into virtual ground. */
export interface CrossbarProblem {
  readonly size: number;
  /** `[size][size]` in siemens. */
  readonly conductance: Float64Array;
  /** `[count][size]` in volt. */
  readonly vectors: Float64Array;
}

export interface CrossbarAnswer {
  readonly seconds: number;
  /** `[count][size]` in ampere. */
  readonly currents: Float64Array;
}

export interface CrossbarPeer {
  readonly name: string;
  /** Undefined, after a line on standard error, where the peer is not to be had. */
  solve(problem: CrossbarProblem): Promise<CrossbarAnswer | undefined>;
}

/** The operating point as a netlist: each bit line ends in a voltage source of nothing, which is an ammeter. */
export function netlist({ size, conductance, vectors }: CrossbarProblem): readonly string[] {
  const lines: string[] = [];
  for (let i = 0; i < size; i++) {
    lines.push(`V${i} s${i} 0 ${vectors[i]}`, `RS${i} s${i} w${i}_0 1`, `RB${i} b${size - 1}_${i} o${i} 1`);
    lines.push(`VO${i} o${i} 0 0`);
    for (let j = 0; j < size; j++) {
      lines.push(`RC${i}_${j} w${i}_${j} b${i}_${j} ${1 / conductance[i * size + j]}`);
      if (j > 0) lines.push(`RW${i}_${j} w${i}_${j - 1} w${i}_${j} 1`);
      if (i > 0) lines.push(`RV${i}_${j} b${i - 1}_${j} b${i}_${j} 1`);
    }
  }
  return lines;
}
