import { type Result, signOffLimit, type TransientResult } from '@memloom/sim-core';
import type { Style } from '../terminal/style.ts';
import { textTable } from '../terminal/text-table.ts';
import type { Artifacts } from './files.ts';
import { cellLegend, cellText, type MetricColumn, metricsTable } from './metrics.ts';
import { quantity, significant, spread } from './number.ts';
import { problemText } from './problem-text.ts';

/** What a user reads on the terminal after a run: metrics, expectations, arrays, warnings, where the files are. */
export function summary(result: Result, artifacts: Artifacts, style: Style): string {
  const { provenance, training } = result;
  const trained = training.epochs > 0 ? `, trained for ${training.epochs} epochs` : '';
  const sections = [
    [`${style.bold(result.experiment)}  ${style.dim(`seed ${provenance.seed}${trained}`)}`],
    metricLines(result, style),
    measurementLines(result, style),
    sweepLines(result),
    expectationLines(result, style),
    ...result.transients.map((transient) => scheduleLines(transient, style)),
    ...result.transients.map((transient) => signOffLines(transient, style)),
    arrayLines(result, style),
    result.warnings.map((warning) => `${style.yellow('warning')} ${problemText(warning)}`),
    [`Report   ${artifacts.report}`, style.dim(`Beside it: ${otherFiles(artifacts)}`)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function signOffLines({ hardware, signOff }: TransientResult, style: Style): readonly string[] {
  if (!signOff) return [];
  const worst = signOff.probes.reduce((a, b) => (b.error > a.error ? b : a));
  const agrees = worst.error <= signOffLimit;
  const verdict = agrees ? style.green('✓') : style.red('✗');
  return [
    `${verdict} Sign-off of ${hardware} by ${signOff.engine}: waveforms differ by at most ${significant(100 * worst.error, 3)} % of swing (${worst.name}; limit ${100 * signOffLimit} %)`,
  ];
}

function metricLines(result: Result, style: Style): readonly string[] {
  const { columns, rows } = metricsTable(result);
  if (columns.length === 0) return [];
  const heading = ({ name, unit }: MetricColumn) => (unit === '' ? name : `${name} (${unit})`);
  const shown = mainMetrics(columns);
  const [head, ...lines] = textTable([
    ['', ...shown.map((column) => heading(columns[column]))],
    ...rows.map((row) => [row.name, ...shown.map((column) => cellText(row.cells[column]))]),
  ]);
  return [
    style.dim(head),
    ...lines.map((text, at) => (rows[at].kind === 'baseline' ? style.dim(`${text}  baseline`) : text)),
    ...(rows.some(({ cells }) => cells.some((cell) => cell?.std)) ? [style.dim(cellLegend)] : []),
  ];
}

/** What analyses without a network measured: a row for each. */
function measurementLines({ measurements }: Result, style: Style): readonly string[] {
  if (measurements.length === 0) return [];
  const rows = measurements.map(({ name, unit, value }) => [
    name,
    unit === '1' ? significant(value) : quantity(value, unit),
  ]);
  return [style.dim('Measurements'), ...textTable(rows)];
}

/** As many metrics as a terminal has room for: the main one of test and training, then others of the test. */
function mainMetrics(columns: readonly MetricColumn[]): readonly number[] {
  const [main] = columns[0].name.split('.');
  const rank = ({ name }: MetricColumn) => (name.startsWith(`${main}.`) ? 0 : name.endsWith('.test') ? 1 : 2);
  return columns
    .map((_, column) => column)
    .sort((a, b) => rank(columns[a]) - rank(columns[b]))
    .slice(0, 4);
}

/** The test metrics and measurements that a sweep was made for: one row for each value. */
function sweepLines({ sweep, measurements }: Result): readonly string[] {
  if (!sweep) return [];
  const measured = new Set(measurements.map(({ name }) => name));
  const names = Object.keys(sweep.points[0]?.metrics ?? {}).filter(
    (name) => measured.has(name) || /\brmse\.test$|\baccuracy\.test$/.test(name),
  );
  const rows = sweep.points.map(({ text, metrics }) => [
    text,
    ...names.map((name) => (name in metrics ? spread(metrics[name], metrics[`${name}.std`] ?? 0) : '')),
  ]);
  return textTable([[sweep.parameter, ...names], ...rows]);
}

function expectationLines({ expectations }: Result, style: Style): readonly string[] {
  return expectations.map(({ text, value, holds }) => {
    const mark = holds ? style.green('✓') : style.red('✗');
    return `${mark} ${text}  ${style.dim(`measured ${significant(value)}`)}`;
  });
}

/** The phases of a time step: how long each lasts, what it needs, and the circuit that takes most of it. */
function scheduleLines({ hardware, schedule }: TransientResult, style: Style): readonly string[] {
  const rows = schedule.map(({ name, duration, needed, path }) => {
    const slowest = path.reduce((a, b) => (b.seconds > a.seconds ? b : a), { name: '', seconds: 0 });
    return [
      name,
      quantity(duration, 's'),
      `needs ${quantity(needed, 's')}`,
      slowest.seconds > 0 ? `of that ${slowest.name} ${quantity(slowest.seconds, 's')}` : '',
    ];
  });
  return [style.dim(`Phases of a time step on ${hardware}`), ...textTable(rows)];
}

function arrayLines({ arrays }: Result, style: Style): readonly string[] {
  if (arrays.length === 0) return [];
  const rows = arrays.map((array) => [
    `${array.hardware}.${array.layer}`,
    array.crossbar,
    `${array.rows} × ${array.columns}${array.dummyRows > 0 ? ` + ${array.dummyRows} dummy` : ''}`,
    `${array.devices} devices${array.tiles > 1 ? ` in ${array.tiles} tiles, ${(100 * array.utilisation).toFixed(0)} % used` : ''}`,
    `${quantity(array.siemensPerWeight, 'S')} per unit weight`,
  ]);
  return [style.dim('Crossbar arrays (rows × columns)'), ...textTable(rows)];
}

/** So many names can be read; the folder has them all. */
const mostFiles = 12;

function otherFiles({ report: _shown, tables, arrays, ...artifacts }: Artifacts): string {
  const names = [...Object.values<string>(artifacts), ...Object.values(tables), ...Object.values(arrays)];
  const files = names.map((path) => path.split(/[\\/]/).at(-1));
  const more = files.length > mostFiles ? `, and ${files.length - mostFiles} more` : '';
  return files.slice(0, mostFiles).join(', ') + more;
}
