import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver-protocol';
import { codeActionKinds } from './features/code-actions.ts';

/** Announces what Langium does not know of: selection ranges, and the kinds of code actions. */
export class LoomLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
    return {
      ...result,
      capabilities: {
        ...result.capabilities,
        selectionRangeProvider: true,
        codeActionProvider: { codeActionKinds: [...codeActionKinds] },
      },
    };
  }
}
