import { type AstNode, type AstNodeDescription, AstUtils, GrammarUtils } from 'langium';
import type { DiagnosticRelatedInformation, Range } from 'vscode-languageserver-types';
import type { Code } from '../diagnostics/catalogue.ts';
import type { Place, Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';

/** Another place of a finding, as the protocol has it. */
export function asRelated({ place, message }: Related): readonly DiagnosticRelatedInformation[] {
  const { node, property, index } = place;
  const range =
    rangeOf(place) ??
    GrammarUtils.findNodeForProperty(node.$cstNode, property, index)?.range ??
    node.$cstNode?.range;
  return range ? [{ location: { uri: AstUtils.getDocument(node).uri.toString(), range }, message }] : [];
}

/** The characters that a place names, where it names some. */
export function rangeOf({ node, from, to }: Place): Range | undefined {
  if (from === undefined || to === undefined || !node.$cstNode) return undefined;
  const { textDocument } = AstUtils.getDocument(node);
  const { offset } = node.$cstNode;
  return { start: textDocument.positionAt(offset + from), end: textDocument.positionAt(offset + to) };
}

/** Where the other side of a name stands that refers to nothing: what has the names that are known there. */
export function relatedToName(
  code: Code,
  node: AstNode,
  known: readonly AstNodeDescription[],
  suggestion: string | undefined,
): readonly Related[] {
  if (code === 'parameter.unknown') return parameterMeant(known, suggestion);
  if (code === 'probe.unknown') return probedOwner(node);
  if (code !== 'value.word' || !ast.isName(node)) return [];
  const { $container: container } = node;
  const isSetting = ast.isProperty(container) || ast.isArgument(container) || ast.isSweep(container);
  const parameter = isSetting ? container.parameter?.ref : undefined;
  return ast.isParameter(parameter) ? declaredHere(parameter) : [];
}

/** The parameter that was probably meant; where none is like it, the declaration that lists them. */
function parameterMeant(
  known: readonly AstNodeDescription[],
  suggestion: string | undefined,
): readonly Related[] {
  const meant = known.find(({ name }) => name === suggestion)?.node;
  if (meant && 'name' in meant) return declaredHere(meant as Named);
  const list = AstUtils.getContainerOfType(known[0]?.node, ast.isDeclaration);
  return list
    ? [{ place: { node: list, property: 'name' }, message: 'What can be set is declared here.' }]
    : [];
}

/** The signal or layer whose parts are known; for a layer, the network that has them. */
function probedOwner(node: AstNode): readonly Related[] {
  if (ast.isProbedQuantity(node)) return declaredHere(node.signal.member?.ref ?? node.signal.layer.ref);
  if (!ast.isSignal(node)) return [];
  const layer = node.layer.ref;
  if (layer) return declaredHere(layer);
  const experiment = AstUtils.getContainerOfType(node, ast.isExperiment);
  return declaredHere(experiment?.statements.find(ast.isNetworkUse)?.network.ref);
}

type Named = AstNode & { readonly name: string };

const declaredHere = (node: Named | undefined): readonly Related[] =>
  node ? [{ place: { node, property: 'name' }, message: `"${node.name}" is declared here.` }] : [];
