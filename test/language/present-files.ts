import { writeSafetensors } from '@memloom/sim-core';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Values of one gate's tensors of an Elman cell with 1 input and `units` units, small beside the largest. */
function trained(units: number): Uint8Array {
  const count = units * units;
  const recurrent = Float64Array.from({ length: count }, (_, at) => (at === 0 ? -2.5 : 0.02 + 0.01 * at));
  const tensor = (name: string, shape: readonly number[], values: ArrayLike<number>) => ({
    name,
    shape,
    values: Float64Array.from(values),
  });
  const bias = Array.from({ length: units }, () => 0.05);
  const input = Array.from({ length: units }, (_, at) => 0.1 * (at + 1));
  return writeSafetensors(
    [
      tensor('rnn.h.x', [units, 1], input),
      tensor('rnn.h.h', [units, units], recurrent),
      tensor('rnn.h.bias', [units], bias),
      tensor('y.weight', [1, units], input),
      tensor('y.bias', [1], [0.2]),
    ],
    {},
  );
}

/** Data and weight files that texts of the tests can look into, by name. */
export const presentFiles: Readonly<Record<string, Uint8Array>> = {
  'present.csv': text(
    `month,load,a,b\n${Array.from({ length: 60 }, (_, at) => `${at},${40 + (at % 7) / 5},${at % 3},${at % 4}`).join('\n')}\n`,
  ),
  // Days like each other, and one in the test part that is not.
  'storm.csv': text(
    `day,load\n${[5, 6, 5, 6, 5, 6, 5, 40, 5, 6, 5].map((load, day) => `${day},${load}`).join('\n')}\n`,
  ),
  'elman.safetensors': trained(4),
};
