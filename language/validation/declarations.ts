import type { Declarations } from '../analysis/places.ts';
import type { NamedDeclaration } from '../elaborate/design.ts';
import * as ast from '../generated/ast.ts';

/** The declarations of a design to be found by kind and name. */
export function declarationsByName(declarations: readonly NamedDeclaration[]): Declarations {
  const byKind = new Map<string, ast.Declaration>();
  for (const { name, declaration } of declarations) byKind.set(`${kindOf(declaration)} ${name}`, declaration);
  const find =
    <T extends ast.Declaration>(kind: string, is: (node: unknown) => node is T) =>
    (name: string): T | undefined => {
      const found = byKind.get(`${kind} ${name}`);
      return is(found) ? found : undefined;
    };
  return {
    crossbar: find('Crossbar', ast.isCrossbar),
    device: find('Device', ast.isDevice),
    hardware: find('Hardware', ast.isHardware),
    network: find('Network', ast.isNetwork),
    experiment: find('Experiment', ast.isExperiment),
    dataset: find('Dataset', ast.isDataset),
    cell: find('Cell', ast.isCell),
  };
}

const kindOf = (declaration: ast.Declaration): string =>
  ast.isDevice(declaration) ? 'Device' : declaration.$type;
