import { failure, type Outcome, type Result, signOff, signOffLimit, success } from '@memloom/sim-core';
import { openEngine } from '../spice/engine.ts';

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
