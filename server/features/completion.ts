import { ast, documentation } from '@memloom/language';
import type { AstNodeDescription, ReferenceInfo } from 'langium';
import { type CompletionContext, type CompletionValueItem, DefaultCompletionProvider } from 'langium/lsp';
import {
  CompletionItemKind,
  type CompletionItemKind as Kind,
  type MarkupContent,
  MarkupKind,
} from 'vscode-languageserver-protocol';
import { declarationText } from './hover.ts';
import { kindOf } from './node-kinds.ts';

/** Names in scope with their kind, declaration and documentation, and the keywords that may stand here. */
export class LoomCompletionProvider extends DefaultCompletionProvider {
  override readonly completionOptions = { triggerCharacters: ['.'] };

  protected override createReferenceCompletionItem(
    description: AstNodeDescription,
    info: ReferenceInfo,
    context: CompletionContext,
  ): CompletionValueItem {
    const { node } = description;
    const item = super.createReferenceCompletionItem(description, info, context);
    // A property or an argument is given by its name and a value.
    const isSetting =
      ast.isParameter(node) && (ast.isProperty(info.container) || ast.isArgument(info.container));
    return {
      ...item,
      detail: (node && declarationText(node)) ?? kindOf(description).noun,
      insertText: isSetting && info.property === 'parameter' ? `${description.name} = ` : undefined,
      sortText: ast.isFunctionDeclaration(node) ? '1' : '0',
    };
  }

  protected override getReferenceDocumentation({ node }: AstNodeDescription): MarkupContent | undefined {
    const text = node ? documentation(node) : '';
    return text === '' ? undefined : { kind: MarkupKind.Markdown, value: text };
  }

  protected override getKeywordCompletionItemKind(): Kind {
    return CompletionItemKind.Keyword;
  }
}
