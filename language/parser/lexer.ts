import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';

/**
 * What a text may have of what the parser recurses over: brackets within each other, signs and exponents in a row, and
 * operators in one item.
 */
const deepest = { brackets: 40, chain: 40, operators: 400 } as const;

/** What a lexing error says of a text that is nested too deeply. */
export const tooDeepMessage = `depth ${deepest.brackets}`;

type Token = LexerResult['tokens'][number];

/** The limit that a text exceeds, where a lexing error says so. */
export function tooDeep(message: string): number | undefined {
  const limit = /^depth ([0-9]+)$/.exec(message)?.[1];
  return limit === undefined ? undefined : Number(limit);
}

/** Stops a text that is nested so deeply that parsing it could exhaust the stack. */
export class LoomLexer extends DefaultLexer {
  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    const excess = firstExcess(result.tokens);
    if (excess === undefined) return result;
    const token = result.tokens[excess.index];
    const { startOffset: offset, startLine: line, startColumn: column } = token;
    return {
      ...result,
      tokens: result.tokens.slice(0, excess.index),
      errors: [
        ...result.errors,
        { offset, line, column, length: token.image.length, message: `depth ${excess.limit}` },
      ],
    };
  }
}

function firstExcess(
  tokens: readonly Token[],
): { readonly index: number; readonly limit: number } | undefined {
  const count = { brackets: 0, chain: 0, operators: 0 };
  let previous = '';
  for (const [index, { image }] of tokens.entries()) {
    tally(image, previous, count);
    previous = image;
    for (const kind of ['brackets', 'chain', 'operators'] as const)
      if (count[kind] > deepest[kind]) return { index, limit: deepest[kind] };
  }
  return undefined;
}

type Count = { -readonly [K in keyof typeof deepest]: number };

/** Marks behind which a minus is a sign. */
const beforeSigns: ReadonlySet<string> = new Set([
  '',
  '=',
  '(',
  '[',
  '{',
  ',',
  '..',
  '+',
  '-',
  '*',
  '/',
  '^',
]);

function tally(image: string, previous: string, count: Count): void {
  if (image === '(' || image === '{' || image === '[') count.brackets++;
  else if (image === ')' || image === '}' || image === ']') count.brackets = Math.max(0, count.brackets - 1);
  if (image === '=' || image === ';' || image === '{' || image === '}') {
    count.operators = 0;
    count.chain = 0;
  } else if (image.length === 1 && '+-*/^'.includes(image)) {
    count.operators++;
    const recurses = image === '^' || (image === '-' && beforeSigns.has(previous));
    count.chain = recurses ? count.chain + 1 : 0;
  }
}
