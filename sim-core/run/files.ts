import type { Design, ExperimentDesign, Origin } from '../design/design.ts';

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
  const dataset = design.datasets.find(({ name }) => name === experiment.data);
  const source = dataset?.source;
  const names =
    source?.kind === 'csv'
      ? [source.file]
      : source?.kind === 'ucr'
        ? [source.file, source.testFile ?? source.file]
        : [];
  const data = [...new Set(names)].map((name) => ({ name, origin: dataset?.origin, kind: 'data' as const }));
  const { weights } = experiment;
  return weights === undefined
    ? data
    : [...data, { name: weights.file, origin: weights.origin ?? experiment.origin, kind: 'weights' }];
}
