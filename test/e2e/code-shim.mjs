#!/usr/bin/env node
// Stands in for the desktop `code` binary where none can be downloaded: it takes VS Code's test arguments and runs
// the same suite in the real workbench and Node extension host of code-server, under a headless Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { startChromium, startCodeServer } from './code-server.mjs';

const limit = 180_000;

/** Chatter of the workbench itself, of no use in a test's log. */
const chatter = [
  /^(Ignoring fetching|Updating additional builtin|Resolv|Creating a socket|ChatSessionStore|Timed out waiting for)/,
  /^(No search provider|Creation of workbench|Error: Could not locate the bindings|\[(reconnection|Agent|Account|Service))/,
  /\/out\/vs\/(code\/browser\/workbench|workbench\/api\/node)\//,
];

const { folder, options } = readArguments(process.argv.slice(2));
const state = mkdtempSync(path.join(tmpdir(), 'memloom-e2e-'));
const running = [];
let code = 1;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void cleanUp().then(() => process.exit(130)));
try {
  code = await runTests();
} catch (error) {
  console.error(error);
} finally {
  await cleanUp();
}
process.exit(code);

async function runTests() {
  const server = await startCodeServer({
    state,
    userData: path.join(state, 'user'),
    extensions: path.join(state, 'extensions'),
    smokeTest: true,
  });
  running.push(server);
  const browser = await startChromium(state);
  running.push(browser);
  const { page } = browser;
  const exit = new Promise((resolve) => {
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction('codeAutomationLog', (_type, values) => {
    const line = format(...(values ?? []));
    if (!chatter.some((pattern) => pattern.test(line))) process.stdout.write(line.replace(/\n?$/, '\n'));
  });
  await page.goto(workbenchAddress(server.port));
  let timer;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(() => resolve('timeout'), limit);
  });
  const outcome = await Promise.race([exit, timeout]);
  clearTimeout(timer);
  if (outcome !== 'timeout') return outcome;
  await page.screenshot({ path: 'code-shim-timeout.png' });
  console.error(`The suite did not end within ${limit / 1000} s; see code-shim-timeout.png`);
  return 124;
}

function workbenchAddress(port) {
  const authority = `127.0.0.1:${port}`;
  const remote = (file) => `vscode-remote://${authority}${encodeURI(path.resolve(file))}`;
  const payload = ['extensionDevelopmentPath', 'extensionTestsPath']
    .filter((name) => options.has(name))
    .map((name) => [name, remote(options.get(name))]);
  const place = folder === undefined ? 'ew=true' : `folder=${encodeURIComponent(folder)}`;
  return `http://${authority}/?${place}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function readArguments(values) {
  const options = new Map();
  let folder;
  for (const value of values) {
    const [, name, text] = /^--([^=]+)(?:=(.*))?$/.exec(value) ?? [];
    if (name !== undefined) options.set(name, text ?? '');
    else folder ??= path.resolve(value);
  }
  return { folder, options };
}

async function cleanUp() {
  for (const part of running.splice(0).reverse()) await part.stop();
  rmSync(state, { recursive: true, force: true });
}
