import type { RunProgress } from '@memloom/sim-core';
import * as vscode from 'vscode';

/** Shows a run's progress in a notification that can cancel it, and shortly in the status bar. */
export async function runProgress<T>(
  experiment: string,
  abort: AbortController,
  work: (report: (progress: RunProgress) => void) => Promise<T>,
): Promise<T> {
  const item = vscode.window.createStatusBarItem('memloom.run', vscode.StatusBarAlignment.Left);
  item.name = 'Memloom run';
  item.text = `$(sync~spin) ${experiment}`;
  item.tooltip = 'Cancel this run';
  item.command = 'memloom.cancel';
  item.show();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Running ${experiment}`,
    cancellable: true,
  };
  try {
    return await vscode.window.withProgress(options, (notification, token) => {
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      return work(({ phase, detail, fraction }) => {
        const percent = Math.floor(100 * fraction);
        notification.report({
          message: `${phase} ${detail} ${percent} %`,
          increment: Math.max(0, percent - shown),
        });
        shown = Math.max(shown, percent);
        item.text = `$(sync~spin) ${experiment}: ${phase} ${percent} %`;
      });
    });
  } finally {
    item.dispose();
  }
}
