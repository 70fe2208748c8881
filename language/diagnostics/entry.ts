/** One thing that can be wrong with a text. */
export interface Entry<A> {
  readonly severity: 'error' | 'warning' | 'information';
  /** What is wrong here, with the names concerned and, where there is one, the nearest right spelling. */
  readonly message: (details: A) => string;
  /** Why this is an error. */
  readonly cause: string;
  /** How to mend it. */
  readonly mend: string;
}

/** Gives an entry the type of its details. */
export const entry = <A>(value: Entry<A>): Entry<A> => value;

/** Details of an entry whose message never varies. */
export type Nothing = Readonly<Record<never, never>>;
