import type { ResultSummary } from '../../results/summary.ts';
import { element } from '../element.ts';
import { type Mark, xyChart } from '../xy-chart.ts';

/** Each metric of the test's data over the swept values: one line for each network, with ± a standard deviation. */
export function sweepCharts({ sweep, units }: ResultSummary): HTMLElement | undefined {
  if (sweep === undefined || sweep.points.length < 2) return undefined;
  const names = [...new Set(sweep.points.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) =>
    name.endsWith('.test'),
  );
  const families = [...new Set(names.map((name) => name.split('.').slice(-2).join('.')))];
  const x = sweep.points.map(({ value }) => value);
  const charts = families.map((family) => {
    const own = names.filter((name) => name === family || name.endsWith(`.${family}`));
    const at = (name: string) => sweep.points.map(({ metrics }) => metrics[name] ?? Number.NaN);
    const lines = own.map((name): Mark => ({ kind: 'line', name: runOf(name, family), x, y: at(name) }));
    const bands = own.map((name): Mark => {
      const [mean, spread] = [at(name), at(`${name}.std`)];
      const moved = (sign: number) => mean.map((value, point) => value + sign * (spread[point] || 0));
      return { kind: 'band', name, x, y: moved(1), other: moved(-1) };
    });
    const unit = units[family.split('.')[0]] ?? '';
    return xyChart({
      label: `${family} over ${sweep.parameter}`,
      xName: sweep.parameter,
      xUnit: '',
      yName: unit === '' ? family : `${family} (${unit})`,
      yUnit: '',
      marks: [...lines, ...bands],
    });
  });
  return element('div', {}, ...charts);
}

const runOf = (name: string, family: string) =>
  name === family ? 'ideal' : name.slice(0, -family.length - 1);
