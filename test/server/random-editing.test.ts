import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomEditing } from '../fuzz/random-editing.ts';
import { bundleServer, type Session, startSession } from './session.ts';

let server: Session;
beforeAll(async () => {
  server = await startSession(await bundleServer());
}, 60_000);
afterAll(() => server.close());

// `EDITS=2000 npx vitest run test/server/random-editing.test.ts` makes two thousand.
const count = Number(process.env.EDITS ?? 400);

it('random edits leave the same diagnostics as a fresh open, and memory flat', {
  timeout: 900_000,
}, async () => {
  const { edits, comparisons, differences, growth } = await randomEditing(server, { edits: count, seed: 7 });
  expect(edits).toBe(count);
  expect(comparisons).toBe(Math.floor(count / 20));
  expect(differences).toEqual([]);
  expect(growth).toBeLessThan(1.5);
});
