import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleServer } from '../../server/build.mjs';
import { startSession } from './session.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'memloom-start-'));
beforeAll(() => bundleServer(folder, ['node']), 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const kept = () =>
  readdirSync(folder)
    .filter((name) => name.includes('.v8cache'))
    .map((name) => path.join(folder, name));

/** Starts a server, asks it what is wrong with a text, and ends it. */
async function serve(): Promise<readonly unknown[]> {
  const session = await startSession(path.join(folder, 'server.cjs'));
  const found = await session.open('file:///start/text.loom', 'device D = vteam(rOn = 10 V)\n');
  expect(await session.close()).toBe(0);
  return found.map(({ code }) => code);
}

it('keeps what it has compiled for later starts, which change nothing in it', async () => {
  expect(kept()).toEqual([]);
  expect(await serve()).toEqual(['unit.mismatch']);
  const [file, ...others] = kept();
  expect(others).toEqual([]);
  const code = readFileSync(file);
  expect(code.length).toBeGreaterThan(100_000);
  expect(await serve()).toEqual(['unit.mismatch']);
  expect(readFileSync(file).equals(code)).toBe(true);
});

it('compiles anew, and keeps that, where what was kept is not code of this engine', async () => {
  const [file] = kept();
  writeFileSync(file, 'anything');
  expect(await serve()).toEqual(['unit.mismatch']);
  expect(readFileSync(file).length).toBeGreaterThan(100_000);
});

it('forgets the code of another bundle when it is bundled', async () => {
  writeFileSync(path.join(folder, 'language-server-0-0-x64.v8cache'), 'anything');
  await bundleServer(folder, ['node']);
  expect(kept()).toEqual([]);
});
