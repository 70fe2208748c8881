import { createLoomServices } from '@memloom/language';
import { type AstNode, AstUtils, CstUtils, EmptyFileSystem, GrammarUtils } from 'langium';
import { describe, expect, it } from 'vitest';

/** The services with the library as a server has it, each with trees of its own. */
async function planted() {
  const { shared, Loom } = createLoomServices(EmptyFileSystem);
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  return { documents: shared.workspace.LangiumDocuments.all.toArray(), Loom };
}

const { documents, Loom } = await planted();
const parse = (text: string) => Loom.parser.LangiumParser.parse(text).value;

/** All that a tree says of a node, without its children. */
const facts = (node: AstNode) => ({
  type: node.$type,
  place: [node.$containerProperty, node.$containerIndex, node.$container?.$type],
  properties: Object.entries(node).filter(
    ([key, value]) => !key.startsWith('$') && typeof value !== 'object',
  ),
  lists: Object.entries(node).flatMap(([key, value]) =>
    !key.startsWith('$') && Array.isArray(value) ? [[key, value.length]] : [],
  ),
  span: node.$cstNode && [node.$cstNode.offset, node.$cstNode.end, node.$cstNode.length],
  range: node.$cstNode?.range,
  text: node.$cstNode?.text,
  references: AstUtils.streamReferences(node)
    .map(({ property, index, reference }) => [
      property,
      index,
      reference.$refText,
      reference.$refNode?.offset,
      reference.$refNode?.range,
    ])
    .toArray(),
});

describe.each(documents.map((document) => [document.uri.path, document] as const))(
  '%s',
  (_path, document) => {
    const text = document.textDocument.getText();
    const root = document.parseResult.value;

    it('is the tree that its text parses to, before anything has been parsed', () => {
      const ours = AstUtils.streamAst(root).map(facts).toArray();
      expect(ours.length).toBeGreaterThan(100);
      expect(ours).toEqual(AstUtils.streamAst(parse(text)).map(facts).toArray());
    });

    it('has the concrete syntax of its text as soon as someone looks into it', () => {
      const before = root.$cstNode;
      const declared = AstUtils.streamAst(root)
        .filter((node) => 'name' in node)
        .toArray();
      for (const node of declared)
        expect(GrammarUtils.findNodeForProperty(node.$cstNode, 'name')?.astNode).toBe(node);
      expect(root.$cstNode).not.toBe(before);
      const leaves = (node: AstNode) =>
        node.$cstNode
          ? CstUtils.flattenCst(node.$cstNode)
              .map((leaf) => [leaf.offset, leaf.text])
              .toArray()
          : [];
      expect(leaves(root)).toEqual(leaves(parse(text)));
      const ours = AstUtils.streamAst(root).map(facts).toArray();
      expect(ours).toEqual(AstUtils.streamAst(parse(text)).map(facts).toArray());
    });
  },
);
