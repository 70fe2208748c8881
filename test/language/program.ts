import type {
  BlockDesign,
  CellDesign,
  Design,
  DeviceDesign,
  Expression,
  NetworkDesign,
} from '@memloom/sim-core';
import { workspace } from './workspace.ts';

/** The design of a text, which must be free of errors. Further files may be imported. */
export async function designOf(
  text: string,
  others: Readonly<Record<string, string>> = {},
  set: readonly string[] = [],
): Promise<Design> {
  const { project, uriOf } = await workspace({ 'main.loom': text, ...others });
  const outcome = await project.elaborateFile(uriOf('main.loom'), { set });
  if (!outcome.ok)
    throw new Error(outcome.problems.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return outcome.value;
}

export const byName = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`There is no ${name}, only ${list.map((item) => item.name).join(', ')}`);
  return found;
};

/** An expression as fully bracketed text, with crossbar products showing their weight blocks and operand sizes. */
export function show(expression: Expression): string {
  switch (expression.op) {
    case 'number':
      return `${expression.value}`;
    case 'reference':
      return `${expression.name}${expression.next ? "'" : ''}`;
    case 'unary':
      return `${expression.fn}(${show(expression.of)})`;
    case 'binary':
      return `${expression.fn}(${show(expression.left)}, ${show(expression.right)})`;
    case 'clamp':
      return `clamp(${show(expression.of)}, ${show(expression.low)}, ${show(expression.high)})`;
    case 'vmm':
      return `vmm(${expression.operands.map((operand) => `${operand.weights}[${size(operand.size)}]: ${show(operand.value)}`).join('; ')})`;
    case 'peephole':
      return `peephole(${expression.operand.weights}: ${show(expression.operand.value)})`;
  }
}

export function size({ constant, terms }: CellDesign['inputs'][number]['size']): string {
  const parts = Object.entries(terms).map(([name, factor]) => (factor === 1 ? name : `${factor}${name}`));
  return [...parts, ...(constant !== 0 || parts.length === 0 ? [`${constant}`] : [])].join('+');
}

export const equations = (
  owner: CellDesign | BlockDesign | NonNullable<DeviceDesign['equations']>,
): readonly string[] =>
  owner.equations.map((equation) => `${equation.name}${equation.next ? "'" : ''} = ${show(equation.value)}`);

/** Layers as `name = kind(inputs)`. */
export const layers = (network: NetworkDesign): readonly string[] =>
  network.layers.map((layer) => `${layer.name} = ${layerKind(layer)}(${layer.inputs.join(', ')})`);

function layerKind(layer: NetworkDesign['layers'][number]): string {
  switch (layer.kind) {
    case 'cell':
      return `${layer.reverse ? 'backward ' : ''}${layer.cell}{${Object.entries(layer.dimensions)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}}`;
    case 'dense':
      return `dense{${layer.units}${layer.bias ? '' : ' no bias'}}`;
    case 'unary':
    case 'binary':
      return layer.fn;
    case 'last':
      return layer.reverse ? 'last of backward' : 'last';
    default:
      return layer.kind;
  }
}
