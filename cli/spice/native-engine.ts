import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failure, type Outcome, success } from '@memloom/sim-core';
import { type SpiceEngine, type SpiceVectors, spiceFailed } from './engine.ts';
import { readRawFile } from './raw-file.ts';

const execute = promisify(execFile);

/** An installed ngspice, started anew for each netlist. */
export async function openNative(path: string): Promise<Outcome<SpiceEngine>> {
  try {
    const { stdout } = await execute(path, ['--version']);
    const version = /ngspice-([\d.]+)/.exec(stdout)?.[1] ?? '';
    const name = `ngspice ${version}`.trimEnd();
    return success({ name, run: (netlist) => runOnce(path, name, netlist) });
  } catch {
    return failure({
      code: 'spice.missing',
      message: `${path} is no ngspice that can be started.`,
      hint: 'Give the path of the program, as in --ngspice /usr/bin/ngspice.',
    });
  }
}

async function runOnce(path: string, name: string, netlist: string): Promise<Outcome<SpiceVectors>> {
  const folder = mkdtempSync(join(tmpdir(), 'memloom-spice-'));
  try {
    writeFileSync(join(folder, 'deck.cir'), netlist);
    await execute(path, ['-b', '-r', 'out.raw', 'deck.cir'], { cwd: folder, maxBuffer: 1e9 });
    return success(readRawFile(readFileSync(join(folder, 'out.raw'))));
  } catch (error) {
    const { stderr = '', message = '' } = error as { stderr?: string; message?: string };
    const complaints = (stderr || message).split('\n').filter((line) => /error|fatal|warning/i.test(line));
    return spiceFailed(name, complaints);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
