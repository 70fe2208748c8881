import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/steps/install.mjs';
import { withFolder } from '../cli/terminal.ts';

const lock = {
  packages: {
    '': { name: 'project' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
    'node_modules/local': { link: true, resolved: 'local' },
  },
};
const installed = {
  packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/local': { link: true } },
};

function answer(present: unknown): boolean {
  return withFolder((folder) => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    mkdirSync(join(folder, 'node_modules'));
    if (present !== undefined) {
      const text = typeof present === 'string' ? present : JSON.stringify(present);
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), text);
    }
    return isInstalled(folder);
  });
}

describe('dependencies', () => {
  it('count as installed when each is there in the version of the lockfile, but for optional ones', () => {
    expect(answer(installed)).toBe(true);
  });

  it.each([
    ['none', undefined],
    ['an older version', { packages: { ...installed.packages, 'node_modules/a': { version: '0.9.0' } } }],
    ['one too few', { packages: { 'node_modules/local': { link: true } } }],
    ['no link to a package of ours', { packages: { 'node_modules/a': { version: '1.0.0' } } }],
    ['a lockfile that was cut off', '{"packages": {'],
  ])('count as missing with %s', (_name, present) => {
    expect(answer(present)).toBe(false);
  });
});
