import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { phase, root } from './phase.mjs';
import { targets } from './targets.mjs';

const notSources = new Set(['node_modules', 'dist', 'generated', 'out', '.cache']);

/** Builds those of the named targets whose sources changed since they were last built. */
export async function build(names = Object.keys(targets), { say = phase } = {}) {
  for (const name of names) {
    const target = targets[name];
    if (target.available && !target.available()) continue;
    const sources = fingerprint([...target.inputs, 'package-lock.json']);
    if (isBuilt(name, target, sources)) continue;
    await say(target.title, target.build);
    mkdirSync(dirname(stamp(name)), { recursive: true });
    writeFileSync(stamp(name), sources);
  }
}

const stamp = (name) => join(root, '.cache', `${name}.built`);

function isBuilt(name, target, sources) {
  if (!target.outputs.every((output) => existsSync(join(root, output)))) return false;
  return existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8') === sources;
}

/** A hash of names and contents: what a checkout does to modification times does not matter. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow))
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => !notSources.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(`${path}/${entry.name}`));
}
