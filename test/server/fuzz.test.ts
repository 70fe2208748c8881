import { expect, it } from 'vitest';
import { mutated } from '../fuzz/mutate.ts';
import { sources } from '../fuzz/sources.ts';
import { openSubject } from '../fuzz/subject.ts';

const seed = 20261125;

it('gives the same texts for the same seed, and others for another', () => {
  const texts = Array.from({ length: 50 }, (_, index) => mutated(sources, seed, index));
  expect(Array.from({ length: 50 }, (_, index) => mutated(sources, seed, index))).toEqual(texts);
  expect(Array.from({ length: 50 }, (_, index) => mutated(sources, seed + 1, index))).not.toEqual(texts);
  expect(texts.filter((text) => sources.includes(text)).length).toBeLessThan(10);
});

// `npm run fuzz` takes a hundred thousand of these.
it('no text makes a feature of the server throw, and it answers as before', {
  timeout: 240_000,
}, async () => {
  const subject = await openSubject();
  for (let index = 0; index < 400; index++) {
    const text = mutated(sources, seed, index);
    await expect(
      subject.examine(text, seed, index),
      `${index}: ${JSON.stringify(text)}`,
    ).resolves.toBeUndefined();
  }
});
