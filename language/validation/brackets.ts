/**
 * What is wrong with an opening bracket that the parser stumbled over. It stumbles there, rather than further in, when
 * a call cannot be completed: the bracket is never closed, or what it holds is no list of values.
 */
export function bracketProblem(source: string, offset: number): string | undefined {
  if (source.charAt(offset) !== '(') return undefined;
  let depth = 0;
  for (const match of source.slice(offset).matchAll(/"[^"\n]*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[(){}]/g)) {
    const [mark] = match;
    if (mark === '{' || mark === '}') break;
    if (mark === '(') depth++;
    if (mark === ')') depth--;
    if (depth === 0) return 'What stands in these brackets is no list of values, separated by commas.';
  }
  return 'This bracket is never closed.';
}
