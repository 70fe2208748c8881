/** One command of the terminal as data: what it takes, what its help says, what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after the options, for example `FILE…`. */
  readonly operands: string;
  /** How many operands it takes. */
  readonly arity: { readonly least: number; readonly most: number };
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  /** More to know, in lines. */
  readonly notes?: readonly string[];
  /** Does it and gives the exit code. */
  run(input: Input): Promise<number>;
}

export type Option =
  | { readonly kind: 'flag'; readonly doc: string }
  /** `value` is the name of its value in the help. */
  | { readonly kind: 'value'; readonly value: string; readonly doc: string; readonly repeated?: boolean };

/** The arguments of a command after parsing. */
export interface Input {
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, readonly string[]>>;
}
