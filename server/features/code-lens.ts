import { ast } from '@memloom/language';
import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { runCommand } from '../protocol.ts';

/** `Run NAME` above each experiment. */
export const codeLensProvider: CodeLensProvider = {
  provideCodeLens: (document: LangiumDocument): CodeLens[] => {
    const model = document.parseResult.value;
    if (!ast.isModel(model)) return [];
    return model.declarations.filter(ast.isExperiment).flatMap(({ name, $cstNode }) => {
      if (!name || !$cstNode) return [];
      const { start } = $cstNode.range;
      const command = {
        title: `$(play) Run ${name}`,
        command: runCommand,
        arguments: [document.uri.toString(), name],
      };
      return [{ range: { start, end: start }, command }];
    });
  },
};
