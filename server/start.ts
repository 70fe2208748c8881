// What a Node process runs: the bundled server, from the compiled code that an earlier start kept beside it. Compiling
// takes a fifth of a start. V8 refuses code of another version of itself, and the name of the file that of another server.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** The hash of the bundle, set when it is made. */
declare const __SERVER_HASH__: string;

/** A server that runs for so long, in milliseconds, has compiled what a start needs. */
const settled = 3000;

const filename = join(__dirname, 'language-server.cjs');
const cache = join(
  __dirname,
  `language-server-${__SERVER_HASH__}-${process.versions.v8}-${process.arch}.v8cache`,
);

const cachedData = readKept();
const script = new Script(Module.wrap(readFileSync(filename, 'utf8')), { filename, cachedData });
const run: (...scope: unknown[]) => void = script.runInThisContext();
run({}, createRequire(filename), { exports: {} }, filename, __dirname);

if (cachedData === undefined || script.cachedDataRejected === true) {
  const timer = setTimeout(keep, settled).unref();
  // A server that ends before has compiled what a start needs all the same.
  process.once('exit', keep);

  function keep(): void {
    clearTimeout(timer);
    process.off('exit', keep);
    writeKept(script.createCachedData());
  }
}

function readKept(): Buffer | undefined {
  try {
    return readFileSync(cache);
  } catch {
    return undefined;
  }
}

/** In one step, since other servers may start meanwhile. Where the folder cannot be written to, every start compiles. */
function writeKept(data: Buffer): void {
  try {
    const unfinished = `${cache}.${process.pid}`;
    writeFileSync(unfinished, data);
    renameSync(unfinished, cache);
  } catch {
    // Nobody is waiting for it.
  }
}
