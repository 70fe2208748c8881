import { ast, documentation, type LoomServices } from '@memloom/language';
import { type AstNode, CstUtils, type LangiumDocument, type LeafCstNode } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver-protocol';
import { factsOf } from '../hover/facts.ts';
import { keywordTexts } from '../hover/keywords.ts';
import { metricHover } from '../hover/metrics.ts';
import { quantityHover } from '../hover/quantity.ts';
import { nameAt } from './references.ts';

/** What stands at a position: a name with its declaration, comment and inferred facts; a quantity, metric or keyword. */
export const hoverProvider = (services: LoomServices): HoverProvider => ({
  getHoverContent: (document, params): Hover | undefined => {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(params.position));
    if (!leaf || leaf.hidden) return undefined;
    const value = ownText(leaf) ?? nameText(document, params, services) ?? keywordText(leaf);
    return value === undefined
      ? undefined
      : { contents: { kind: MarkupKind.Markdown, value }, range: leaf.range };
  },
});

/** A literal explains itself. */
function ownText({ astNode, text, tokenType }: LeafCstNode): string | undefined {
  if (ast.isQuantity(astNode)) return quantityHover(astNode.text);
  const isMetric = ast.isExpect(astNode) && astNode.metric?.includes(text) && tokenType.name !== 'NUMBER';
  return isMetric ? metricHover(astNode.metric) : undefined;
}

function nameText(
  document: LangiumDocument,
  { position }: HoverParams,
  services: LoomServices,
): string | undefined {
  const name = nameAt(document, position, services);
  const [target] = name ? services.references.References.findDeclarations(name) : [];
  const declared = target && declarationText(target);
  if (!name || declared === undefined) return undefined;
  return [
    `\`\`\`loom\n${declared}\n\`\`\``,
    documentation(target),
    ...factsOf(target, name.astNode, services),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const keywordText = ({ text, tokenType }: LeafCstNode): string | undefined =>
  tokenType.name === text ? keywordTexts.get(text) : undefined;

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
