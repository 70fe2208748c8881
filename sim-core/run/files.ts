import type { AnalysisDesign, Design, ExperimentDesign, Origin } from '../design/design.ts';

/** A file that a host must read before it can run an experiment. */
export interface RequiredFile {
  /** As the design names it: the key into `RunRequest.files`. */
  readonly name: string;
  /** Where the design names it. */
  readonly origin?: Origin;
  readonly kind: 'data' | 'weights';
}

/** Every file that the experiment reads, each once. */
export function requiredFiles(design: Design, experiment: ExperimentDesign): readonly RequiredFile[] {
  const files = [
    ...dataFiles(design, experiment),
    ...weightFiles(experiment),
    ...experiment.analyses.flatMap(analysisFiles),
  ];
  return files.filter(({ name }, at) => files.findIndex((other) => other.name === name) === at);
}

function dataFiles({ datasets }: Design, { data }: ExperimentDesign): readonly RequiredFile[] {
  const dataset = datasets.find(({ name }) => name === data);
  const source = dataset?.source;
  const names =
    source?.kind === 'csv'
      ? [source.file]
      : source?.kind === 'ucr'
        ? [source.file, source.testFile ?? source.file]
        : [];
  return names.map((name) => ({ name, origin: dataset?.origin, kind: 'data' }));
}

const weightFiles = ({ weights, origin }: ExperimentDesign): readonly RequiredFile[] =>
  weights ? [{ name: weights.file, origin: weights.origin ?? origin, kind: 'weights' }] : [];

function analysisFiles(analysis: AnalysisDesign): readonly RequiredFile[] {
  if (analysis.kind !== 'solve') return [];
  const { cells, drive, bitDrive, origin } = analysis;
  return [cells, drive, ...(bitDrive ? [bitDrive] : [])].flatMap((matrix) =>
    matrix.kind === 'file' ? [{ name: matrix.file, origin: matrix.origin ?? origin, kind: 'data' }] : [],
  );
}
