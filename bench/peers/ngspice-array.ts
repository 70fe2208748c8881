import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** N × N linear ion drift devices with a Joglekar window (p = 1), sines at the word lines, virtual ground below. */
export interface ArrayProblem {
  readonly size: number;
  /** Ohms of each segment of wire. */
  readonly wire: number;
  readonly rOn: number;
  readonly rOff: number;
  /** `mobility·rOn/thickness²`, per coulomb. */
  readonly drift: number;
  /** `[size][size]`. */
  readonly initial: Float64Array;
  /** Volts of each word line's sine. */
  readonly amplitudes: Float64Array;
  readonly frequency: number;
  readonly periods: number;
  readonly samples: number;
}

/** Seconds of the native ngspice, start and reading included, and the bit lines' currents `[samples][size]`. */
export function ngspiceArray(
  problem: ArrayProblem,
  pointsPerPeriod: number,
): { readonly seconds: number; readonly currents: Float64Array } | undefined {
  if (spawnSync('ngspice', ['--version']).error) {
    console.error('ngspice is not there: install it with apt-get install ngspice. Left out.');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
  try {
    const [input, output] = [join(folder, 'array.cir'), join(folder, 'currents')];
    writeFileSync(input, netlist(problem, pointsPerPeriod, output).join('\n'));
    const start = performance.now();
    spawnSync('ngspice', ['-b', input]);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, currents: readCurrents(readFileSync(output, 'utf8'), problem.size) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function netlist(problem: ArrayProblem, pointsPerPeriod: number, output: string): readonly string[] {
  const { size, wire, rOn, rOff, drift, initial, amplitudes, frequency, periods, samples } = problem;
  const lines = ['array of dynamic devices'];
  const all = Array.from({ length: size }, (_, k) => k);
  for (const r of all) {
    lines.push(`vin${r} w${r}_s 0 sin(0 ${amplitudes[r]} ${frequency})`);
    lines.push(`vo${r} b${r}_g 0 0`);
    for (const c of all) {
      lines.push(`rw${r}_${c} ${c === 0 ? `w${r}_s` : `w${r}_${c - 1}`} w${r}_${c} ${wire}`);
      lines.push(`rb${r}_${c} b${r}_${c} ${r === size - 1 ? `b${c}_g` : `b${r + 1}_${c}`} ${wire}`);
      const x = `v(x${r}_${c})`;
      const v = `v(w${r}_${c},b${r}_${c})`;
      const current = `${v}/(${rOn}*${x}+${rOff}*(1-${x}))`;
      lines.push(`bd${r}_${c} w${r}_${c} b${r}_${c} i = ${current}`);
      lines.push(`cx${r}_${c} x${r}_${c} 0 1 ic=${initial[r * size + c]}`);
      lines.push(`bx${r}_${c} 0 x${r}_${c} i = ${drift}*${current}*(1-(2*${x}-1)*(2*${x}-1))`);
      lines.push(`rx${r}_${c} x${r}_${c} 0 1e15`);
    }
  }
  const end = periods / frequency;
  const step = 1 / (frequency * pointsPerPeriod);
  const probes = all.map((c) => `i(vo${c})`).join(' ');
  return [
    ...lines,
    '.options reltol=1e-5 abstol=1e-15 vntol=1e-10',
    '.control',
    'set numdgt=12',
    `tran ${end / (samples - 1)} ${end} 0 ${step} uic`,
    `linearize ${probes}`,
    `wrdata ${output} ${probes}`,
    '.endc',
    '.end',
    '',
  ];
}

/** `wrdata` writes the time before each value. */
function readCurrents(text: string, size: number): Float64Array {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return Float64Array.from(rows.flatMap((row) => Array.from({ length: size }, (_, c) => row[2 * c + 1])));
}
