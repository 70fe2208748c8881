import type { CellDesign, LayerDesign, Size } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';

/** Dimension variables of a cell with their values, for example `{ n: 1, m: 4 }`. */
export type Dimensions = Readonly<Record<string, number>>;

/** The size for bound dimensions; undefined where one of its dimensions is unbound. */
export function sizeOf(size: Size, bound: Dimensions): number | undefined {
  let total = size.constant;
  for (const [name, coefficient] of Object.entries(size.terms)) {
    if (!Object.hasOwn(bound, name)) return undefined;
    total += coefficient * bound[name];
  }
  return total;
}

/**
 * Binds every dimension of a cell: those that the layer gives, and those that follow from the sizes of its inputs.
 * Fails where an input has another size than the cell asks for, or a dimension stays unbound.
 */
export function bindDimensions(
  cell: CellDesign,
  layer: LayerDesign & { readonly kind: 'cell' },
  inputSizes: readonly number[],
): Outcome<Dimensions> {
  const bound: Record<string, number> = { ...layer.dimensions };
  for (let changed = true; changed; ) {
    changed = cell.inputs.some((input, i) => bindOne(input.size, inputSizes[i], bound));
  }
  const problems: Problem[] = [];
  for (const name of cell.dimensions) {
    if (!Object.hasOwn(bound, name)) problems.push(unbound(cell, layer, name));
    else if (!Number.isInteger(bound[name]) || bound[name] < 1)
      problems.push(notASize(layer, name, bound[name]));
  }
  for (const [i, input] of cell.inputs.entries()) {
    const size = sizeOf(input.size, bound);
    if (size !== undefined && size !== inputSizes[i])
      problems.push({
        code: 'network.size-mismatch',
        message: `Input "${input.name}" of cell "${cell.name}" has size ${size} in layer "${layer.name}", but "${layer.inputs[i]}" has size ${inputSizes[i]}.`,
        hint: 'Give the layer an input of that size, or leave the dimension to be found from the input.',
        origin: layer.origin,
      });
  }
  return problems.length > 0 ? failure(...problems) : success(bound);
}

/** Solves `size = actual` where exactly one dimension is unknown. */
function bindOne(size: Size, actual: number, bound: Record<string, number>): boolean {
  const unknown = Object.keys(size.terms).filter((name) => !Object.hasOwn(bound, name));
  if (unknown.length !== 1) return false;
  const [name] = unknown;
  const { [name]: coefficient, ...known } = size.terms;
  const rest = sizeOf({ constant: size.constant, terms: known }, bound);
  if (rest === undefined || coefficient === 0) return false;
  bound[name] = (actual - rest) / coefficient;
  return true;
}

const unbound = (cell: CellDesign, layer: LayerDesign, name: string): Problem => ({
  code: 'network.unbound-dimension',
  message: `Layer "${layer.name}" does not say how large dimension "${name}" of cell "${cell.name}" is.`,
  hint: `Write "${layer.name} = ${cell.name}(..., ${name} = 4)", or "units" for the size of its output.`,
  origin: layer.origin,
});

const notASize = (layer: LayerDesign, name: string, value: number): Problem => ({
  code: 'network.bad-dimension',
  message: `Dimension "${name}" of layer "${layer.name}" would be ${value}; a size is a whole number of at least 1.`,
  hint: 'Change the sizes that it follows from.',
  origin: layer.origin,
});
