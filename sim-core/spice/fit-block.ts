import { leastSquares } from '../data/least-squares.ts';
import type { BlockDesign } from '../design/design.ts';
import { compileScalar } from '../devices/compile-scalar.ts';

/** A block's output measured at given inputs: one column per port of `inputs`, in SI units. */
export interface MeasuredTransfer {
  readonly inputs: Readonly<Record<string, Float64Array>>;
  readonly output: Float64Array;
}

export interface FittedBlock {
  /** The fitted parameters, in the order in which they were asked for. */
  readonly values: Readonly<Record<string, number>>;
  /** Largest distance of a measured output from the block's equations, in the unit of the output. */
  readonly deviation: number;
}

/**
 * The values of the parameters `free` with which a block's equations come nearest to a measured transfer, in least squares: a
 * Gauss-Newton iteration with halved steps from the block's defaults, central differences for the slopes. Parameters
 * that the measurement does not determine (two with the same effect, or none) are left out one by one, the last first.
 *
 * @param fixed values of the other parameters and of supplied ports where they differ from the defaults; a range
 * parameter `rails` is given as `rails.low` and `rails.high`.
 */
export function fitBlock(
  block: BlockDesign,
  measured: MeasuredTransfer,
  free: readonly string[],
  fixed: Readonly<Record<string, number>> = {},
): FittedBlock {
  const model = blockModel(block, measured, fixed);
  let names = free;
  for (;;) {
    const fitted = fit(model, names, measured.output);
    if (fitted) return fitted;
    names = names.slice(0, -1);
  }
}

interface BlockModel {
  readonly defaults: Readonly<Record<string, number>>;
  /** The outputs at all measured inputs with these values in place of the defaults. */
  outputs(values: Readonly<Record<string, number>>): Float64Array;
}

function blockModel(
  block: BlockDesign,
  { inputs, output }: MeasuredTransfer,
  fixed: Readonly<Record<string, number>>,
): BlockModel {
  const defaults = { ...nominalValues(block), ...fixed };
  const names = [
    ...block.inputs.map(({ name }) => name),
    ...Object.keys(defaults),
    ...block.equations.map(({ name }) => name),
  ];
  const slots = new Map(names.map((name, slot) => [name, slot]));
  const slotOf = (name: string): number => slots.get(name) ?? names.length;
  const equations = block.equations.map(({ name, value }) => ({
    slot: slotOf(name),
    value: compileScalar(value, slotOf),
  }));
  const memory = new Float64Array(names.length + 1);
  return {
    defaults,
    outputs: (values) => {
      const all = { ...defaults, ...values };
      for (const name of Object.keys(all)) memory[slotOf(name)] = all[name];
      return output.map((_, point) => {
        for (const name of Object.keys(inputs)) memory[slotOf(name)] = inputs[name][point];
        for (const { slot, value } of equations) memory[slot] = value(memory);
        return memory[slotOf(block.output.name)];
      });
    },
  };
}

/** Defaults as numbers: a distribution stands for its mean, a range for its two ends. */
export function nominalValues(block: BlockDesign): Readonly<Record<string, number>> {
  return Object.fromEntries(
    block.parameters.flatMap(({ name, default: value }): readonly (readonly [string, number])[] => {
      if (value.kind === 'number') return [[name, value.value]];
      if (value.kind === 'distribution') return [[name, value.mean]];
      if (value.kind === 'range')
        return [
          [`${name}.low`, value.low],
          [`${name}.high`, value.high],
        ];
      return [];
    }),
  );
}

/** Undefined where the last of the names has no effect that the others do not have. */
function fit(model: BlockModel, names: readonly string[], target: Float64Array): FittedBlock | undefined {
  let values = Object.fromEntries(names.map((name) => [name, model.defaults[name]]));
  let error = residual(model.outputs(values), target);
  for (let iteration = 0; iteration < 60 && names.length > 0; iteration++) {
    const active = names.filter((name) => hasEffect(model, values, name));
    if (active.length === 0) break;
    const step = leastSquares(slopes(model, values, active), target.length, active.length, error);
    if (!step) return undefined;
    const next = shorten(model, values, active, step, target, squares(error));
    if (!next) break;
    const gain = squares(error) - squares(next.error);
    ({ values, error } = next);
    if (gain <= 1e-14 * squares(error)) break;
  }
  return { values, deviation: error.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

/** The step, halved until it lowers the sum of squares; undefined where no fraction of it does. */
function shorten(
  model: BlockModel,
  values: Readonly<Record<string, number>>,
  names: readonly string[],
  step: Float64Array,
  target: Float64Array,
  before: number,
) {
  for (let fraction = 1; fraction > 1e-6; fraction /= 2) {
    const moved = names.map((name, k) => [name, values[name] + fraction * step[k]] as const);
    const next = { ...values, ...Object.fromEntries(moved) };
    const error = residual(model.outputs(next), target);
    if (squares(error) < before) return { values: next, error };
  }
  return undefined;
}

/** A gain that has grown beyond all measure moves the output no more, and stays where it is. */
const hasEffect = (model: BlockModel, values: Readonly<Record<string, number>>, name: string): boolean => {
  const moved = model.outputs({ ...values, [name]: values[name] * 1.01 + 1e-6 });
  return model.outputs(values).some((value, point) => Math.abs(moved[point] - value) > 1e-12);
};

/** Slopes of the outputs, `[points][names]`. */
function slopes(
  model: BlockModel,
  values: Readonly<Record<string, number>>,
  names: readonly string[],
): Float64Array {
  const columns = names.map((name) => {
    const width = 1e-6 * Math.max(Math.abs(values[name]), 1e-3);
    const above = model.outputs({ ...values, [name]: values[name] + width });
    const below = model.outputs({ ...values, [name]: values[name] - width });
    return above.map((value, point) => (value - below[point]) / (2 * width));
  });
  const points = columns[0].length;
  return Float64Array.from({ length: points * names.length }, (_, index) => {
    const column = index % names.length;
    return columns[column][(index - column) / names.length];
  });
}

const residual = (outputs: Float64Array, target: Float64Array): Float64Array =>
  target.map((value, point) => value - outputs[point]);

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
