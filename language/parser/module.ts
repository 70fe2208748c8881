import type { LangiumCoreServices, Module, PartialLangiumCoreServices } from 'langium';
import { LoomParserErrorMessageProvider } from './error-messages.ts';
import { LoomLexer } from './lexer.ts';
import { createLoomParser, lazyCompletionParser } from './parser.ts';
import { LoomTokenBuilder } from './token-builder.ts';

/** What it takes to parse: the services that the build has, too, when it parses the standard library. */
export const parserModule: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
  parser: {
    TokenBuilder: () => new LoomTokenBuilder(),
    Lexer: (services) => new LoomLexer(services),
    LangiumParser: (services) => createLoomParser(services),
    CompletionParser: (services) => lazyCompletionParser(services),
    ParserErrorMessageProvider: () => new LoomParserErrorMessageProvider(),
  },
};
