import { type AstNode, isAstNode, isReference } from 'langium';

/** Where a node stands in its text: its offset and its end. */
export type Span = readonly [offset: number, end: number];

/** A syntax tree as data: the nodes as the parser makes them, with spans instead of concrete syntax, names for links. */
export interface TreeNode {
  readonly $type: string;
  readonly $cstNode?: Span;
  readonly [property: string]: unknown;
}

/** The reference of a tree: a name, and where it stands. */
export interface TreeReference {
  readonly $refText: string;
  readonly $refNode?: Span;
}

/** A parsed text as data; `plantTree` makes it a syntax tree again. */
export const treeOf = (node: AstNode): TreeNode => ({
  $type: node.$type,
  ...(node.$cstNode ? { $cstNode: spanOf(node.$cstNode) } : {}),
  ...Object.fromEntries(
    Object.entries(node)
      .filter(([property, value]) => !property.startsWith('$') && value !== undefined)
      .map(([property, value]) => [property, Array.isArray(value) ? value.map(encode) : encode(value)]),
  ),
});

function encode(value: unknown): unknown {
  if (isAstNode(value)) return treeOf(value);
  if (!isReference(value)) return value;
  const { $refText, $refNode } = value;
  return { $refText, ...($refNode ? { $refNode: spanOf($refNode) } : {}) };
}

const spanOf = ({ offset, end }: { readonly offset: number; readonly end: number }): Span => [offset, end];

export const isTreeNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null && '$type' in value;

export const isTreeReference = (value: unknown): value is TreeReference =>
  typeof value === 'object' && value !== null && '$refText' in value;
