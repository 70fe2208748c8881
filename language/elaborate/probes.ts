import type { CircuitProbeDesign, InferenceDesign } from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { originOf } from './context.ts';

type ProbeDesign = InferenceDesign['probes'][number];

/** Signals to record, `rnn.i`; of a bidirectional layer `rnn.forward.i` and `rnn.backward.i`. Names are checked by linking. */
export function elaborateProbes(
  probe: ast.Probe | ast.Plot,
  network: ast.Network | undefined,
): readonly ProbeDesign[] {
  if (!network) return [];
  return probe.signals.flatMap(elaborateSignal);
}

export function elaborateSignal(signal: ast.Signal): readonly ProbeDesign[] {
  const layer = signal.layer?.ref;
  if (!layer || (signal.member && !signal.member.ref)) return [];
  const origin = originOf(signal);
  const member = signal.member ? `.${signal.member.$refText}` : '';
  const runs =
    ast.isLayer(layer) && member !== '' && isBidirectional(layer) ? ['.forward', '.backward'] : [''];
  return runs.map((run) => ({ signal: `${layer.name}${run}${member}`, origin }));
}

/** What to record of a circuit: `rnn.i`, `rnn.i.pair`, `current(rnn.c.capacitor)`. */
export function elaborateCircuitProbes(probe: ast.CircuitProbe): readonly CircuitProbeDesign[] {
  return probe.quantities.flatMap(({ quantity: given, signal, parts }) => {
    if (!parts.every((part) => part.ref)) return [];
    const quantity: CircuitProbeDesign['quantity'] = given ?? 'voltage';
    const behind = parts.map(({ $refText }) => `.${$refText}`).join('');
    return elaborateSignal(signal).map((named) => ({
      ...named,
      signal: `${named.signal}${behind}`,
      quantity,
    }));
  });
}

function isBidirectional(layer: ast.Layer): boolean {
  const callee = ast.isCall(layer.value) ? layer.value.function?.ref : undefined;
  return ast.isFunctionDeclaration(callee) && callee.name === 'bidirectional';
}
