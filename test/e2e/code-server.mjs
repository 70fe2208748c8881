// Starts what the tests drive: a code-server on a free loopback port, and a headless Chromium.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { workbench } from './provision.mjs';

/** Nothing that asks, updates, or talks to a network. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.hotExit': 'off',
};

/**
 * Starts code-server with all its state in `state`, and waits until it answers.
 * `smokeTest` lets the workbench run an extension under test, at the price that it draws no toasts.
 */
export async function startCodeServer({ state, userData, extensions, settings = {}, smokeTest = false }) {
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  const settingsFile = path.join(userData, 'User', 'settings.json');
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  const config = path.join(state, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  const log = path.join(state, 'server.log');
  const output = openSync(log, 'w');
  const port = await freePort();
  const server = spawn(
    workbench.node,
    [
      path.join(workbench.codeServer, 'out', 'node', 'entry.js'),
      ...['--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--user-data-dir', userData, '--extensions-dir', extensions, '--ignore-last-opened'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      '--disable-getting-started-override',
      ...(smokeTest ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    {
      env: {
        ...process.env,
        EXTENSIONS_GALLERY: '{"serviceUrl":""}',
        XDG_CONFIG_HOME: state,
        XDG_DATA_HOME: state,
        XDG_CACHE_HOME: state,
      },
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  // However this process ends, the server ends with it.
  process.once('exit', () => server.kill('SIGTERM'));
  await answering(server, port, log);
  return { port, log, stop: () => stop(server) };
}

/** A Chromium with an empty profile in `state`. */
export async function startChromium(state, viewport = { width: 1440, height: 900 }) {
  const context = await chromium.launchPersistentContext(path.join(state, 'chromium'), {
    executablePath: workbench.chromium,
    headless: true,
    chromiumSandbox: false,
    viewport,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  return { page: context.pages()[0] ?? (await context.newPage()), stop: () => context.close() };
}

async function answering(server, port, log) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null)
      throw new Error(`code-server ended: ${readFileSync(log, 'utf8').slice(0, 4000)}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  server.kill('SIGKILL');
  throw new Error('code-server did not answer within a minute');
}

async function stop(server) {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(timer);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
