// Packs the built extension into a `.vsix`, with the files that its page on a marketplace shows.
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';

const limit = 2_000_000;
const { values } = parseArgs({ options: { out: { type: 'string', default: 'memloom.vsix' } } });
const folder = fileURLToPath(new URL('.', import.meta.url));
const shared = ['LICENSE', 'CHANGELOG.md'].filter((name) =>
  existsSync(new URL(`../${name}`, import.meta.url)),
);

for (const name of shared)
  copyFileSync(new URL(`../${name}`, import.meta.url), new URL(name, import.meta.url));
try {
  await createVSIX({
    cwd: folder,
    packagePath: values.out,
    dependencies: false,
    allowMissingRepository: true,
  });
} finally {
  for (const name of shared) rmSync(new URL(name, import.meta.url));
}
const { size } = statSync(values.out);
if (size > limit)
  throw new Error(`${values.out} has ${size} bytes, more than the ${limit} that it may have.`);
console.log(`${values.out}: ${(size / 1000).toFixed(0)} kB`);
