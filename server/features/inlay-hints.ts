import { ast, checkedDesign, equationUnits, formatSize, type LoomServices } from '@memloom/language';
import { type Design, sizeNetwork } from '@memloom/sim-core';
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import { type InlayHint, InlayHintKind, type Position, type Range } from 'vscode-languageserver-protocol';
import { arrayUses, sizeText } from '../arrays.ts';
import type { Settings } from '../settings.ts';

/** Inferred sizes and units behind the names that have them, within the range that an editor shows. */
export const inlayHintProvider = (services: LoomServices, settings: () => Settings): InlayHintProvider => ({
  getInlayHints: (document, { range }): InlayHint[] => {
    const model = document.parseResult.value;
    const { sizes, units, arrays, defaults } = settings().inlayHints;
    if (!ast.isModel(model) || !(sizes || units || arrays || defaults)) return [];
    const shown = model.declarations.filter((declaration) => overlaps(declaration, range));
    if (shown.length === 0) return [];
    const design = checkedDesign(document, services);
    const inferred = (declaration: ast.Declaration): readonly InlayHint[] => {
      if (ast.isCell(declaration)) return sizes ? cellHints(declaration, design) : [];
      if (ast.isNetwork(declaration)) return sizes ? networkHints(declaration, design) : [];
      if (ast.isCrossbar(declaration)) return arrays ? crossbarHints(declaration, design) : [];
      return units && ast.isBlock(declaration) ? blockHints(declaration, services) : [];
    };
    return shown
      .flatMap((declaration): readonly InlayHint[] => {
        const left = defaults ? defaultHints(declaration) : [];
        return [...left, ...inferred(declaration)];
      })
      .filter(({ position }) => position.line >= range.start.line && position.line <= range.end.line);
  },
});

/** `, bits = 8` before the closing bracket of a call that leaves parameters at their defaults. */
function defaultHints(declaration: ast.Declaration): readonly InlayHint[] {
  return AstUtils.streamAst(declaration)
    .toArray()
    .flatMap((node): readonly InlayHint[] => {
      const called = calledBy(node);
      const closing = called && GrammarUtils.findNodeForKeyword(node.$cstNode, ')');
      if (!called || !closing) return [];
      const given = new Set(called.arguments.map(({ parameter }) => parameter?.$refText));
      const positions = called.arguments.filter(({ parameter }) => !parameter).length;
      const left = called.parameters
        .slice(positions)
        .filter(({ name, value }) => value && !given.has(name))
        .map(({ name, value }) => `${name} = ${value?.$cstNode?.text}`);
      if (left.length === 0) return [];
      const label = `${called.arguments.length > 0 ? ', ' : ''}${left.join(', ')}`;
      return [
        {
          position: closing.range.start,
          label,
          kind: InlayHintKind.Parameter,
          tooltip: 'left at their defaults',
        },
      ];
    });
}

interface Called {
  readonly parameters: readonly ast.Parameter[];
  readonly arguments: readonly ast.Argument[];
}

function calledBy(node: AstNode): Called | undefined {
  if (ast.isCall(node)) {
    const callee = node.function?.ref;
    return ast.isFunctionDeclaration(callee)
      ? { parameters: callee.parameters, arguments: node.arguments }
      : undefined;
  }
  const target = ast.isBinding(node) ? node.target?.ref : undefined;
  return ast.isBinding(node) && ast.isBlock(target)
    ? { parameters: target.parameters, arguments: node.arguments }
    : undefined;
}

/** `: [m]` behind each equation that the cell itself writes. */
function cellHints(cell: ast.Cell, { cells }: Design): readonly InlayHint[] {
  const design = cells.find(({ name }) => name === cell.name);
  return cell.equations.flatMap((equation) => {
    const found = design?.equations.find(
      ({ name, next }) => name === equation.name && next === equation.next,
    );
    return found ? behindName(equation, `: [${formatSize(found.size)}]`, 'inferred size') : [];
  });
}

function networkHints(network: ast.Network, design: Design): readonly InlayHint[] {
  if (!design.networks.some(({ name }) => name === network.name)) return [];
  const sized = sizeNetwork(design, network.name);
  if (!sized.ok) return [];
  return network.layers.flatMap((layer) => {
    const found = sized.value.layers.find(({ name }) => name === layer.name);
    const what = found?.time === 'sequence' ? 'a value at each time step' : 'one vector';
    return found ? behindName(layer, `: [${found.size}]`, what) : [];
  });
}

function crossbarHints(crossbar: ast.Crossbar, design: Design): readonly InlayHint[] {
  if (design.crossbars.find(({ name }) => name === crossbar.name)?.size) return [];
  const uses = arrayUses(design).filter((use) => use.crossbar === crossbar.name);
  const sizes = [...new Set(uses.map(sizeText))];
  const places = uses.map(({ layer, network, hardware }) => `${layer} of ${network} on ${hardware}`);
  return sizes.length === 0 ? [] : behindName(crossbar, ` ${sizes.join(', ')}`, places.join('\n'));
}

function blockHints(block: ast.Block, services: LoomServices): readonly InlayHint[] {
  return [...equationUnits(block, services)].flatMap(([equation, unit]) =>
    equation.name === block.output?.name ? [] : behindName(equation, `: ${unit}`, 'unit of the value'),
  );
}

function behindName(node: AstNode, label: string, tooltip: string): readonly InlayHint[] {
  const place = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
  // The prime of a state's new value belongs to the name.
  const prime = ast.isEquation(node) && node.next ? findPrime(node) : undefined;
  const position = prime ?? place?.range.end;
  return position ? [{ position, label, kind: InlayHintKind.Type, tooltip }] : [];
}

const findPrime = (equation: ast.Equation): Position | undefined =>
  GrammarUtils.findNodeForProperty(equation.$cstNode, 'next')?.range.end;

function overlaps(node: AstNode, { start, end }: Range): boolean {
  const range = node.$cstNode?.range;
  return range !== undefined && range.start.line <= end.line && range.end.line >= start.line;
}
