import { DocumentState, type LangiumDocument } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';

/** Which version of each text that a client has opened its diagnostics are about. */
export class TextVersions {
  private readonly versions = new Map<string, number>();

  /** A connection whose diagnostics name their version, so that a client can tell old ones. */
  name(connection: Connection): Connection {
    const sendDiagnostics = (params: PublishDiagnosticsParams) => {
      const version = this.versions.get(params.uri);
      return connection.sendDiagnostics(version === undefined ? params : { ...params, version });
    };
    return Object.create(connection, { sendDiagnostics: { value: sendDiagnostics } });
  }

  /** Follows what is parsed: from then on a client may send more, while this is being checked. */
  follow({ workspace }: LangiumSharedServices): void {
    workspace.DocumentBuilder.onDocumentPhase(DocumentState.Parsed, ({ uri }: LangiumDocument) => {
      const version = workspace.TextDocuments.get(uri)?.version;
      if (version === undefined) this.versions.delete(uri.toString());
      else this.versions.set(uri.toString(), version);
    });
    workspace.DocumentBuilder.onUpdate((_changed, deleted) => {
      for (const uri of deleted) this.versions.delete(uri.toString());
    });
  }
}
