import type { NodeId } from '../graph/graph.ts';
import type { Clamped } from './block.ts';
import { type CrossbarNode, type Rewriting, signal } from './rewriting.ts';

/**
 * What the operands of a product are multiplied by before they are converted, and its sums divided by behind their
 * converters: 1, or with `noiseManagement = absMax` what takes the largest operand of each sample to the number 1 (noise
 * management of IBM's aihwkit). A bias counts as an operand of the value 1, since its line must be scaled alike.
 */
export function inputFactor(rewriting: Rewriting, node: CrossbarNode): NodeId {
  const { builder, hardware } = rewriting.circuits;
  const { binary, constant } = builder;
  if (hardware.noiseManagement === 'none') return constant(1);
  const magnitudes = node.operands.map((operand) =>
    operand.kind === 'bias'
      ? constant(hardware.scale)
      : builder.add({ op: 'largest', of: signal(rewriting, operand.of), size: 1 }),
  );
  const largest = magnitudes.reduce((most, next) => binary('maximum', most, next));
  // Where nothing comes in, nothing is scaled.
  return binary('divide', constant(hardware.scale), binary('maximum', largest, constant(leastSignal)));
}

/** Volts; far below what an analog signal could be. */
const leastSignal = 1e-12;

/**
 * The factor halved as often as it takes until no output converter clips (iterative bound management of IBM's aihwkit),
 * for each sample: what they clipped of a first reading says how often, because the sums are linear in the inputs.
 */
export function boundFactor({ circuits }: Rewriting, factor: NodeId, clipped: readonly Clamped[]): NodeId {
  const { builder } = circuits;
  const { binary, constant, unary } = builder;
  const excesses = clipped.map(({ of, limited }) => {
    const magnitude = (value: NodeId) => binary('add', unary('abs', value), constant(leastSignal));
    return builder.add({ op: 'largest', of: binary('divide', magnitude(of), magnitude(limited)), size: 1 });
  });
  const excess = excesses.reduce((most, next) => binary('maximum', most, next));
  // The smallest whole number that is not below the logarithm to base 2; what just fits must not be halved by rounding.
  const halvings = unary(
    'round',
    binary('add', binary('divide', unary('ln', excess), constant(Math.LN2)), constant(0.5 - 1e-9)),
  );
  return binary('divide', factor, binary('power', constant(2), halvings));
}
