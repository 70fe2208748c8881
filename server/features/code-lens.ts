import { ast, checkedDesign, type LoomServices } from '@memloom/language';
import type { AstNode } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Command } from 'vscode-languageserver-protocol';
import { type ArrayUse, arrayUses, shareText, sizeText } from '../arrays.ts';
import { debugCommand, runCommand } from '../protocol.ts';
import type { Settings } from '../settings.ts';

/** `Run NAME` above each experiment, `Debug` beside it where there is an inference, and above each crossbar what sits in it. */
export const codeLensProvider = (services: LoomServices, settings: () => Settings): CodeLensProvider => ({
  provideCodeLens: (document): CodeLens[] => {
    const model = document.parseResult.value;
    if (!ast.isModel(model) || !settings().codeLens.enabled) return [];
    const runs = model.declarations.filter(ast.isExperiment).flatMap((experiment) => {
      const { name } = experiment;
      if (!name) return [];
      const place = [document.uri.toString(), name];
      const run = { title: `$(play) Run ${name}`, command: runCommand, arguments: place };
      const debug = { title: '$(debug-alt) Debug', command: debugCommand, arguments: place };
      const hasNetwork = experiment.statements.some(ast.isNetworkUse);
      return [run, ...(hasNetwork ? [debug] : [])].flatMap((command) => above(experiment, command));
    });
    const crossbars = model.declarations.filter(ast.isCrossbar);
    if (crossbars.length === 0) return runs;
    const uses = arrayUses(checkedDesign(document, services));
    const arrays = crossbars.flatMap((crossbar) => {
      const own = uses.filter((use) => use.crossbar === crossbar.name);
      // A command without a name is a text that does nothing on a click.
      return titles(own).flatMap((title) => above(crossbar, { title, command: '' }));
    });
    return [...runs, ...arrays];
  },
});

/** One title for each layer, which may run on several hardware alike. */
const titles = (uses: readonly ArrayUse[]): readonly string[] => [
  ...new Set(
    uses.map(
      (use) =>
        `${use.layer} of ${use.network}: ${sizeText(use)}, ${use.devices} devices, ${shareText(use.utilisation)} used`,
    ),
  ),
];

function above({ $cstNode }: AstNode, command: Command): readonly CodeLens[] {
  if (!$cstNode) return [];
  const { start } = $cstNode.range;
  return [{ range: { start, end: start }, command }];
}
