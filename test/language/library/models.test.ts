import { readFileSync, writeFileSync } from 'node:fs';
import { deviceModels } from '@memloom/sim-core';
import { expect, it } from 'vitest';
import { modelsText } from '../../../language/library/models-text.ts';

const file = new URL('../../../language/std/models.loom', import.meta.url);

it('std/models.loom says what the catalogue of device models says (UPDATE=1 writes it)', () => {
  const text = modelsText(deviceModels.values());
  if (process.env.UPDATE) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
