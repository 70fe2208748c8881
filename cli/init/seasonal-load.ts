/**
 * Ten years of a made-up monthly load: a yearly and a half-yearly season on a slow rise, to one decimal, as a table.
 */
export function seasonalLoad(): string {
  const rows = Array.from({ length: 120 }, (_, month) => {
    const phase = (2 * Math.PI * month) / 12;
    const load = 40 + month / 12 + 8 * Math.sin(phase) + 3 * Math.cos(2 * phase);
    return `${month},${load.toFixed(1)}`;
  });
  return `month,load\n${rows.join('\n')}\n`;
}
