import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { cellChain, deviceParameters, deviceRoot } from './members.ts';

/** The parameters of the prelude's property schema of a name. */
export type SchemaLookup = (name: string) => readonly ast.Parameter[];

/** Something that an argument may set, under the name that it is set by. */
export interface ArgumentName {
  readonly name: string;
  readonly node: ast.ArgumentTarget;
}

/** What an argument is an argument of: the declaration whose parameters it may set. */
export function argumentOwner({ $container: owner }: ast.Argument): AstNode | undefined {
  if (ast.isDerivedDevice(owner)) return deviceRoot(owner);
  if (ast.isParameterSet(owner)) return owner.$container;
  if (ast.isBinding(owner)) return owner.target?.ref;
  return owner.function?.ref;
}

/** The names that an argument may be given by, from what it is an argument of. */
export function argumentNames(owner: AstNode | undefined): readonly ArgumentName[] {
  if (ast.isCell(owner)) return [...named(cellDimensions(owner)), ...unitsOf(owner)];
  const hasParameters =
    ast.isFunctionDeclaration(owner) ||
    ast.isModelDeclaration(owner) ||
    ast.isEquationDevice(owner) ||
    ast.isBlock(owner);
  return hasParameters ? named(owner.parameters) : [];
}

const named = (nodes: readonly ast.ArgumentTarget[]): readonly ArgumentName[] =>
  nodes.map((node) => ({ name: node.name, node }));

/** `units` is the size of a cell's first output, where that is a dimension variable. */
function unitsOf(cell: ast.Cell): readonly ArgumentName[] {
  const dimension = outputDimension(cell);
  return dimension ? [{ name: 'units', node: dimension }] : [];
}

export function outputDimension(cell: ast.Cell): ast.Dimension | undefined {
  const output = cellChain(cell).flatMap((link) => link.outputs)[0];
  const terms = output?.size?.terms ?? [];
  const dimension = terms.length === 1 && terms[0].factor === undefined ? terms[0].dimension : undefined;
  return dimension && cellDimensions(cell).find((first) => first.name === dimension.name);
}

/** A cell's dimension variables, each at its first place. */
export function cellDimensions(cell: ast.Cell): readonly ast.Dimension[] {
  const ports = cellChain(cell).flatMap((link) => [...link.inputs, ...link.outputs]);
  const dimensions = ports.flatMap((port) => port.size?.terms.flatMap((term) => term.dimension ?? []) ?? []);
  return dimensions.filter(
    (dimension, index) => dimensions.findIndex((other) => other.name === dimension.name) === index,
  );
}

/** The schema of a body, by what it is the body of. */
const schemaOf: Readonly<Record<string, string>> = {
  [ast.Hardware.$type]: 'hardware',
  [ast.DerivedDevice.$type]: 'array',
  [ast.EquationDevice.$type]: 'array',
  [ast.Crossbar.$type]: 'crossbar',
  [ast.Dataset.$type]: 'dataset',
  [ast.Train.$type]: 'training',
  [ast.Transient.$type]: 'transient',
  [ast.Characterize.$type]: 'characterize',
  [ast.Solve.$type]: 'solve',
  [ast.Wave.$type]: 'wave',
  [ast.Pulses.$type]: 'pulses',
  [ast.Programming.$type]: 'program',
};

/** The schema of the properties that may stand in a body. */
export const schemaName = (body: ast.Property['$container']): string =>
  schemaOf[(ast.isPropertyBody(body) ? body.$container : body).$type] ?? '';

/** Everything that a sweep or `--set` may change of an owner. */
export function ownedParameters(owner: AstNode | undefined, schemas: SchemaLookup): readonly ast.Parameter[] {
  if (ast.isDevice(owner)) return [...deviceParameters(owner), ...schemas('array')];
  if (ast.isCrossbar(owner)) return schemas('crossbar');
  if (ast.isBlock(owner)) return owner.parameters;
  if (ast.isHardware(owner)) return schemas('hardware');
  if (ast.isDataset(owner)) return [...schemas('dataset'), ...calleeParameters(owner.generator)];
  if (ast.isExperiment(owner)) {
    const optimizer = owner.statements.find(ast.isTrain)?.optimizer;
    return [...schemas('experiment'), ...schemas('training'), ...calleeParameters(optimizer)];
  }
  return [];
}

function calleeParameters(call: ast.Call | undefined): readonly ast.Parameter[] {
  const callee = call?.function?.ref;
  return ast.isFunctionDeclaration(callee) ? callee.parameters : [];
}
