import type { Command, Input } from '../arguments/command.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'train, simulate and judge the experiments of an architecture',
  operands: 'FILE',
  arity: { least: 1, most: 1 },
  options: {
    experiment: { kind: 'value', value: 'NAME', doc: 'run this experiment alone', repeated: true },
    set: {
      kind: 'value',
      value: 'OWNER.PARAM=VALUE',
      doc: 'replace a parameter, as in HfO2.levels=16',
      repeated: true,
    },
    seed: { kind: 'value', value: 'N', doc: "replace the experiment's seed" },
    trials: { kind: 'value', value: 'N', doc: 'replace the number of Monte Carlo trials' },
    out: { kind: 'value', value: 'DIR', doc: 'write results there (default: memloom-results/NAME-OF-FILE)' },
    'sign-off': {
      kind: 'flag',
      doc: 'simulate the transients in ngspice too, and lay its waveforms over ours',
    },
    ngspice: {
      kind: 'value',
      value: 'PATH',
      doc: 'an installed ngspice for --sign-off, in place of the one that comes along',
    },
    json: { kind: 'flag', doc: 'print one JSON object and nothing else on standard output' },
  },
  examples: [
    ['memloom run airline.loom', 'runs all experiments of the file'],
    [
      'memloom run airline.loom --set HfO2.programming="5 %" --trials 20',
      'tries a worse device with fewer trials',
    ],
    [
      'memloom run wafer-ucr.loom --set wafer.from=Wafer_TRAIN.tsv',
      "reads a dataset from another file; the path is relative to the current folder, not to the architecture's",
    ],
    [
      'memloom run airline.loom --experiment forecast --seed 3 --json',
      'gives the figures to another program',
    ],
  ],
  notes: [
    'Each experiment gives result.json, predictions.csv, traces.csv, weights.safetensors and report.html; several',
    'experiments give a folder each. Exit code: 0 when all expectations hold, 1 when one fails, 2 on bad input,',
    '130 when interrupted.',
  ],
  run: async (input: Input) => {
    const { runOptions } = await import('../run/options.ts');
    const { refuse } = await import('../terminal/problems.ts');
    const options = runOptions(input);
    return options.ok ? (await import('../run/run.ts')).run(options.value) : refuse(options.problems);
  },
};
