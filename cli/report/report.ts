import type { ExperimentDesign, Result } from '@memloom/sim-core';
import { figureElement } from './figure-element.ts';
import { confusionTables } from './figures/confusion.ts';
import { errorFigures } from './figures/errors.ts';
import { plotFigures } from './figures/plots.ts';
import { predictionFigures } from './figures/predictions.ts';
import { sweepFigures } from './figures/sweep.ts';
import { tableFigures } from './figures/tables.ts';
import { trainingFigures } from './figures/training.ts';
import { transientFigures } from './figures/transients.ts';
import { heatMaps } from './heat-map.ts';
import { scriptJson } from './html.ts';
import { packFigure } from './pack-figure.ts';
import { arrays, expectations, heading, measurements, metrics, origin, warnings } from './sections.ts';
import { style } from './style.ts';
import { transientSections } from './transient-section.ts';
import { waveformSection } from './waveform-section.ts';
import { packWaveforms } from './waveforms.ts';

/** What a report says beside the result itself. */
export interface ReportContext {
  readonly experiment: ExperimentDesign;
  /** The architecture's file as the user named it, and its text. */
  readonly file: string;
  readonly source: string;
  /** The command that gives the same result again. */
  readonly command: string;
  /** The script that gives the page its cursors and its choice of waveforms (`dist/report-page.js`). */
  readonly pageScript: string;
}

/**
 * One HTML page that needs nothing but itself: no network, and without scripts all but the choice of waveforms. The
 * same result gives the same bytes.
 */
export function report(result: Result, context: ReportContext): string {
  const figures = [
    ...plotFigures(result, context.experiment.plots ?? []),
    ...predictionFigures(result),
    ...errorFigures(result),
    ...sweepFigures(result),
    ...transientFigures(result),
    ...tableFigures(result),
    ...trainingFigures(result, context.experiment.train?.loss ?? 'loss'),
  ].map(packFigure);
  const waveforms = packWaveforms(result.traces);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${heading.title(result)}</title>
<style>${style}</style>
</head>
<body>
<main>
${[
  heading.section(result, context),
  metrics(result),
  measurements(result),
  expectations(result),
  warnings(result),
  confusionTables(result),
  figures.length > 0 ? `<section><h2>Figures</h2>${figures.map(figureElement).join('\n')}</section>` : '',
  heatMaps(result),
  transientSections(result),
  waveforms ? waveformSection(waveforms) : '',
  arrays(result),
  origin(result, context),
]
  .filter((section) => section !== '')
  .join('\n')}
</main>
<script type="application/json" id="figures">${scriptJson(figures)}</script>
${waveforms ? `<script type="application/json" id="waveforms">${scriptJson(waveforms)}</script>` : ''}
<script>${context.pageScript}</script>
</body>
</html>
`;
}
