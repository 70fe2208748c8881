import { DefaultLinker, interruptAndCheck, type LangiumDocument } from 'langium';
import type { CancellationToken } from 'vscode-jsonrpc';
import { linksOf } from './walk.ts';

/** How many links are made before a newer text may interrupt. */
const stride = 200;

/** Links a text in one walk over its tree. */
export class LoomLinker extends DefaultLinker {
  override async link(document: LangiumDocument, token?: CancellationToken): Promise<void> {
    for (const [index, link] of linksOf(document.parseResult.value).entries()) {
      if (token && index % stride === 0) await interruptAndCheck(token);
      this.doLink(link, document);
    }
  }
}
