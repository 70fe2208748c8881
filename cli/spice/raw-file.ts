import type { SpiceVectors } from './engine.ts';

/**
 * The vectors of the first plot in an ngspice raw file (manual, section 15.4): header lines, then `Binary:` and the
 * points as little-endian float64, for complex plots in pairs, of which the magnitude is taken.
 */
export function readRawFile(bytes: Buffer): SpiceVectors {
  const mark = 'Binary:\n';
  const end = bytes.indexOf(mark);
  if (end < 0) return new Map();
  const header = bytes.toString('latin1', 0, end);
  const count = (key: string) => Number(new RegExp(`^${key}:\\s*(\\d+)`, 'm').exec(header)?.[1] ?? 0);
  const points = count('No\\. Points');
  const width = /^Flags:.*complex/m.test(header) ? 2 : 1;
  const names = [...header.slice(header.indexOf('Variables:')).matchAll(/^\s+\d+\s+(\S+)\s+\S+/gm)].map(
    ([, name]) => name.toLowerCase(),
  );
  const from = end + mark.length;
  const at = (point: number, variable: number, part: number) =>
    bytes.readDoubleLE(from + 8 * ((point * names.length + variable) * width + part));
  return new Map(
    names.map((name, variable) => [
      name,
      Float64Array.from({ length: points }, (_, point) =>
        width === 1 ? at(point, variable, 0) : Math.hypot(at(point, variable, 0), at(point, variable, 1)),
      ),
    ]),
  );
}
