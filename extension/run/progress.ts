import type { RunProgress } from '@memloom/sim-core';
import * as vscode from 'vscode';
import { durationText, remaining } from '../experiments/status.ts';

/** Shows a run's progress in a notification that can cancel it, and shortly in the status bar. */
export async function runProgress<T>(
  experiment: string,
  abort: AbortController,
  waiting: () => number,
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
  const started = Date.now();
  try {
    return await vscode.window.withProgress(options, (notification, token) => {
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      return work(({ phase, detail, fraction }) => {
        const percent = Math.floor(100 * fraction);
        const left = remaining(Date.now() - started, fraction);
        const time = left === undefined ? '' : `, ${durationText(left)} left`;
        notification.report({
          message: `${phase} ${detail} ${percent} %${time}`,
          increment: Math.max(0, percent - shown),
        });
        shown = Math.max(shown, percent);
        const more = waiting() > 0 ? ` +${waiting()}` : '';
        item.text = `$(sync~spin) ${experiment}: ${phase} ${percent} %${more}`;
      });
    });
  } finally {
    item.dispose();
  }
}
