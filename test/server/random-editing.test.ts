import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomEditing } from '../fuzz/random-editing.ts';
import { bundleServer, type Session, startSession } from './session.ts';

let server: Session;
beforeAll(async () => {
  server = await startSession(await bundleServer());
}, 60_000);
afterAll(() => server.close());

// `npm run fuzz -- --edits 2000` makes two thousand.
it('random edits leave the same diagnostics as a fresh open, and memory flat', {
  timeout: 240_000,
}, async () => {
  const { edits, comparisons, differences, growth } = await randomEditing(server, { edits: 400, seed: 7 });
  expect(edits).toBe(400);
  expect(comparisons).toBeGreaterThanOrEqual(20);
  expect(differences).toEqual([]);
  expect(growth).toBeLessThan(1.5);
});
