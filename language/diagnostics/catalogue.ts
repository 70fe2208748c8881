import { cellDiagnostics } from './cells.ts';
import { dataDiagnostics } from './data.ts';
import { dimensionDiagnostics } from './dimensions.ts';
import { domainDiagnostics } from './domains.ts';
import type { Entry } from './entry.ts';
import { equationDiagnostics } from './equations.ts';
import { hardwareDiagnostics } from './hardware.ts';
import { nameDiagnostics } from './names.ts';
import { valueDiagnostics } from './values.ts';

/** Everything that the language can say about a text: one entry per code. */
export const catalogue = {
  ...nameDiagnostics,
  ...valueDiagnostics,
  ...equationDiagnostics,
  ...cellDiagnostics,
  ...dimensionDiagnostics,
  ...domainDiagnostics,
  ...hardwareDiagnostics,
  ...dataDiagnostics,
} as const;

export type Code = keyof typeof catalogue;

/** What the message of a code needs to know. */
export type Arguments<C extends Code> = (typeof catalogue)[C] extends Entry<infer A> ? A : never;

export const isCode = (text: unknown): text is Code =>
  typeof text === 'string' && Object.hasOwn(catalogue, text);

/** The message of a finding, in one or two sentences. */
export function messageOf<C extends Code>(code: C, details: Arguments<C>): string {
  // Each entry's message takes its own details; the signature above ties the two together.
  const message = catalogue[code].message as (details: Arguments<C>) => string;
  return message(details);
}
