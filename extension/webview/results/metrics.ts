import type { MetricTable, ResultSummary } from '../../results/summary.ts';
import { element } from '../element.ts';
import { formatNumber, formatQuantity, formatSpread } from '../numbers.ts';
import { headRow, scrollingTable } from '../table.ts';

/** The table of metrics: the ideal network, each hardware, the baselines. */
export function metricsTable({ columns, rows }: MetricTable): HTMLElement {
  const heading = columns.map(({ name, kind }) => element('th', { scope: 'col', class: kind }, name));
  const body = rows.map(({ metric, unit, values }) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        metric,
        unit === '' ? undefined : element('span', { class: 'unit' }, ` ${unit}`),
      ),
      ...values.map((value, at) =>
        element(
          'td',
          { class: columns[at].kind },
          value === null ? '–' : formatSpread(value.mean, value.std),
        ),
      ),
    ),
  );
  return scrollingTable(
    'Metrics',
    element('caption', {}, 'Hardware: mean ± standard deviation over the trials'),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'metric'), ...heading)),
    element('tbody', {}, ...body),
  );
}

/** Each expectation with its value, and whether it holds. */
export function expectationList({ expectations }: ResultSummary): HTMLElement | undefined {
  if (expectations.length === 0) return undefined;
  const items = expectations.map(({ text, value, holds }) =>
    element(
      'li',
      { class: holds ? 'holds' : 'fails' },
      element('span', { class: 'verdict' }, holds ? '✓ holds' : '✗ fails'),
      element('code', {}, text),
      element('span', {}, `is ${formatNumber(value)}`),
    ),
  );
  return element('ul', { class: 'expectations', 'aria-label': 'Expectations' }, ...items);
}

/** How each layer sits in its crossbar. */
export function arrayTable({ arrays }: ResultSummary): HTMLElement {
  const heading = ['hardware', 'layer', 'crossbar', 'rows × columns', 'devices', 'largest weight'];
  const rows = arrays.map((array) =>
    element(
      'tr',
      {},
      ...[array.hardware, array.layer, array.crossbar].map((text) => element('th', { scope: 'row' }, text)),
      ...[`${array.rows} × ${array.columns}`, String(array.devices), formatNumber(array.weightMax)].map(
        (text) => element('td', {}, text),
      ),
    ),
  );
  const head = element(
    'thead',
    {},
    element(
      'tr',
      {},
      ...heading.map((text, at) => element('th', { scope: 'col', class: at < 3 ? 'text' : 'number' }, text)),
    ),
  );
  return scrollingTable('Crossbars', head, element('tbody', {}, ...rows));
}

/** What analyses without a network measured: a row for each. */
export function measurementTable(measurements: ResultSummary['measurements']): HTMLElement {
  const rows = measurements.map(({ name, unit, value }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', {}, unit === '1' ? formatNumber(value) : formatQuantity(value, unit)),
    ),
  );
  return scrollingTable('Measurements', element('tbody', {}, ...rows));
}

/** The metrics at each swept value. */
export function sweepTable({ parameter, points }: NonNullable<ResultSummary['sweep']>): HTMLElement {
  const names = [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))].filter(
    (name) => !/\.(std|median)$/.test(name),
  );
  const rows = points.map(({ text, metrics }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, text),
      ...names.map((name) =>
        element('td', {}, name in metrics ? formatSpread(metrics[name], metrics[`${name}.std`]) : '–'),
      ),
    ),
  );
  return scrollingTable(
    'Metrics over the sweep',
    headRow([parameter, ...names]),
    element('tbody', {}, ...rows),
  );
}
