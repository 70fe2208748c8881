import type { AstNode } from 'langium';
import { AbstractFormatter } from 'langium/lsp';

export class LoomFormatter extends AbstractFormatter {
  protected override format(_node: AstNode): void {}
}
