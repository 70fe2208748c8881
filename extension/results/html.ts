import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of the results view: only its own script and style, nothing from a network, nothing inline. */
export function resultsPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; img-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${asset('results-style.css')}">
<title>Memloom results</title>
</head>
<body>
<main id="results" aria-live="polite"><p>Waiting for results …</p></main>
<script nonce="${nonce}" src="${asset('results.js')}"></script>
</body>
</html>`;
}
