import type { CodeDescription } from 'vscode-languageserver-types';
import { Utils } from 'vscode-uri';
import type { Code } from '../diagnostics/catalogue.ts';
import { virtualPages } from '../diagnostics/page.ts';
import type { LoomCoreServices } from '../services.ts';

/**
 * The link from a diagnostic to its page. Pages are files beside the program, one for each code, so that the link works
 * in every editor and without a network; where the host has no files, the server itself answers for them.
 */
export const codeDescription = (
  code: Code,
  { pages }: LoomCoreServices,
): { readonly codeDescription: CodeDescription } => ({
  codeDescription: {
    href: pages ? Utils.joinPath(pages, `${code}.md`).toString() : `${virtualPages}/${code}.md`,
  },
});
