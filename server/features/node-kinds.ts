import { ast } from '@memloom/language';
import { type AstNode, type AstNodeDescription, isAstNodeDescription } from 'langium';
import type { NodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver-protocol';

interface Kind {
  readonly symbol: SymbolKind;
  readonly completion: CompletionItemKind;
  /** What a reader calls it. */
  readonly noun: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  [ast.FunctionDeclaration.$type]: {
    symbol: SymbolKind.Function,
    completion: CompletionItemKind.Function,
    noun: 'function',
  },
  [ast.ModelDeclaration.$type]: {
    symbol: SymbolKind.Interface,
    completion: CompletionItemKind.Interface,
    noun: 'device model',
  },
  [ast.ParameterSet.$type]: {
    symbol: SymbolKind.EnumMember,
    completion: CompletionItemKind.EnumMember,
    noun: 'parameter set',
  },
  [ast.PropertySchema.$type]: {
    symbol: SymbolKind.Struct,
    completion: CompletionItemKind.Struct,
    noun: 'properties',
  },
  [ast.DerivedDevice.$type]: {
    symbol: SymbolKind.Struct,
    completion: CompletionItemKind.Struct,
    noun: 'device',
  },
  [ast.EquationDevice.$type]: {
    symbol: SymbolKind.Struct,
    completion: CompletionItemKind.Struct,
    noun: 'device',
  },
  [ast.Crossbar.$type]: { symbol: SymbolKind.Array, completion: CompletionItemKind.Struct, noun: 'crossbar' },
  [ast.Block.$type]: { symbol: SymbolKind.Module, completion: CompletionItemKind.Module, noun: 'block' },
  [ast.Cell.$type]: { symbol: SymbolKind.Class, completion: CompletionItemKind.Class, noun: 'cell' },
  [ast.Hardware.$type]: {
    symbol: SymbolKind.Package,
    completion: CompletionItemKind.Module,
    noun: 'hardware',
  },
  [ast.Network.$type]: {
    symbol: SymbolKind.Namespace,
    completion: CompletionItemKind.Class,
    noun: 'network',
  },
  [ast.Dataset.$type]: { symbol: SymbolKind.File, completion: CompletionItemKind.File, noun: 'dataset' },
  [ast.Experiment.$type]: {
    symbol: SymbolKind.Event,
    completion: CompletionItemKind.Event,
    noun: 'experiment',
  },
  [ast.Layer.$type]: { symbol: SymbolKind.Object, completion: CompletionItemKind.Variable, noun: 'layer' },
  [ast.Port.$type]: { symbol: SymbolKind.Field, completion: CompletionItemKind.Field, noun: 'port' },
  [ast.Parameter.$type]: {
    symbol: SymbolKind.Property,
    completion: CompletionItemKind.Property,
    noun: 'parameter',
  },
  [ast.StateVariable.$type]: {
    symbol: SymbolKind.Variable,
    completion: CompletionItemKind.Variable,
    noun: 'state',
  },
  [ast.Equation.$type]: {
    symbol: SymbolKind.Operator,
    completion: CompletionItemKind.Variable,
    noun: 'equation',
  },
  [ast.Dimension.$type]: {
    symbol: SymbolKind.TypeParameter,
    completion: CompletionItemKind.TypeParameter,
    noun: 'dimension',
  },
  [ast.Word.$type]: {
    symbol: SymbolKind.EnumMember,
    completion: CompletionItemKind.EnumMember,
    noun: 'choice',
  },
};

const other: Kind = { symbol: SymbolKind.Field, completion: CompletionItemKind.Reference, noun: 'name' };

export const kindOf = (node: AstNode | AstNodeDescription): Kind =>
  kinds[isAstNodeDescription(node) ? node.type : node.$type] ?? other;

/** The icons of names in the outline and in completion. */
export const nodeKindProvider: NodeKindProvider = {
  getSymbolKind: (node) => kindOf(node).symbol,
  getCompletionItemKind: (node) => kindOf(node).completion,
};
