import {
  DefaultDocumentValidator,
  type LangiumDocument,
  type LinkingError,
  type ParseResult,
  type ValidationOptions,
} from 'langium';
import type { Diagnostic, Range } from 'vscode-languageserver-types';
import { type Code, catalogue, messageOf } from '../diagnostics/catalogue.ts';
import type { LoomCoreServices } from '../services.ts';
import { describeLinkingError } from './linking.ts';

/** Gives syntax and linking errors their codes and words from the catalogue. */
export class LoomDocumentValidator extends DefaultDocumentValidator {
  constructor(private readonly services: LoomCoreServices) {
    super(services);
  }

  protected override processLexingErrors(
    result: ParseResult,
    diagnostics: Diagnostic[],
    options: ValidationOptions,
  ): void {
    const found: Diagnostic[] = [];
    super.processLexingErrors(result, found, options);
    for (const [index, diagnostic] of found.entries()) {
      const depth = /^depth (\d+)$/.exec(textOf(diagnostic));
      if (depth)
        diagnostics.push(
          this.coded(
            'syntax.depth',
            diagnostic.range,
            messageOf('syntax.depth', { limit: Number(depth[1]) }),
          ),
        );
      else {
        const error = result.lexerErrors[index];
        const text = error
          ? result.value.$document?.textDocument.getText().slice(error.offset, error.offset + error.length)
          : undefined;
        diagnostics.push(
          this.coded(
            'syntax.character',
            diagnostic.range,
            messageOf('syntax.character', { text: shorten(text ?? '') }),
          ),
        );
      }
    }
  }

  protected override processParsingErrors(
    result: ParseResult,
    diagnostics: Diagnostic[],
    options: ValidationOptions,
  ): void {
    const found: Diagnostic[] = [];
    super.processParsingErrors(result, found, options);
    for (const diagnostic of found)
      diagnostics.push(
        this.coded(
          'syntax.unexpected',
          diagnostic.range,
          messageOf('syntax.unexpected', { message: textOf(diagnostic) }),
        ),
      );
  }

  protected override processLinkingErrors(
    document: LangiumDocument,
    diagnostics: Diagnostic[],
    _options: ValidationOptions,
  ): void {
    for (const { error, $refNode } of document.references) {
      if (!error || !$refNode) continue;
      const description = describeLinkingError(error as LinkingError, this.services);
      if (description) diagnostics.push(this.coded(description.code, $refNode.range, description.message));
    }
  }

  private coded(code: Code, range: Range, message: string): Diagnostic {
    const severity = catalogue[code].severity === 'error' ? 1 : 2;
    return { range, severity, code, message, source: this.getSource(), data: { code } };
  }
}

const shorten = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

const textOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);
