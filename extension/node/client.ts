import type { ChildProcess } from 'node:child_process';
import {
  IPCMessageReader,
  IPCMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';

/** A client of the process that `take` gives; it asks for another one where that has ended. */
export function connect(take: () => ChildProcess, options: LanguageClientOptions): LanguageClient {
  const transports = async () => {
    const process = take();
    return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
  };
  return new LanguageClient('memloom', 'Memloom', transports, options);
}
