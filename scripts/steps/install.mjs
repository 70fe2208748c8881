import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { phase, quietly, root, StepFailed } from './phase.mjs';

const oldestNode = [20, 20];

/**
 * Installs the dependencies of the lockfile unless exactly these are there. Not by `npm ci`: that refuses a lockfile
 * without the optional packages of other platforms, which a registry mirror may not have.
 */
export async function install(say = phase) {
  requireNode();
  if (isInstalled(root)) return;
  await say('Installing dependencies (once, about half a minute)', () =>
    quietly('install', 'npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

/**
 * Whether each package of `package-lock.json` is in `node_modules` in the version that is asked for. npm writes what
 * it installed into a lockfile of its own at the end of an installation, so an interrupted one counts as none.
 */
export function isInstalled(folder) {
  const wanted = packages(join(folder, 'package-lock.json'));
  const present = packages(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || (present[path] !== undefined && present[path].version === version),
  );
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return {};
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new StepFailed(
    `Memloom needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
}
