/** Phases of a script: one line each on the terminal, all output of the tools kept in a log until something fails. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A step that could not be done; its message is all that the user needs to see. */
export class StepFailed extends Error {}

/**
 * Runs `work` between a line that says what happens and one that says how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 */
export async function phase(title, work) {
  const started = Date.now();
  process.stdout.write(`${title} … `);
  try {
    const value = await work();
    process.stdout.write(`done (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    return value;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** Runs a tool with its output in `.cache/NAME.log`; shows the end of the log if the tool fails. */
export async function quietly(name, command, args, options = {}) {
  const log = join(root, '.cache', `${name}.log`);
  mkdirSync(dirname(log), { recursive: true });
  const output = createWriteStream(log);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.once('error', reject);
    child.once('close', resolve);
  });
  await new Promise((resolve) => output.end(resolve));
  if (code === 0) return;
  const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
  throw new StepFailed(
    `${tail}\n\n${command} ${args.join(' ')} failed; the whole output is in ${relative(process.cwd(), log)}`,
  );
}

/**
 * Runs a tool on the user's own terminal and gives its exit code, 130 after Ctrl-C.
 * With `keep`, what it prints on standard output passes through us and is given too.
 */
export function openly(command, args, { keep = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      ...options,
      stdio: ['inherit', keep ? 'pipe' : 'inherit', 'inherit'],
    });
    const printed = [];
    child.stdout?.on('data', (piece) => {
      process.stdout.write(piece);
      printed.push(piece);
    });
    // Ctrl-C reaches the child too; it decides how to end, and we report what it decided.
    const ignore = () => {};
    process.on('SIGINT', ignore);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), printed: Buffer.concat(printed).toString() });
    });
  });
}

/** Ends the script with what `main` gives, or with 1 and a plain message. */
export async function script(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`\n${error instanceof StepFailed ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
