import * as vscode from 'vscode';
import type { OpenSeries } from '../simulation/simulation.ts';
import type { FromWaveforms } from '../waveforms/view.ts';

type Export = Extract<FromWaveforms, { kind: 'export' }>;

/** Asks for a place and writes the samples of a source there. */
export async function exportSeries(
  series: OpenSeries | undefined,
  { format, columns, range, series: id }: Export,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (series === undefined) return;
  await saveAs(format, log, () => series.ask('export', { series: id, columns, format, ...range }));
}

export const savePicture = (
  format: 'png' | 'svg',
  bytes: Uint8Array,
  log: vscode.LogOutputChannel,
  name = 'waveforms',
) => saveAs(format, log, async () => bytes, name);

/** What is written is made only once the user has chosen a place. */
async function saveAs(
  extension: string,
  log: vscode.LogOutputChannel,
  make: () => Promise<Uint8Array>,
  name = 'waveforms',
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, `${name}.${extension}`),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, await make());
    vscode.window.setStatusBarMessage(`$(check) ${vscode.workspace.asRelativePath(target)}`, 4000);
  } catch (error) {
    log.error(String(error));
    void vscode.window.showErrorMessage(
      `${vscode.workspace.asRelativePath(target)} was not written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
