/** Compiles the kernels to WebAssembly: each `assembly/NAME.ts` becomes `generated/NAME.ts`, a few kilobytes of base64. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const core = fileURLToPath(new URL('..', import.meta.url));
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

await build('program/wasm', 'executor');
await build('crossbar/wasm', 'sweeps');

async function build(folder, name) {
  const text = Buffer.from(await compile(join(core, folder), name)).toString('base64');
  await mkdir(join(core, folder, 'generated'), { recursive: true });
  await writeFile(
    join(core, folder, 'generated', `${name}.ts`),
    `/** Generated from assembly/ by sim-core/webassembly/build.mjs. */\nexport const ${name}Base64 =\n  '${text}';\n`,
  );
}

async function compile(folder, name) {
  let wasm;
  const { error, stderr } = await asc.main(
    [`assembly/${name}.ts`, '--baseDir', folder, '--outFile', `${name}.wasm`, ...options],
    {
      writeFile: (_name, contents) => {
        wasm = contents;
      },
    },
  );
  if (error) throw new Error(`The kernel ${name} does not compile.\n${stderr.toString()}`, { cause: error });
  return wasm;
}
