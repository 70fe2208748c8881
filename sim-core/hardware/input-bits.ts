import type { CrossbarDesign } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import { pow } from '../math/elementary.ts';
import type { GraphBuilder } from './graph-builder.ts';

/**
 * Bit-serial input: of `|x|/range`, rounded to `cycles·bits` bits, each cycle drives the word lines with one digit of
 * `bits` bits and the operand's sign, from the most significant. The outputs of the cycles are shifted and added
 * digitally.
 */
export interface InputBits {
  /** Share of each cycle in the sum; together 1. */
  readonly shares: readonly number[];
  /**
   * Voltage of a cycle, `volts` standing for the number 1; a digit of all ones drives what the whole range would, and
   * `Σ share·driven` is the rounded signal. The gradient passes straight through.
   */
  driven(builder: GraphBuilder, signal: NodeId, volts: number, cycle: number): NodeId;
  /** The rounded signal itself: what all cycles together stand for. */
  rounded(builder: GraphBuilder, signal: NodeId, volts: number): NodeId;
  /** Volts by which a signal is beyond what rounds to the range; 0 within it. */
  beyond(builder: GraphBuilder, signal: NodeId, volts: number): NodeId;
}

/** The cycles of a crossbar's inputs; undefined where each is one analog value. */
export const inputBitsOf = ({
  inputCycles,
  cycleBits = 1,
  inputRange = 1,
}: CrossbarDesign): InputBits | undefined =>
  inputCycles === undefined ? undefined : inputBits(inputCycles, cycleBits, inputRange);

function inputBits(cycles: number, bits: number, range: number): InputBits {
  const radix = pow(2, bits);
  const largest = pow(2, cycles * bits) - 1;
  const weight = (cycle: number) => pow(radix, cycles - 1 - cycle);
  /** `|x|/range` in units of the last bit. */
  const whole = ({ binary, unary, constant, clamp }: GraphBuilder, signal: NodeId, volts: number) => {
    const magnitude = binary('multiply', unary('abs', signal), constant(largest / (range * volts)));
    return unary('round', clamp(magnitude, constant(0), constant(largest)));
  };
  return {
    shares: Array.from({ length: cycles }, (_, cycle) => (weight(cycle) * (radix - 1)) / largest),
    rounded(builder, signal, volts) {
      const { binary, unary, constant } = builder;
      const rounded = binary('multiply', unary('sign', signal), whole(builder, signal, volts));
      return binary('multiply', rounded, constant((range * volts) / largest));
    },
    driven(builder, signal, volts, cycle) {
      const { binary, unary, constant } = builder;
      const times = (of: NodeId, by: number) => binary('multiply', of, constant(by));
      const all = whole(builder, signal, volts);
      // floor(all/d) of whole numbers: half of the least difference takes it off the ties.
      const over = (divisor: number) =>
        divisor === 1
          ? all
          : unary('round', binary('add', times(all, 1 / divisor), constant(0.5 / divisor - 0.5)));
      const lower = over(weight(cycle));
      const digit =
        cycle === 0 ? lower : binary('subtract', lower, times(over(weight(cycle) * radix), radix));
      return times(binary('multiply', unary('sign', signal), digit), (range * volts) / (radix - 1));
    },
    beyond({ binary, unary, constant }, signal, volts) {
      const most = range * volts * (1 + 0.5 / largest);
      return binary('maximum', binary('subtract', unary('abs', signal), constant(most)), constant(0));
    },
  };
}
