import * as ast from '../../generated/ast.ts';

/** `a·b + c·d` as its terms, each as its factors. Differences count as sums: what is subtracted is a term as well. */
export const termsOf = (expression: ast.Expression | undefined): readonly (readonly ast.Expression[])[] =>
  summands(expression).map(factorsOf);

function summands(expression: ast.Expression | undefined): readonly ast.Expression[] {
  if (ast.isBinary(expression) && (expression.operator === '+' || expression.operator === '-'))
    return [...summands(expression.left), ...summands(expression.right)];
  return expression ? [expression] : [];
}

function factorsOf(expression: ast.Expression): readonly ast.Expression[] {
  if (ast.isBinary(expression) && expression.operator === '*')
    return [...factorsOf(expression.left), ...factorsOf(expression.right)];
  return [expression];
}

/** Every part of an expression, itself first. */
export function partsOf(expression: ast.Expression | undefined): readonly ast.Expression[] {
  if (!expression) return [];
  switch (expression.$type) {
    case 'Negation':
      return [expression, ...partsOf(expression.value)];
    case 'Binary':
      return [expression, ...partsOf(expression.left), ...partsOf(expression.right)];
    case 'Power':
      return [expression, ...partsOf(expression.base), ...partsOf(expression.exponent)];
    case 'Range':
      return [expression, ...partsOf(expression.low), ...partsOf(expression.high)];
    case 'Call':
      return [expression, ...expression.arguments.flatMap(({ value }) => partsOf(value))];
    default:
      return [expression];
  }
}

/** The products of crossbar kind within an expression: `vmm(…)`, or `peephole(…)`. */
export const productsOf = (
  expression: ast.Expression | undefined,
  name: 'vmm' | 'peephole',
): readonly ast.Call[] =>
  partsOf(expression).filter(
    (part): part is ast.Call => ast.isCall(part) && part.function?.$refText === name,
  );

/** Whether the expression reads a state: its previous value, or with `next` its new one. */
export const reads = (expression: ast.Expression | undefined, state: string, next: boolean): boolean =>
  partsOf(expression).some((part) => isName(part, state, next));

export const isName = (part: ast.Expression | undefined, name: string, next: boolean): boolean =>
  ast.isName(part) && part.symbol?.$refText === name && Boolean(part.next) === next;

/** The text without spaces and comments, by which two expressions are the same. */
export const plainText = (node: { readonly $cstNode?: { readonly text: string } } | undefined): string =>
  (node?.$cstNode?.text ?? '').replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, '');

/** The gate that an expression is one minus, as its text: `i` of `1 - i`. */
export function complementOf(expression: ast.Expression | undefined): string | undefined {
  if (!ast.isBinary(expression) || expression.operator !== '-') return undefined;
  const { left, right } = expression;
  return ast.isNumberLiteral(left) && left.value === 1 ? plainText(right) : undefined;
}
