/** The figures of the README, from the rows of results.csv. */
import { drawFigure, frame } from '../../cli/report/chart/draw.ts';
import type { Series } from '../../cli/report/chart/figure.ts';
import { type ReadOutError, readOuts, type Sweep } from './compare.ts';

export interface Row extends ReadOutError {
  readonly sweep: string;
  readonly value: number;
  readonly readOut: (typeof readOuts)[number];
}

const names = {
  Current: 'current',
  VoltageDummy: 'voltage, dummy rows',
  VoltageAmplifier: 'voltage, amplifiers',
} as const;

const style = `svg{background:#fff}.grid{stroke:#e2e4e8;fill:none}.axis{stroke:#5b636d;fill:none}
text{font:12px system-ui,sans-serif;fill:#1c2024}.line,.dashed{fill:none;stroke:var(--c);stroke-width:1.8}
.dashed{stroke-dasharray:5 4}circle{fill:var(--c)}.c0{--c:#1f5fbf}.c1{--c:#d1490c}.c2{--c:#12805c}`;

/** Error over the swept property: as read with a full line, after calibration dashed. */
export function figureOf(sweep: Sweep, rows: readonly Row[]): string {
  const series = readOuts.flatMap((readOut, colour): Series[] => {
    const own = rows.filter((row) => row.sweep === sweep.name && row.readOut === readOut);
    const x = own.map(({ value }) => value);
    const line = { colour, x };
    return [
      { ...line, name: names[readOut], mark: 'line', y: own.map(({ asRead }) => asRead) },
      { ...line, name: '', mark: 'dashed', y: own.map(({ calibrated }) => calibrated || null) },
    ];
  });
  const title = `Read-out error over ${sweep.label}`;
  const drawn = drawFigure({
    id: sweep.name,
    title,
    caption: `${title}: as read (full) and after one gain for the array (dashed).`,
    x: { label: sweep.label, unit: sweep.unit, scale: 'log' },
    y: { label: 'relative error', unit: '', scale: 'log' },
    series,
  });
  const legend = readOuts.map(
    (readOut, k) =>
      `<g class="c${k}"><path class="line" d="M${frame.left + 14 + 170 * k} 26h22"/></g>` +
      `<text x="${frame.left + 42 + 170 * k}" y="30">${names[readOut]}</text>`,
  );
  return `${drawn
    .replace(
      / role="img" aria-labelledby="[^"]*"/,
      ` xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}"`,
    )
    .replace('>', `><style>${style}</style>`)
    .replace('</svg>', `${legend.join('')}</svg>`)}\n`;
}
