import type { LoomServices } from '@memloom/language';
import type { Connection } from 'vscode-languageserver';
import { type StandardSourceParams, StandardSourceRequest } from '../protocol.ts';

/** Answers `memloom/source`; null for a URI that is not of the standard library. */
export function answerStandardSource(connection: Connection, { library }: LoomServices): void {
  const texts = new Map(library.files.map(({ uri, text }) => [uri.toString(), text]));
  connection.onRequest(
    StandardSourceRequest.method,
    ({ uri }: StandardSourceParams) => texts.get(uri) ?? null,
  );
}
