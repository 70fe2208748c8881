import type { Design, RequiredFile } from '@memloom/sim-core';
import { type Range, RequestType } from 'vscode-languageserver-protocol';

/** Gives the design that a text says, as it stands in the editor. */
export const ElaborateRequest = new RequestType<ElaborateParams, ElaborateResult, void>('memloom/elaborate');

export interface ElaborateParams {
  readonly uri: string;
  /** Name of the experiment whose files are wanted. */
  readonly experiment?: string;
}

export interface ElaborateResult {
  /** Absent where the text or a file that it imports has errors. */
  readonly design?: Design;
  /** Names of the experiments that the text itself declares, in order, also where the text has errors. */
  readonly experiments: readonly string[];
  /** The errors that stand in the way. */
  readonly errors: readonly ElaborateError[];
  /** The files that the experiment reads, where it is known; the name of each is its URI. */
  readonly files: readonly RequiredFile[];
}

export interface ElaborateError {
  readonly uri: string;
  readonly range: Range;
  readonly code: string;
  readonly message: string;
}

/** Gives the text of a file of the standard library, by the URI that its definitions carry. */
export const StandardSourceRequest = new RequestType<StandardSourceParams, string | null, void>(
  'memloom/source',
);

export interface StandardSourceParams {
  readonly uri: string;
}

/** The command behind the code lens of an experiment; its arguments are the URI of the text and the name. */
export const runCommand = 'memloom.run';
