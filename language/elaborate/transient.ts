import type { TransientDesign } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { type Context, originOf } from './context.ts';
import { evaluateParameter, type ParameterType } from './parameters.ts';
import { elaborateCircuitProbes, elaborateSignal } from './probes.ts';
import { readProperties } from './properties.ts';

/** A transient; without `on` it runs on the hardware that the experiment infers on, or else on the network's own. */
export function elaborateTransient(
  transient: ast.Transient,
  network: ast.Network | undefined,
  inferred: readonly string[],
  context: Context,
): TransientDesign {
  const named = transient.hardware.flatMap(({ ref }) => (ref ? [context.use(ref)] : []));
  const own = network?.hardware[0]?.ref;
  const usual = inferred.length > 0 ? inferred : own ? [context.use(own)] : [];
  const hardware = [...new Set(transient.hardware.length > 0 ? named : usual)];
  if (hardware.length === 0 && transient.hardware.length === 0)
    context.report(
      'experiment.incomplete',
      { node: transient, property: 'steps' },
      { missing: 'on which hardware its transient runs (transient … on NAME)' },
    );
  const steps = evaluateParameter(transient.steps, stepsType, context.report);
  const properties = readProperties('transient', transient, transient.properties, context);
  return {
    hardware,
    steps: steps?.kind === 'number' ? steps.value : 1,
    sample: properties.number('sample') ?? 0,
    tolerance: properties.number('tolerance') ?? 1e-5,
    devices: properties.word('devices') === 'dynamic' ? 'dynamic' : 'static',
    noise: properties.word('noise') === 'true',
    probes: network ? transient.probes.flatMap(elaborateCircuitProbes) : [],
    phases: transient.phases.flatMap(({ signal, duration }) => {
      const value = evaluateParameter(duration, durationType, context.report);
      if (value?.kind !== 'number' || !signal) return [];
      return elaborateSignal(signal).map((named) => ({ ...named, duration: value.value }));
    }),
    ...(originOf(transient) ? { origin: originOf(transient) } : {}),
  };
}

const stepsType: ParameterType = {
  name: 'steps',
  kind: 'integer',
  dimension: { step: 1 },
  low: 1,
  high: 1e6,
  words: [],
  random: false,
};

const durationType: ParameterType = {
  name: 'phase',
  kind: 'number',
  dimension: { s: 1 },
  low: 1e-15,
  high: 1e6,
  words: [],
  random: false,
};
