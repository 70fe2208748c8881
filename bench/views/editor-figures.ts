import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';

/** Milliseconds that a real workbench took: to activate the extension, and from each edit to the plot of what it says. */
export interface EditorFigures {
  readonly activation: readonly number[];
  readonly edits: readonly number[];
}

/** Activations are cold each: in a workbench of their own. */
const workbenches = 3;

export async function editorFigures(root: string): Promise<EditorFigures> {
  const state = mkdtempSync(join(tmpdir(), 'memloom-bench-'));
  try {
    const suite = join(root, 'bench/dist/workbench.cjs');
    await build({
      entryPoints: [join(root, 'bench/views/workbench.ts')],
      outfile: suite,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    });
    const runs: { activation: number; edits: readonly number[] }[] = [];
    for (let at = 0; at < workbenches; at++) {
      const folder = join(state, `folder-${at}`);
      const figures = join(state, `figures-${at}.json`);
      cpSync(join(root, 'examples/airline'), folder, { recursive: true });
      await runTests({
        vscodeExecutablePath: join(root, 'test/e2e/code-shim.mjs'),
        extensionDevelopmentPath: join(root, 'extension'),
        extensionTestsPath: suite,
        launchArgs: [folder],
        extensionTestsEnv: { MEMLOOM_FIGURES: figures },
      });
      runs.push(JSON.parse(readFileSync(figures, 'utf8')));
    }
    return {
      activation: runs.map(({ activation }) => activation),
      edits: runs.flatMap(({ edits }) => edits),
    };
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
