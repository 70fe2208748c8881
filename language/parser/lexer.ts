import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';

/** Levels of brackets, and operators in one expression, that a text may have: the parser recurses over both. */
const deepest = { brackets: 100, operators: 400 } as const;

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
  let depth = 0;
  let operators = 0;
  for (const [index, { image }] of tokens.entries()) {
    if (image === '(' || image === '{' || image === '[') depth++;
    else if (image === ')' || image === '}' || image === ']') depth = Math.max(0, depth - 1);
    if (image === '=' || image === ';' || image === '{' || image === '}') operators = 0;
    else if (image.length === 1 && '+-*/^'.includes(image)) operators++;
    if (depth > deepest.brackets) return { index, limit: deepest.brackets };
    if (operators > deepest.operators) return { index, limit: deepest.operators };
  }
  return undefined;
}
