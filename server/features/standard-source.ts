import { type LoomServices, virtualPage } from '@memloom/language';
import type { Connection } from 'vscode-languageserver';
import { type StandardSourceParams, StandardSourceRequest } from '../protocol.ts';

/** Answers `memloom/source`; also for the page of a diagnostic; null for any other URI. */
export function answerStandardSource(connection: Connection, { library }: LoomServices): void {
  const texts = new Map(library.files.map(({ uri, text }) => [uri.toString(), text]));
  connection.onRequest(
    StandardSourceRequest.method,
    ({ uri }: StandardSourceParams) => texts.get(uri) ?? virtualPage(uri) ?? null,
  );
}
