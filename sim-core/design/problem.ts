import type { Origin } from './design.ts';

/** An expected failure: a value with a code, a place, a cause and a way out. Exceptions are bugs. */
export interface Problem {
  /** Dotted and stable, for example `data.missing-column`. */
  readonly code: string;
  /** One sentence: what is wrong, with the names concerned. */
  readonly message: string;
  /** How to mend it. */
  readonly hint?: string;
  /** The place in the architecture's text. */
  readonly origin?: Origin;
  /** The place in a data file, one-based. */
  readonly data?: { readonly file: string; readonly line?: number; readonly column?: number };
}

/** A value, or why there is none. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const success = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failure = (
  ...problems: readonly Problem[]
): { readonly ok: false; readonly problems: readonly Problem[] } => ({
  ok: false,
  problems,
});
