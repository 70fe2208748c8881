/**
 * `npm run characterize`: puts the transistor circuits of the standard library on the bench, records their figures, and
 * writes the blocks of `std.gf180` with them.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './steps/build.mjs';
import { fittedLibrary } from './steps/fitted-library.mjs';
import { install } from './steps/install.mjs';
import { phase, root, script } from './steps/phase.mjs';

const folder = join(root, 'language/std/gf180');

/** What each circuit stands for, and where it is driven. */
const circuits = [
  { file: 'tanh', subckt: 'loom_tanh', block: 'Tanh', range: '-0.4..0.4', supplied: ['unit=0.1'] },
  { file: 'sigmoid', subckt: 'loom_sigmoid', block: 'Sigmoid', range: '-0.4..0.4', supplied: ['unit=0.1'] },
  {
    file: 'multiplier',
    subckt: 'loom_multiplier',
    block: 'Multiplier',
    range: '-0.15..0.15',
    supplied: ['unit=0.1'],
  },
  { file: 'summing', subckt: 'loom_summing', block: 'SummingAmp', range: '-0.2..0.2', supplied: [] },
  {
    file: 'difference',
    subckt: 'loom_difference',
    block: 'DifferenceAmp',
    range: '-0.1..0.1',
    supplied: ['gain=2'],
  },
  {
    file: 'transimpedance',
    subckt: 'loom_transimpedance',
    block: 'Tia',
    range: '-2e-5..2e-5',
    supplied: ['rF=1e4', 'gColumn=5e-4'],
  },
  { file: 'sample-hold', subckt: 'loom_sample_hold', block: 'SampleHold', range: '-0.4..0.4', supplied: [] },
];

script(async () => {
  await install();
  await build(['parser', 'kernels', 'cli']);
  const records = [];
  for (const { file, subckt, block, range, supplied } of circuits) {
    const args = [
      join(root, 'cli/bin/memloom.mjs'),
      'characterize-block',
      join(folder, `${file}.cir`),
      ...[
        '--subckt',
        subckt,
        '--block',
        block,
        `--range=${range}`,
        '--trials',
        '100',
        '--seed',
        '1',
        '--json',
      ],
      ...supplied.flatMap((text) => ['--supplied', text]),
    ];
    await phase(`${block} from ${file}.cir`, async () => {
      const printed = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
      records.push({ file: `${file}.cir`, ...JSON.parse(printed) });
    });
  }
  const record = join(folder, 'characterized.json');
  writeFileSync(record, `${JSON.stringify(records, null, 2)}\n`);
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', record]);
  const library = join(root, 'language/std');
  const text = fittedLibrary(readFileSync(join(library, 'cmos180.loom'), 'utf8'), records);
  writeFileSync(join(library, 'gf180.loom'), text);
  return 0;
});
