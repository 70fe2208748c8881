import { type AstNode, AstUtils } from 'langium';

/** The `///` comments above a node, or behind it on its last line; empty where there are none. */
export function documentation(node: AstNode): string {
  const cst = node.$cstNode;
  if (!cst) return '';
  const text = AstUtils.getDocument(node).textDocument.getText();
  return commentAbove(text, cst.offset) || commentBehind(text, cst.end);
}

function commentAbove(text: string, offset: number): string {
  const lines: string[] = [];
  let end = text.lastIndexOf('\n', offset - 1);
  if (text.slice(end + 1, offset).trim() !== '') return '';
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1);
    const match = /^\s*\/\/\/ ?(.*?)\s*$/.exec(text.slice(start + 1, end));
    if (!match) break;
    lines.unshift(match[1]);
    end = start;
  }
  return lines.join('\n');
}

function commentBehind(text: string, offset: number): string {
  const newline = text.indexOf('\n', offset);
  const rest = text.slice(offset, newline < 0 ? text.length : newline);
  return /^\s*[,;]?\s*\/\/\/ ?(.*?)\s*$/.exec(rest)?.[1] ?? '';
}
