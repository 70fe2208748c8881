import type { LangiumDocument } from 'langium';
import { AstUtils } from 'langium';
import type { Place, Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { chain } from '../references/members.ts';
import type { NetworkUse } from './pairs.ts';

/** The declarations that a design came from, by kind and name. */
export interface Declarations {
  crossbar(name: string): ast.Crossbar | undefined;
  device(name: string): ast.Device | undefined;
  hardware(name: string): ast.Hardware | undefined;
  network(name: string): ast.Network | undefined;
  experiment(name: string): ast.Experiment | undefined;
  dataset(name: string): ast.Dataset | undefined;
  cell(name: string): ast.Cell | undefined;
}

/** A property where a crossbar or what it extends gives it; the name of the crossbar where it is the default. */
export function crossbarPlace(crossbar: ast.Crossbar, property: string): Place {
  for (const link of chain(crossbar, (current) => current.base?.ref)) {
    const found = link.body?.properties.find(({ parameter }) => parameter?.$refText === property);
    if (found) return { node: found, property: 'values', index: 0 };
  }
  return { node: crossbar, property: 'name' };
}

export const isGiven = (crossbar: ast.Crossbar, property: string): boolean =>
  ast.isProperty(crossbarPlace(crossbar, property).node);

/** The hardware's own statement of a property, or that of what it extends. */
export function hardwarePlace(hardware: ast.Hardware, property: string): Place {
  for (const link of chain(hardware, (current) => current.base?.ref)) {
    const found = link.properties.find(({ parameter }) => parameter?.$refText === property);
    if (found) return { node: found, property: 'values', index: 0 };
  }
  return { node: hardware, property: 'name' };
}

/** Where a role is bound, in the hardware or in what it extends. */
export function bindingPlace(hardware: ast.Hardware, role: string): Place {
  for (const link of chain(hardware, (current) => current.base?.ref)) {
    const found = link.bindings.find((binding) => binding.role?.$refText === role);
    if (found) return { node: found, property: 'target' };
  }
  return { node: hardware, property: 'name' };
}

/** Where a device gives a parameter or a property of its array; its name where that is a default. */
export function devicePlace(device: ast.Device, names: readonly string[]): Place {
  for (const link of chain<ast.Device>(device, baseDevice)) {
    const [argument] = ast.isDerivedDevice(link)
      ? link.arguments.filter(({ parameter }) => names.includes(parameter?.$refText ?? ''))
      : [];
    if (argument) return { node: argument };
    const body = ast.isDerivedDevice(link) ? (link.body?.properties ?? []) : [];
    const property = body.find(({ parameter }) => names.includes(parameter?.$refText));
    if (property) return { node: property };
  }
  return { node: device, property: 'name' };
}

function baseDevice(device: ast.Device): ast.Device | undefined {
  const base = ast.isDerivedDevice(device) ? device.base?.ref : undefined;
  return ast.isDevice(base) ? base : undefined;
}

/** Where an experiment names the file of its weights, if it does. */
export function weightsPlace(
  { name }: { readonly name: string },
  declarations: Declarations,
): Place | undefined {
  const statement = declarations.experiment(name)?.statements.find(ast.isWeights);
  return statement && { node: statement, property: 'file' };
}

/** Where a text says that the network is on the hardware: the experiment, or the network itself. */
export function pairPlace(
  { network, hardware, experiment }: NetworkUse,
  declarations: Declarations,
): Place | undefined {
  const statement = experiment && declarations.experiment(experiment.name);
  for (const use of statement?.statements ?? []) {
    const references = ast.isInfer(use)
      ? use.hardware
      : ast.isTrain(use) && use.hardware
        ? [use.hardware]
        : [];
    const index = references.findIndex(
      ({ ref }) =>
        ref !== undefined && hardware !== undefined && declarations.hardware(hardware.name) === ref,
    );
    if (index >= 0) return { node: use, property: 'hardware', ...(ast.isInfer(use) ? { index } : {}) };
  }
  if (statement) return { node: statement, property: 'name' };
  const declared = declarations.network(network.name);
  return declared && { node: declared, property: hardware ? 'hardware' : 'name', index: 0 };
}

/** Where a data set says how its values are scaled; its name where it leaves them as they are. */
export const datasetPlace = (dataset: ast.Dataset): Place => propertyPlace(dataset, 'scale');

/** A property of a data set; its name where that is a default. */
export function propertyPlace(dataset: ast.Dataset, property: string): Place {
  const found = dataset.body?.properties.find(({ parameter }) => parameter?.$refText === property);
  return found ? { node: found, property: 'values', index: 0 } : { node: dataset, property: 'name' };
}

/** The first place that lies in the document that is checked; the others become related. */
export function nearestPlace(
  document: LangiumDocument,
  candidates: readonly { readonly place: Place | undefined; readonly message: string }[],
): { readonly place: Place; readonly related: readonly Related[] } | undefined {
  const known = candidates.flatMap(({ place, message }) => (place ? [{ place, message }] : []));
  const own = known.find(({ place }) => AstUtils.getDocument(place.node) === document);
  return own && { place: own.place, related: known.filter((other) => other !== own) };
}
