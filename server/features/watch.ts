import { readCondition, readWatched } from '@memloom/language';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { ConditionRequest, type WatchParams, WatchRequest } from '../protocol.ts';

/** Answers `memloom/watch` and `memloom/condition`: expressions about recorded values, one after the other. */
export function answerWatches(connection: Connection, shared: LangiumSharedServices): void {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(read: () => Promise<T>): Promise<T> => {
    const reading = last.then(() => whileUnchanged(shared, read));
    last = reading.catch(() => undefined);
    return reading;
  };
  // The connection's types know no outcomes, which are values with two forms.
  const watch = ({ text, signals }: WatchParams): Promise<object> =>
    inTurn(() => readWatched(text, signals, shared));
  const condition = ({ text, signals }: WatchParams): Promise<object> =>
    inTurn(() => readCondition(text, signals, shared));
  connection.onRequest(WatchRequest.method, watch);
  connection.onRequest(ConditionRequest.method, condition);
}

/** Reads while no document is being built: an expression is a small document of its own. */
function whileUnchanged<T>(shared: LangiumSharedServices, read: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    shared.workspace.WorkspaceLock.read(() => read().then(resolve, reject)).catch(reject);
  });
}
