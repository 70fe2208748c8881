import type { KeptRun } from '../../results/kept-run.ts';
import { element } from '../element.ts';
import { formatNumber } from '../numbers.ts';
import { headRow, scrollingTable } from '../table.ts';

/** Runs of one experiment beside each other, with what each metric differs by from the run that is shown. */
export function historyTable(
  runs: readonly KeptRun[],
  shown: string | undefined,
  open: (id: string) => void,
): HTMLElement {
  const names = [...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) =>
    /\.test$/.test(name),
  );
  const own = runs.find(({ id }) => id === shown);
  const rows = runs.map((run) => runRow(run, own, names, open));
  const heading = ['run', 'seed', 'text', ...names];
  return scrollingTable(
    'Kept runs',
    element('caption', {}, 'In brackets: the difference to the run that is shown'),
    headRow(heading),
    element('tbody', {}, ...rows),
  );
}

function runRow(
  run: KeptRun,
  own: KeptRun | undefined,
  names: readonly string[],
  open: (id: string) => void,
): HTMLElement {
  const { id, time, provenance, metrics } = run;
  const isShown = run.id === own?.id;
  const link = element('button', { class: 'link' }, new Date(time).toLocaleString());
  link.addEventListener('click', () => open(id));
  const values = names.map((name) => {
    if (!(name in metrics)) return '–';
    const difference = own === undefined || isShown ? undefined : metrics[name] - own.metrics[name];
    const sign = difference === undefined || difference < 0 ? '' : '+';
    const behind =
      difference === undefined || Number.isNaN(difference) ? '' : ` (${sign}${formatNumber(difference)})`;
    return `${formatNumber(metrics[name])}${behind}`;
  });
  return element(
    'tr',
    isShown ? { 'aria-current': 'true', class: 'shown' } : {},
    element('th', { scope: 'row' }, link),
    ...[String(provenance.seed), provenance.design.slice(0, 7), ...values].map((text) =>
      element('td', {}, text),
    ),
  );
}
