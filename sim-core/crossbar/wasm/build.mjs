/** Compiles the sweeps to WebAssembly: `assembly/` becomes `generated/sweeps.ts`, a few kilobytes of base64. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));

async function buildSweeps() {
  const text = Buffer.from(await compile()).toString('base64');
  await mkdir(join(here, 'generated'), { recursive: true });
  await writeFile(
    join(here, 'generated/sweeps.ts'),
    `/** Generated from assembly/ by build.mjs. */\nexport const sweepsBase64 =\n  '${text}';\n`,
  );
}

async function compile() {
  let wasm;
  const options = [
    '-O3',
    '--converge',
    '--noAssert',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--importMemory',
  ];
  const { error, stderr } = await asc.main(
    ['assembly/sweeps.ts', '--baseDir', here, '--outFile', 'sweeps.wasm', ...options],
    {
      writeFile: (_name, contents) => {
        wasm = contents;
      },
    },
  );
  if (error) throw new Error(`The sweeps do not compile.\n${stderr.toString()}`, { cause: error });
  return wasm;
}

await buildSweeps();
