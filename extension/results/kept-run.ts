import type { ExpectationResult, Provenance } from '@memloom/sim-core';
import type { ExperimentPlace } from '../run/choose.ts';

/** What the history knows of a run without opening its result. */
export interface KeptRun extends ExperimentPlace {
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds that it took. */
  readonly duration: number;
  readonly provenance: Provenance;
  readonly metrics: Readonly<Record<string, number>>;
  readonly metricUnits: Readonly<Record<string, string>>;
  readonly expectations: readonly ExpectationResult[];
}

/** The run that a file of the history describes; undefined where it is none. */
export function parseKeptRun(text: string): KeptRun | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isKeptRun(value) ? value : undefined;
  } catch {
    // A foreign or cut-off file.
    return undefined;
  }
}

function isKeptRun(value: unknown): value is KeptRun {
  if (typeof value !== 'object' || value === null) return false;
  const { id, uri, experiment, time, metrics, expectations, provenance } = value as Partial<KeptRun>;
  return (
    [id, uri, experiment].every((text) => typeof text === 'string') &&
    typeof time === 'number' &&
    typeof metrics === 'object' &&
    typeof provenance === 'object' &&
    Array.isArray(expectations)
  );
}
