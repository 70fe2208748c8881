import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every `.loom` text of the project below some folders, by its path. */
export function loomFiles(
  ...folders: readonly string[]
): readonly { readonly path: string; readonly text: string }[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith('.loom') && !path.includes('node_modules'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Texts that are meant to be in order. */
export const goodFiles = loomFiles('language/std', 'examples', 'cli/init');
/** Texts that are meant to be faulty. */
export const faultyFiles = loomFiles('test/language/corpus');
