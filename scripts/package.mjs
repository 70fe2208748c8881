/** `npm run package`: builds the extension and packs it into a `.vsix`. */
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { openly, script } from './steps/phase.mjs';

script(async () => {
  await install();
  await build();
  const { code } = await openly(process.execPath, ['extension/package.mjs', ...process.argv.slice(2)]);
  return code;
});
