import { fileURLToPath } from 'node:url';
import { openNodeProject } from '@memloom/language/node';
import { URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { goodFiles } from './sources.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('texts that are in order', () => {
  const project = openNodeProject();

  it.each(goodFiles.map(({ path }) => path))(
    '%s gives no finding but what a run still has to fetch',
    async (path) => {
      const findings = await (await project).checkFile(URI.file(`${root}${path}`).toString());
      // The example about the UCR archive reads files that the user downloads.
      const own = findings.filter(({ code, file }) => file.endsWith(path) && code !== 'data.fileMissing');
      expect(own.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    },
  );
});
