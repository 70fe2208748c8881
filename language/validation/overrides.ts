import { plainText } from '../analysis/cells/terms.ts';
import type { Report } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { cellChain, chain } from '../references/members.ts';

/** What a declaration says anew although what it extends says the same. */
export function checkOverrides(declaration: ast.Declaration, report: Report): void {
  if (ast.isCell(declaration)) checkEquations(declaration, report);
  if (ast.isCrossbar(declaration))
    checkProperties(
      declaration.body?.properties ?? [],
      chain(declaration, (link) => link.base?.ref)
        .slice(1)
        .map((link) => link.body?.properties ?? []),
      report,
    );
  if (ast.isHardware(declaration)) {
    const inherited = chain(declaration, (link) => link.base?.ref).slice(1);
    checkProperties(
      declaration.properties,
      inherited.map((link) => link.properties),
      report,
    );
    checkBindings(declaration, inherited, report);
  }
  if (ast.isDerivedDevice(declaration)) checkDevice(declaration, report);
}

function checkEquations(cell: ast.Cell, report: Report): void {
  const inherited = cellChain(cell).slice(1);
  for (const equation of cell.equations) {
    const earlier = nearest(inherited, (link) => link.equations.find(({ name }) => name === equation.name));
    if (!earlier || plainText(earlier) !== plainText(equation)) continue;
    // A state of the variant gives the same words another meaning.
    if (cell.states.some(({ variables }) => variables.length > 0)) continue;
    say(equation, equation.name, earlier.$container as ast.Cell, earlier, report);
  }
}

function checkProperties(
  own: readonly ast.Property[],
  inherited: readonly (readonly ast.Property[])[],
  report: Report,
): void {
  for (const property of own) {
    const name = property.parameter?.$refText;
    const earlier = nearest(inherited, (list) => list.find(({ parameter }) => parameter?.$refText === name));
    if (earlier && plainText(earlier) === plainText(property))
      say(property, name, ownerOf(earlier), earlier, report);
  }
}

function checkBindings(hardware: ast.Hardware, inherited: readonly ast.Hardware[], report: Report): void {
  for (const binding of hardware.bindings) {
    const role = binding.role?.$refText;
    const earlier = nearest(inherited, (link) =>
      link.bindings.find((other) => other.role?.$refText === role),
    );
    if (earlier && plainText(earlier) === plainText(binding))
      say(binding, role, ownerOf(earlier), earlier, report);
  }
}

function checkDevice(device: ast.DerivedDevice, report: Report): void {
  const inherited = chain<ast.Device>(device, (link) => {
    const base = ast.isDerivedDevice(link) ? link.base?.ref : undefined;
    return ast.isDevice(base) ? base : undefined;
  })
    .slice(1)
    .filter(ast.isDerivedDevice);
  checkProperties(
    device.body?.properties ?? [],
    inherited.map((link) => link.body?.properties ?? []),
    report,
  );
  for (const argument of device.arguments) {
    const name = argument.parameter?.$refText;
    const earlier = nearest(inherited, (link) =>
      link.arguments.find(({ parameter }) => name !== undefined && parameter?.$refText === name),
    );
    if (name !== undefined && earlier && plainText(earlier) === plainText(argument))
      say(argument, name, ownerOf(earlier), earlier, report);
  }
}

const nearest = <L, T>(links: readonly L[], find: (link: L) => T | undefined): T | undefined => {
  for (const link of links) {
    const found = find(link);
    if (found) return found;
  }
  return undefined;
};

function ownerOf(node: ast.Property | ast.Binding | ast.Argument): { readonly name?: string } {
  const { $container: container } = node;
  return ast.isPropertyBody(container)
    ? (container.$container as { name?: string })
    : (container as { name?: string });
}

function say(
  node: ast.Equation | ast.Property | ast.Binding | ast.Argument,
  name: string,
  owner: { readonly name?: string },
  earlier: ast.Equation | ast.Property | ast.Binding | ast.Argument,
  report: Report,
): void {
  const base = owner.name ?? 'what it extends';
  report('override.same', { node }, { name, base }, [
    { place: { node: earlier }, message: `${base} says so here.` },
  ]);
}
