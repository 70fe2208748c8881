/** Compiles the executor to WebAssembly: `assembly/` becomes `generated/executor.ts`, a few kilobytes of base64. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = fileURLToPath(new URL('.', import.meta.url));

export async function buildExecutor() {
  const wasm = await compile();
  await mkdir(join(here, 'generated'), { recursive: true });
  await writeFile(
    join(here, 'generated/executor.ts'),
    `/** Generated from assembly/ by build.mjs. */\nexport const executorBase64 =\n  '${Buffer.from(wasm).toString('base64')}';\n`,
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
    ['assembly/executor.ts', '--baseDir', here, '--outFile', 'executor.wasm', ...options],
    {
      writeFile: (_name, contents) => {
        wasm = contents;
      },
    },
  );
  if (error) throw new Error(`The executor does not compile.\n${stderr.toString()}`, { cause: error });
  return wasm;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExecutor();
