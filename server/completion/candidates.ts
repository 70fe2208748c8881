import { ast } from '@memloom/language';
import { type AstNode, type AstNodeDescription, AstUtils, type ReferenceInfo } from 'langium';
import { fitsRole } from '../bindings.ts';

/** Whether a name that is in scope makes sense in the place of a reference. `before` is the line up to it. */
export function isWanted(
  { name, node }: AstNodeDescription,
  { container, property }: ReferenceInfo,
  before: string,
): boolean {
  if (property === 'parameter' && (ast.isProperty(container) || ast.isArgument(container)))
    return !givenNames(container).includes(name);
  if (ast.isBinding(container) && property === 'role') return !boundRoles(container).includes(name);
  const role = /(\w+)\s+on\s+\w*$/.exec(before)?.[1];
  const hardware = AstUtils.getContainerOfType(container, ast.isHardware);
  if (property === 'target' && hardware && role !== undefined) {
    if (role === 'vmm') return ast.isCrossbar(node);
    return ast.isBlock(node) && fitsRole(node, role, hardware);
  }
  return !ast.isFunctionDeclaration(node) || kindsAt(container, before).includes(node.kind);
}

/** Parameters that are given already beside the one that is being written. */
function givenNames(setting: ast.Property | ast.Argument): readonly string[] {
  const owner: AstNode | undefined = setting.$container;
  if (ast.isPropertyBody(owner) || ast.isHardware(owner))
    return owner.properties.filter((other) => other !== setting).map(({ parameter }) => parameter?.$refText);
  const list =
    ast.isCall(owner) || ast.isBinding(owner) || ast.isDerivedDevice(owner) || ast.isParameterSet(owner)
      ? owner.arguments
      : [];
  return list.filter((other) => other !== setting).flatMap(({ parameter }) => parameter?.$refText ?? []);
}

function boundRoles(binding: ast.Binding): readonly string[] {
  const hardware: AstNode | undefined = binding.$container;
  return ast.isHardware(hardware)
    ? hardware.bindings.filter((other) => other !== binding).map(({ role }) => role?.$refText)
    : [];
}

/** Kinds of functions that have their place where a call stands. */
function kindsAt(container: AstNode, before: string): readonly string[] {
  if (/\btrain\s+\w*$/.test(before)) return ['optimizer'];
  if (/\bgenerate\s+\w*$/.test(before)) return ['generator'];
  const property = AstUtils.getContainerOfType(container, ast.isProperty);
  if (property) return property.parameter?.ref?.unit === 'scaling' ? ['scaling'] : ['distribution'];
  if (AstUtils.getContainerOfType(container, ast.isParameter)) return ['distribution', 'elementwise'];
  if (AstUtils.getContainerOfType(container, ast.isBinding)) return ['distribution'];
  if (AstUtils.getContainerOfType(container, ast.isNetwork)) return ['layer', 'elementwise'];
  if (AstUtils.getContainerOfType(container, ast.isCell)) return ['elementwise', 'product'];
  const isCircuit = AstUtils.getContainerOfType(
    container,
    (node) => ast.isBlock(node) || ast.isEquationDevice(node),
  );
  return isCircuit
    ? ['elementwise']
    : ['elementwise', 'product', 'layer', 'distribution', 'scaling', 'optimizer', 'generator'];
}
