import { ast, cellChain, cellDimensions } from '@memloom/language';
import { type AstNode, AstUtils } from 'langium';

/** The name with the arguments that it cannot go without, in snippet syntax; undefined where there are none. */
export function callSnippet(node: AstNode | undefined, container: AstNode): string | undefined {
  if (ast.isCell(node)) return snippet(node.name, cellArguments(node, container));
  if (ast.isFunctionDeclaration(node)) return snippet(node.name, required(node.parameters, container));
  if (ast.isModelDeclaration(node)) return snippet(node.name, required(node.parameters, container));
  return undefined;
}

interface Argument {
  /** Undefined: by position. */
  readonly name?: string;
  readonly value: string;
}

const snippet = (name: string, values: readonly Argument[]): string | undefined =>
  values.length === 0
    ? undefined
    : `${name}(${values
        .map(
          ({ name: named, value }, index) =>
            `${named === undefined ? '' : `${named} = `}\${${index + 1}:${value}}`,
        )
        .join(', ')})`;

function cellArguments(cell: ast.Cell, container: AstNode): readonly Argument[] {
  const inputs = cellChain(cell).find((link) => link.inputs.length > 0)?.inputs ?? [];
  const signals = signalNames(container);
  const units = cellDimensions(cell).length > 0 ? [{ name: 'units', value: '4' }] : [];
  return [...inputs.map(({ name }, index) => ({ value: signals[index] ?? name })), ...units];
}

/** Parameters without a default; signals by position, everything else by name. */
function required(parameters: readonly ast.Parameter[], container: AstNode): readonly Argument[] {
  const signals = signalNames(container);
  return parameters
    .filter(({ optional, value }) => !optional && value === undefined)
    .map(({ name, unit, bounds, rest }, index) => {
      const isSignal = unit === undefined && bounds === undefined;
      if (isSignal || rest) return { value: signals[index] ?? name };
      return { name, value: unit === 'integer' ? '1' : name };
    });
}

/** Names of the signals around a call, latest first: what a layer or equation most likely continues. */
function signalNames(container: AstNode): readonly string[] {
  const network = AstUtils.getContainerOfType(container, ast.isNetwork);
  if (network) {
    const own = AstUtils.getContainerOfType(container, ast.isLayer);
    const at = own ? network.layers.indexOf(own) : network.layers.length;
    const before = network.layers.slice(0, Math.max(0, at)).map(({ name }) => name);
    return [...before.reverse(), ...network.inputs.map(({ name }) => name)].slice(0, 1);
  }
  const owner = AstUtils.getContainerOfType(container, (node) => ast.isCell(node) || ast.isBlock(node));
  return owner?.inputs.map(({ name }) => name).slice(0, 1) ?? [];
}
