/** `npm run build [-- TARGET…]`: parser, kernels, command line, extension; only what changed. */
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { StepFailed, script } from './steps/phase.mjs';
import { targets } from './steps/targets.mjs';

script(async () => {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in targets));
  if (unknown)
    throw new StepFailed(`There is no target ${unknown}; there are ${Object.keys(targets).join(', ')}.`);
  await install();
  await build(names.length > 0 ? names : undefined);
  return 0;
});
