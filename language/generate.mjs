/**
 * Writes language/generated/, the parser's tables and AST types, from the grammar, and language/library/generated/,
 * the standard library as text and as it is parsed (a folder of its own, since Langium wants no strangers in its).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, 'library', 'generated');

async function generateLanguage() {
  mkdirSync(generated, { recursive: true });
  runLangium();
  const files = readdirSync(join(here, 'std')).filter((name) => name.endsWith('.loom'));
  const texts = Object.fromEntries(
    files.sort().map((name) => [name, readFileSync(join(here, 'std', name), 'utf8')]),
  );
  writeModule('library.ts', 'libraryTexts', texts);
  writeModule('trees.ts', 'libraryTrees', await parsed(texts));
}

function writeModule(file, name, values) {
  const entries = Object.entries(values).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  const declaration = `export const ${name}: Readonly<Record<string, string>>`;
  writeFileSync(
    join(generated, file),
    `// Generated from language/std/*.loom.\n\n${declaration} = {\n${entries.join('')}};\n`,
  );
}

/** The trees of texts by name, by the parser of the language. */
async function parsed(texts) {
  const outfile = join(generated, 'write-trees.mjs');
  await build({
    entryPoints: [join(here, 'library', 'write-trees.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['langium', 'vscode-*'],
    logLevel: 'warning',
  });
  const { writeTrees } = await import(pathToFileURL(outfile));
  return writeTrees(texts);
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

await generateLanguage();
