import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../result/output-folder.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import architecture from './first.loom';
import { seasonalLoad } from './seasonal-load.ts';

/** `memloom init`: writes a first architecture and its data into `folder`, where nothing of that name may stand. */
export async function init(folder: string): Promise<number> {
  const files = [
    { name: 'first.loom', content: [architecture] },
    { name: 'first.csv', content: [seasonalLoad()] },
  ];
  const taken = files.map(({ name }) => join(folder, name)).filter((path) => existsSync(path));
  if (taken.length > 0) {
    return refuse(
      taken.map((path) => ({
        code: 'init.exists',
        message: `${displayPath(path)} is there already and is left as it is.`,
        hint: 'Name another folder: memloom init DIR.',
      })),
    );
  }
  const written = await writeFiles(folder, files);
  if (!written.ok) return refuse(written.problems);
  const [loom, csv] = files.map(({ name }) => displayPath(join(folder, name)));
  process.stdout.write(`Wrote ${loom} and its data ${csv}. Next:\n\n  memloom run ${loom}\n`);
  return exitCode.success;
}
