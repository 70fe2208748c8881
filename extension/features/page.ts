import * as vscode from 'vscode';

/** The views that are web pages; each has a script and a style of its name in `dist/webview`. */
export type PageName = 'results' | 'waveforms' | 'arrays' | 'schematic';

/** Loads a page into a panel: only its own script and style, nothing from a network, nothing inline. */
export function loadPage(panel: vscode.WebviewPanel, extension: vscode.Uri, name: PageName): void {
  const folder = vscode.Uri.joinPath(extension, 'dist', 'webview');
  const { webview } = panel;
  panel.iconPath = vscode.Uri.joinPath(extension, 'images', 'icon.png');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const nonce = randomNonce();
  const asset = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource}`;
  webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${asset(`${name}-style.css`)}">
<title>Memloom ${name}</title>
</head>
<body>
<main id="${name}"><p>Waiting for results …</p></main>
<script nonce="${nonce}" src="${asset(`${name}.js`)}"></script>
</body>
</html>`;
}

/** 128 random bits, as a content security policy takes them. */
function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where views open: beside each other where one is open already, otherwise as the settings say. */
export function viewColumn(): vscode.ViewColumn {
  const ours = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('memloom.')),
  );
  if (ours !== undefined) return ours.viewColumn;
  const beside = vscode.workspace.getConfiguration('memloom').get('results.column') !== 'active';
  return beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
