import { ast, chain, type LoomServices } from '@memloom/language';
import { suppliedPorts } from '@memloom/sim-core';
import { AstUtils } from 'langium';

/** How the crossbar of hardware is read; undefined where no crossbar is bound. */
export function readoutOf(hardware: ast.Hardware): 'voltage' | 'current' | undefined {
  const crossbar = chain(hardware, ({ base }) => base?.ref)
    .flatMap(({ bindings }) => bindings.flatMap(({ target }) => target?.ref ?? []))
    .find(ast.isCrossbar);
  if (!crossbar) return undefined;
  const readout = chain(crossbar, ({ base }) => base?.ref)
    .flatMap(({ body }) => body?.properties ?? [])
    .find(({ parameter }) => parameter?.$refText === 'readout');
  return readout?.values[0]?.$cstNode?.text === 'current' ? 'current' : 'voltage';
}

/** Units of the signals that a role wires to its block. */
function signalUnits(role: string, hardware: ast.Hardware): readonly string[] {
  if (role === 'product' || role === 'sum') return ['V', 'V'];
  if (role !== 'readout') return ['V'];
  return readoutOf(hardware) === 'current' ? ['A'] : ['V', 'V'];
}

/** Whether a block takes just the signals that a role wires to it. */
export function fitsRole(block: ast.Block, role: string, hardware: ast.Hardware): boolean {
  const supplied: readonly string[] = suppliedPorts;
  const units = signalUnits(role, hardware);
  const signals = block.inputs.filter(({ name }) => !supplied.includes(name));
  return signals.length === units.length && signals.every(({ unit }, index) => unit === units[index]);
}

/** The block in scope that most likely realises a role: of its own name, or else the first whose ports fit. */
export function likelyBlock(
  role: string,
  hardware: ast.Hardware,
  services: LoomServices,
): string | undefined {
  const names = services.references.ScopeProvider.getScope({
    container: { $type: ast.Binding.$type, $container: AstUtils.findRootNode(hardware) },
    property: 'target',
    reference: { $refText: '', ref: undefined },
  })
    .getAllElements()
    .filter(({ node }) => ast.isBlock(node) && fitsRole(node, role, hardware))
    .map(({ name }) => name)
    .toArray();
  return names.find((name) => name.toLowerCase() === role.toLowerCase()) ?? names[0];
}
