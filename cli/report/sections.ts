import type { Result } from '@memloom/sim-core';
import { cellLegend, cellText, metricsTable } from '../result/metrics.ts';
import { quantity, significant } from '../result/number.ts';
import { problemText } from '../result/problem-text.ts';
import { escapeHtml, table } from './html.ts';
import type { ReportContext } from './report.ts';

export const heading = {
  title: (result: Result): string => `${escapeHtml(result.experiment)} · Memloom`,

  section(result: Result, { experiment, file }: ReportContext): string {
    const failed = result.expectations.filter(({ holds }) => !holds).length;
    const count = result.expectations.length;
    const verdict =
      count === 0
        ? ''
        : failed === 0
          ? `<p class="verdict good">✓ ${count === 1 ? 'The expectation holds' : `All ${count} expectations hold`}</p>`
          : `<p class="verdict bad">✗ ${failed} of ${count} expectations ${failed === 1 ? 'fails' : 'fail'}</p>`;
    const facts = [
      ...(experiment.network === undefined ? [] : [`network ${experiment.network}`]),
      ...(experiment.data === undefined ? [] : [`data ${experiment.data}`]),
      `seed ${result.provenance.seed}`,
      `Memloom ${result.provenance.version}`,
    ];
    return (
      `<header><h1>${escapeHtml(result.experiment)}</h1><p><code>${escapeHtml(file)}</code></p>` +
      `<p>${escapeHtml(facts.join(' · '))}</p>${verdict}</header>`
    );
  },
};

export function metrics(result: Result): string {
  const { columns, rows } = metricsTable(result);
  if (columns.length === 0) return '';
  const trials = result.predictions.some(({ std }) => std.some((value) => value > 0));
  return `<section><h2>Metrics</h2>${table(
    trials ? `On hardware: ${cellLegend}.` : 'Of each network and baseline.',
    [
      { heading: 'Metric' },
      ...rows.map(({ name, kind }) => ({
        heading: kind === 'baseline' ? `${name} (baseline)` : name,
        numeric: true,
      })),
    ],
    columns.map(({ name, unit }, column) => [
      unit ? `${name} (${unit})` : name,
      ...rows.map(({ cells }) => cellText(cells[column])),
    ]),
  )}</section>`;
}

/** What analyses without a network measured. */
export function measurements({ measurements }: Result): string {
  if (measurements.length === 0) return '';
  return `<section><h2>Measurements</h2>${table(
    'Of the analyses, in the order of their tables.',
    [{ heading: 'Measurement' }, { heading: 'Value', numeric: true }],
    measurements.map(({ name, unit, value }) => [
      name,
      unit === '1' ? significant(value) : quantity(value, unit),
    ]),
  )}</section>`;
}

export function expectations(result: Result): string {
  if (result.expectations.length === 0) return '';
  const items = result.expectations.map(
    ({ text, value, holds }) =>
      `<li><span class="${holds ? 'good' : 'bad'}">${holds ? '✓ holds' : '✗ fails'}</span> ` +
      `<code>${escapeHtml(text)}</code>, measured ${significant(value)}</li>`,
  );
  return `<section><h2>Expectations</h2><ul class="checks">${items.join('')}</ul></section>`;
}

export function warnings(result: Result): string {
  if (result.warnings.length === 0) return '';
  const items = result.warnings.map(
    (problem) => `<li class="warn">⚠ ${escapeHtml(problemText(problem))}</li>`,
  );
  return `<section><h2>Warnings</h2><ul class="checks">${items.join('')}</ul></section>`;
}

export function arrays(result: Result): string {
  if (result.arrays.length === 0) return '';
  return `<section><h2>Crossbar arrays</h2>${table(
    'How the weights of each layer sit in its crossbar.',
    [
      { heading: 'Hardware' },
      { heading: 'Layer' },
      { heading: 'Crossbar' },
      { heading: 'Rows × columns', numeric: true },
      { heading: 'Dummy rows', numeric: true },
      { heading: 'Devices', numeric: true },
      { heading: 'Tiles', numeric: true },
      { heading: 'Utilisation', numeric: true },
      { heading: 'Per unit weight', numeric: true },
      { heading: 'Largest weight', numeric: true },
    ],
    result.arrays.map((array) => [
      array.hardware,
      array.layer,
      array.crossbar,
      `${array.rows} × ${array.columns}`,
      array.dummyRows === 0 ? '' : String(array.dummyRows),
      String(array.devices),
      String(array.tiles),
      `${(100 * array.utilisation).toFixed(0)} %`,
      quantity(array.siemensPerWeight, 'S'),
      significant(array.weightMax),
    ]),
  )}</section>`;
}

export function origin({ provenance }: Result, { command, source, file }: ReportContext): string {
  const hashes = Object.entries({ 'the design': provenance.design, ...provenance.data });
  return (
    `<section><h2>Where this comes from</h2><p>The same command gives the same bits:</p><pre>${escapeHtml(command)}</pre>` +
    `<p>Memloom ${escapeHtml(provenance.version)}, seed ${provenance.seed}, SHA-256 of</p>` +
    table('Hashes', [{ heading: 'Of' }, { heading: 'SHA-256' }], hashes) +
    `<details><summary>${escapeHtml(file)}</summary><pre>${escapeHtml(source)}</pre></details></section>`
  );
}
