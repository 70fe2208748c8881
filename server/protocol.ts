import type { Condition, Watched, WatchSignal } from '@memloom/language';
import type { Design, Outcome, RequiredFile } from '@memloom/sim-core';
import type { Range } from 'vscode-languageserver-protocol';

/**
 * A request of ours, by its method; what is asked and answered is known to the compiler alone, so that the extension
 * needs nothing of the protocol's implementation until it speaks to the server.
 */
export interface Request<Params, Answer> {
  readonly method: string;
  readonly types?: { readonly params: Params; readonly answer: Answer };
}

/** Gives the design that a text says, as it stands in the editor. */
export const ElaborateRequest: Request<ElaborateParams, ElaborateResult> = { method: 'memloom/elaborate' };

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
export const StandardSourceRequest: Request<StandardSourceParams, string | null> = {
  method: 'memloom/source',
};

export interface StandardSourceParams {
  readonly uri: string;
}

/** The server asks its client for the bytes of a file, where it has no file system of its own; null where there is none. */
export const ReadFileRequest: Request<{ readonly uri: string }, Uint8Array | null> = {
  method: 'memloom/readFile',
};

/** As above, for what a folder holds. */
export const ReadFolderRequest: Request<{ readonly uri: string }, readonly FolderEntry[] | null> = {
  method: 'memloom/readFolder',
};

export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

export type { Condition, Watched, WatchSignal };

/** Reads an expression about recorded values, with the parser and the units of the language. */
export const WatchRequest: Request<WatchParams, Outcome<Watched>> = { method: 'memloom/watch' };

/** Reads a condition on recorded values, such as `rnn.c > 0.4 V`. */
export const ConditionRequest: Request<WatchParams, Outcome<Condition>> = { method: 'memloom/condition' };

export interface WatchParams {
  readonly text: string;
  /** What the text may name. */
  readonly signals: readonly WatchSignal[];
}

/** The command behind the code lens of an experiment; its arguments are the URI of the text and the name. */
export const runCommand = 'memloom.run';

/** The command behind its other code lens, with the same arguments. */
export const debugCommand = 'memloom.debug';
