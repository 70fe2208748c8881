import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnalysisDesign, DataSource, Design, MatrixDesign } from '@memloom/sim-core';

/**
 * The design with its files named relative to the architecture, so that the same folder gives the same bits wherever
 * it lies.
 */
export function portableDesign(design: Design, architecture: string): Design {
  const name = (file: string) => relativeName(file, architecture);
  return {
    ...design,
    datasets: design.datasets.map((dataset) => ({
      ...dataset,
      source: portableSource(dataset.source, name),
    })),
    experiments: design.experiments.map((experiment) => ({
      ...experiment,
      ...(experiment.weights
        ? { weights: { ...experiment.weights, file: name(experiment.weights.file) } }
        : {}),
      analyses: experiment.analyses.map((analysis) => portableAnalysis(analysis, name)),
    })),
  };
}

function portableAnalysis(analysis: AnalysisDesign, name: (file: string) => string): AnalysisDesign {
  if (analysis.kind !== 'solve') return analysis;
  const portable = <M extends MatrixDesign>(matrix: M): M =>
    matrix.kind === 'file' ? { ...matrix, file: name(matrix.file) } : matrix;
  const { cells, drive, bitDrive } = analysis;
  return {
    ...analysis,
    cells: portable(cells),
    drive: portable(drive),
    ...(bitDrive ? { bitDrive: portable(bitDrive) } : {}),
  };
}

function portableSource(source: DataSource, name: (file: string) => string): DataSource {
  if (source.kind === 'csv') return { ...source, file: name(source.file) };
  if (source.kind === 'wafer') return source;
  return {
    ...source,
    file: name(source.file),
    ...(source.testFile ? { testFile: name(source.testFile) } : {}),
  };
}

function relativeName(file: string, architecture: string): string {
  if (!file.startsWith('file:')) return file;
  return relative(dirname(architecture), fileURLToPath(file)).split(sep).join('/');
}
