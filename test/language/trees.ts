import { createLoomServices } from '@memloom/language';
import { type AstNode, EmptyFileSystem, type LangiumDocument, URI } from 'langium';

const { shared } = createLoomServices(EmptyFileSystem);

export const parse = (text: string): LangiumDocument =>
  shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse('memory:/parsed.loom'));

export const hasSyntaxErrors = ({ parseResult }: LangiumDocument): boolean =>
  parseResult.lexerErrors.length + parseResult.parserErrors.length > 0;

/** What a text means, as plain data: types, names and values of all nodes, references by their text, no positions. */
export const treeOf = (text: string): unknown => plain(parse(text).parseResult.value);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('$refText' in value) return { reference: value.$refText };
  const node = value as AstNode;
  const entries = Object.entries(node).filter(([key]) => !key.startsWith('$'));
  return {
    type: node.$type,
    ...Object.fromEntries(entries.map(([key, child]) => [key, plain(withoutBlanks(key, child))])),
  };
}

/** Space between a number and its unit, or around the cross of a size or a repetition, means nothing. */
const withoutBlanks = (key: string, child: unknown): unknown =>
  (key === 'text' || key === 'repeat') && typeof child === 'string' ? child.replace(/[ \t]/g, '') : child;
