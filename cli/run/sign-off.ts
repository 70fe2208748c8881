import {
  type ExperimentDesign,
  failure,
  type Outcome,
  type Problem,
  type Result,
  signOff,
  signOffLimit,
  success,
} from '@memloom/sim-core';
import { openEngine } from '../spice/engine.ts';

/** Why the experiments cannot be signed off, found before any of them is run. */
export function unsignable(experiments: readonly ExperimentDesign[]): Problem | undefined {
  const transients = experiments.filter(({ transient }) => transient);
  const [experiment] = experiments;
  if (transients.length === 0)
    return {
      code: 'spice.no-transient',
      message: 'There is nothing to sign off: no experiment has a transient.',
      hint: 'Write one, as in: transient 2 steps on HARDWARE { probe LAYER.SIGNAL }.',
      origin: experiment?.origin,
    };
  const noisy = transients.find(({ transient }) => transient?.noise);
  return (
    noisy && {
      code: 'spice.noise',
      message: `Experiment "${noisy.name}" has a transient with noise, which ngspice computes without.`,
      hint: 'Leave out noise = true to sign off the circuit itself.',
      origin: noisy.origin,
    }
  );
}

/** Runs the netlist of every transient in ngspice and puts its waveforms beside ours. */
export async function signOffWith(result: Result, ngspice: string | undefined): Promise<Outcome<Result>> {
  if (result.transients.length === 0) return success(result);
  const engine = await openEngine(ngspice);
  if (!engine.ok) return engine;
  const transients: Result['transients'][number][] = [];
  for (const transient of result.transients) {
    const waves = result.tables.find(({ id }) => id === transient.table);
    const { netlist, scale } = transient;
    if (!waves || !netlist) continue;
    const run = await engine.value.run(netlist.text);
    if (!run.ok) return run;
    const [time, ...columns] = waves.columns;
    const vectors = run.value;
    const signed = signOff({
      time: time.values,
      columns,
      scale,
      netlist,
      vectors,
      engine: engine.value.name,
    });
    if (!signed)
      return failure({
        code: 'spice.failed',
        message: `${engine.value.name} did not finish the transient on ${transient.hardware}.`,
        hint: 'Export the netlist with memloom export spice, and run it by hand to see why.',
      });
    transients.push({ ...transient, signOff: signed });
  }
  return success({ ...result, transients });
}

/** Whether every probe that was compared agrees. */
export const isSignedOff = ({ transients }: Result): boolean =>
  transients.every(
    ({ signOff: signed }) => !signed || signed.probes.every(({ error }) => error <= signOffLimit),
  );
