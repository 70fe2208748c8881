import type { CodeDescription } from 'vscode-languageserver-types';
import { Utils } from 'vscode-uri';
import type { Code } from '../diagnostics/catalogue.ts';
import type { LoomCoreServices } from '../services.ts';

/**
 * The link from a diagnostic to its page. Pages are files beside the program, one for each code, so that the link works
 * in every editor and without a network; a host without files gives none.
 */
export function codeDescription(
  code: Code,
  { pages }: LoomCoreServices,
): { readonly codeDescription?: CodeDescription } {
  return pages ? { codeDescription: { href: Utils.joinPath(pages, `${code}.md`).toString() } } : {};
}
