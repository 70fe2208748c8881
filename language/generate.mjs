/**
 * Writes language/generated/, the parser's tables and AST types, from the grammar, and language/library/generated/,
 * the standard library as text (a folder of its own, since Langium wants no strangers in its). Does nothing when its inputs have not changed. Run directly, or call {@link generateLanguage} from a build or test set-up.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, 'library', 'generated');

/** @returns {boolean} whether anything had to be written. */
export function generateLanguage() {
  const stamp = fingerprint();
  if (readIfPresent(join(generated, 'stamp')) === stamp) return false;
  mkdirSync(generated, { recursive: true });
  runLangium();
  writeFileSync(join(generated, 'library.ts'), libraryModule());
  writeFileSync(join(generated, 'stamp'), stamp);
  return true;
}

function libraryFiles() {
  return readdirSync(join(here, 'std'))
    .filter((name) => name.endsWith('.loom'))
    .sort();
}

function fingerprint() {
  const hash = createHash('sha256');
  const inputs = [
    'generate.mjs',
    'loom.langium',
    'langium-config.json',
    ...libraryFiles().map((name) => `std/${name}`),
  ];
  for (const name of inputs)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(here, name)))
      .update('\0');
  return hash.digest('hex');
}

function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Langium's generator uses `Object.groupBy`, which Node 20 lacks; a preloaded module supplies it. */
function runLangium() {
  const groupBy = `Object.groupBy ??= (items, key) => {
    const groups = Object.create(null);
    let index = 0;
    for (const item of items) (groups[key(item, index++)] ??= []).push(item);
    return groups;
  };`;
  const cli = fileURLToPath(new URL('../bin/langium.js', import.meta.resolve('langium-cli')));
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(groupBy)}`,
      cli,
      'generate',
      '--mode',
      'production',
    ],
    { cwd: here, encoding: 'utf8' },
  );
  if (run.status !== 0 || !run.stdout.includes('successfully')) {
    throw new Error(`langium generate failed:\n${run.stdout}${run.stderr}`);
  }
}

function libraryModule() {
  const entries = libraryFiles().map(
    (name) =>
      `  ${JSON.stringify(name)}: ${JSON.stringify(readFileSync(join(here, 'std', name), 'utf8'))},\n`,
  );
  return `// Generated from language/std/*.loom.\n\nexport const libraryTexts: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateLanguage();
