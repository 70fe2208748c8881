import {
  type AstNode,
  createCompletionParser,
  createLangiumParser,
  createParser,
  type LangiumCompletionParser,
  type LangiumCoreServices,
  LangiumParser,
  type ParseResult,
  type ParserOptions,
} from 'langium';
import { tooDeepMessage } from './lexer.ts';

/**
 * A parser that outlives its own failure. The lexer stops texts that are nested too deeply; should one exhaust the
 * stack all the same (hosts differ in theirs), the text counts as too deep, and a new parser takes the place of the
 * one that was interrupted.
 */
class LoomParser extends LangiumParser {
  private successor: LangiumParser | undefined;

  constructor(private readonly services: LangiumCoreServices) {
    super(services);
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
    try {
      return this.successor ? this.successor.parse<T>(input, options) : super.parse<T>(input, options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.successor = createLangiumParser(this.services);
      const empty = this.successor.parse<T>('', options);
      const tooDeep = { offset: 0, line: 1, column: 1, length: 1, message: tooDeepMessage };
      return { ...empty, lexerErrors: [tooDeep] };
    }
  }
}

export function createLoomParser(services: LangiumCoreServices): LangiumParser {
  const parser = createParser(services.Grammar, new LoomParser(services), services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}

/** The parser that completion needs, built by the first completion: building it takes longer than opening a text. */
export function lazyCompletionParser(services: LangiumCoreServices): LangiumCompletionParser {
  let parser: LangiumCompletionParser | undefined;
  const lazy: Pick<LangiumCompletionParser, 'parse'> = {
    parse: (input) => {
      parser ??= createCompletionParser(services);
      return parser.parse(input);
    },
  };
  // Completion asks for nothing else of it.
  return lazy as LangiumCompletionParser;
}
