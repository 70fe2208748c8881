import { ast, documentation } from '@memloom/language';
import type { AstNode } from 'langium';
import { AstNodeHoverProvider } from 'langium/lsp';

/** How a name is declared, and what its `///` comment says. */
export class LoomHoverProvider extends AstNodeHoverProvider {
  protected override getAstNodeHoverContent(node: AstNode): string | undefined {
    const declared = declarationText(node);
    if (declared === undefined) return undefined;
    return [`\`\`\`loom\n${declared}\n\`\`\``, documentation(node)]
      .filter((part) => part !== '')
      .join('\n\n');
  }
}

/** The text of a declaration up to its body; equations, parameters and layers in full, states with their kind. */
export function declarationText(node: AstNode): string | undefined {
  if (ast.isStateVariable(node))
    return node.$container.$cstNode && withoutComments(node.$container.$cstNode.text);
  if (ast.isWord(node)) return node.name;
  const text = node.$cstNode?.text;
  if (text === undefined) return undefined;
  const plain = withoutComments(text);
  return hasBody(node) ? plain.replace(/\s*\{[\s\S]*$/, '') : plain;
}

const hasBody = (node: AstNode) =>
  ![ast.isEquation, ast.isLayer, ast.isParameter, ast.isPort, ast.isFunctionDeclaration].some((is) =>
    is(node),
  );

const withoutComments = (text: string) => text.replace(/\s*\/\/[^\n]*/g, '').replace(/\s*\n\s*/g, ' ');
