/** `npm start`: from a fresh clone to the airline example's table and report. */
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { openly, script } from './steps/phase.mjs';

script(async () => {
  await install();
  await build(['parser', 'kernels', 'cli']);
  console.log('Running examples/airline/airline.loom\n');
  const { code } = await openly(process.execPath, [
    'cli/bin/memloom.mjs',
    'run',
    'examples/airline/airline.loom',
    ...process.argv.slice(2),
  ]);
  return code;
});
