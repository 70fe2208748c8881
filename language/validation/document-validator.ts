import {
  DefaultDocumentValidator,
  isOperationCancelled,
  type LangiumDocument,
  type LinkingError,
  type ParseResult,
  type ValidationOptions,
} from 'langium';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { Diagnostic, Range } from 'vscode-languageserver-types';
import { type Arguments, type Code, catalogue, messageOf } from '../diagnostics/catalogue.ts';
import type { Related } from '../diagnostics/report.ts';
import { tooDeep } from '../parser/lexer.ts';
import type { LoomCoreServices } from '../services.ts';
import { bracketProblem } from './brackets.ts';
import { brokenDeclarations } from './broken.ts';
import { codeDescription } from './code-description.ts';
import { describeLinkingError } from './linking.ts';
import { missingEquals } from './missing-equals.ts';
import { asRelated } from './related.ts';

/** Gives syntax and linking errors their codes and words from the catalogue. */
export class LoomDocumentValidator extends DefaultDocumentValidator {
  constructor(private readonly services: LoomCoreServices) {
    super(services);
  }

  /** What goes wrong in a check is a finding, so that no text leaves a build unfinished, on which requests would wait. */
  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    token?: CancellationToken,
  ): Promise<Diagnostic[]> {
    try {
      return await super.validateDocument(document, options, token);
    } catch (error) {
      if (isOperationCancelled(error)) throw error;
      const start = { line: 0, character: 0 };
      const message = error instanceof Error ? error.message : String(error);
      return [this.coded('check.failed', { start, end: start }, { message })];
    }
  }

  /** The checks walk the tree themselves, from its root. */
  protected override validateSingleNodeOptions(): { validateNode: boolean; validateChildren: boolean } {
    return { validateNode: true, validateChildren: false };
  }

  protected override processLexingErrors(result: ParseResult, diagnostics: Diagnostic[]): void {
    const source = sourceOf(result);
    const undecoded = undecodedError(result);
    if (undecoded) {
      const start = { line: (undecoded.line ?? 1) - 1, character: (undecoded.column ?? 1) - 1 };
      const end = { ...start, character: start.character + 1 };
      diagnostics.push(this.coded('syntax.encoding', { start, end }, {}));
      return;
    }
    for (const { offset, length, line = 1, column = 1, message } of result.lexerErrors) {
      const start = { line: line - 1, character: column - 1 };
      const range = { start, end: { line: start.line, character: start.character + length } };
      const limit = tooDeep(message);
      if (limit !== undefined) diagnostics.push(this.coded('syntax.depth', range, { limit }));
      else
        diagnostics.push(
          this.coded('syntax.character', range, { text: shorten(source.slice(offset, offset + length)) }),
        );
    }
  }

  protected override processParsingErrors(
    result: ParseResult,
    diagnostics: Diagnostic[],
    options: ValidationOptions,
  ): void {
    // Where the text was cut off or is no text, what is missing behind it says nothing.
    if (undecodedError(result)) return;
    if (result.lexerErrors.some(({ message }) => tooDeep(message) !== undefined)) return;
    const found: Diagnostic[] = [];
    super.processParsingErrors(result, found, options);
    let line = -1;
    for (const { range, message } of found) {
      // What the parser stumbles over again in the same line follows from its first guess.
      if (range.start.line === line) continue;
      line = range.start.line;
      const text = typeof message === 'string' ? message : message.value;
      diagnostics.push(this.syntaxError(result, range, text));
    }
  }

  /** What the parser stumbled over, where a look at the text tells more than the parser does. */
  private syntaxError(result: ParseResult, range: Range, message: string): Diagnostic {
    const source = sourceOf(result);
    const document = result.value.$document?.textDocument;
    const offset = document?.offsetAt(range.start) ?? 0;
    const equals = missingEquals(source, offset);
    if (!equals || !document)
      return this.coded('syntax.unexpected', range, { message: bracketProblem(source, offset) ?? message });
    const { name, value } = equals;
    const start = document.positionAt(equals.offset);
    const end = document.positionAt(equals.offset + value.length);
    return this.coded('syntax.equals', { start, end }, { name, value });
  }

  protected override processLinkingErrors(document: LangiumDocument, diagnostics: Diagnostic[]): void {
    const isBroken = brokenDeclarations(document);
    for (const { error, $refNode } of document.references) {
      if (!error || !$refNode || isBroken(error.info.container)) continue;
      const description = describeLinkingError(error as LinkingError, this.services);
      if (description) diagnostics.push(this.diagnostic($refNode.range, description));
    }
  }

  private coded<C extends Code>(code: C, range: Range, details: Arguments<C>): Diagnostic {
    return this.diagnostic(range, { code, message: messageOf(code, details), details });
  }

  private diagnostic(
    range: Range,
    finding: {
      readonly code: Code;
      readonly message: string;
      readonly details: unknown;
      readonly related?: readonly Related[];
    },
  ): Diagnostic {
    const { code, message, details, related = [] } = finding;
    return {
      range,
      severity: catalogue[code].severity === 'error' ? 1 : 2,
      code,
      message,
      source: this.getSource(),
      ...codeDescription(code, this.services),
      relatedInformation: related.flatMap(asRelated),
      data: { code, details },
    };
  }
}

const sourceOf = (result: ParseResult): string => result.value.$document?.textDocument.getText() ?? '';

/** The first characters that no text in UTF-8 has: what decoding puts for other bytes, and zeros. */
const undecodedError = (result: ParseResult) =>
  result.lexerErrors.find(({ offset, length }) =>
    /[\0\uFFFD]/.test(sourceOf(result).slice(offset, offset + length)),
  );

/** At most 20 characters, those that would move a terminal's cursor written as escapes. */
const shorten = (text: string): string =>
  (text.length > 20 ? `${text.slice(0, 20)}…` : text).replace(
    /\p{Cc}/gu,
    (control) => `\\u{${control.charCodeAt(0).toString(16)}}`,
  );
