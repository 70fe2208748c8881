import { baselineMeanings, metricMeanings } from '@memloom/language';

/** What a metric such as `Analog.rmse.test.std` measures, of what, and on which part of the data. */
export function metricHover(metric: string): string | undefined {
  const parts = metric.split('.');
  const at = parts.findIndex((part) => Object.hasOwn(metricMeanings, part));
  if (at < 0) return undefined;
  const [family, subset, statistic] = parts.slice(at);
  const owner = parts.slice(0, at).join('.');
  const of =
    owner === ''
      ? 'of the ideal network'
      : Object.hasOwn(baselineMeanings, owner)
        ? `of ${baselineMeanings[owner]}`
        : `on hardware ${owner}, ${statistics[statistic ?? ''] ?? statistics['']}`;
  const part = subset === 'train' ? 'the training part' : 'the test part';
  return `**${metric}**\n\n${metricMeanings[family]} On ${part} of the data, ${of}.`;
}

const statistics: Readonly<Record<string, string>> = {
  '': 'the mean over the trials',
  std: 'the standard deviation over the trials',
  median: 'the median over the trials',
};
