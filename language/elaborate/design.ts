import { type Design, designVersion, readVoltageOf } from '@memloom/sim-core';
import { AstUtils, type LangiumDocument } from 'langium';
import { Utils } from 'vscode-uri';
import * as ast from '../generated/ast.ts';
import { modelOf } from '../references/imports.ts';
import { elaborateBlock } from './blocks.ts';
import { elaborateCell } from './cells.ts';
import type { Context } from './context.ts';
import { elaborateCrossbar } from './crossbars.ts';
import { elaborateDataset } from './datasets.ts';
import { elaborateDevice } from './devices.ts';
import { elaborateExperiment } from './experiments.ts';
import { elaborateHardware } from './hardware.ts';
import { elaborateNetwork } from './networks.ts';

/** What elaboration needs from its host. */
export type Surroundings = Omit<Context, 'use'>;
type Lists = { -readonly [K in keyof Omit<Design, 'version'>]: Design[K][number][] };

/**
 * The design of a document: its own declarations, and those of other documents that they use. Findings are reported
 * for whatever is elaborated, also in other documents.
 */
export function elaborateDesign(document: LangiumDocument, surroundings: Surroundings): Design {
  return elaborateAll(document, surroundings, new DesignNames());
}

/** The design with the declarations that it is made of, by the names that they have there. */
export function elaborateTraced(
  document: LangiumDocument,
  surroundings: Surroundings,
): { readonly design: Design; readonly declarations: readonly NamedDeclaration[] } {
  const names = new DesignNames();
  const design = elaborateAll(document, surroundings, names);
  const declarations = names.inOrder().map((declaration) => ({ name: names.use(declaration), declaration }));
  return { design, declarations };
}

function elaborateAll(document: LangiumDocument, surroundings: Surroundings, names: DesignNames): Design {
  const context: Context = { ...surroundings, use: names.use };
  for (const declaration of modelOf(document)?.declarations ?? []) names.use(declaration);
  const lists: Lists = {
    devices: [],
    crossbars: [],
    blocks: [],
    cells: [],
    hardware: [],
    networks: [],
    datasets: [],
    experiments: [],
  };
  const devices: ast.Device[] = [];
  for (const declaration of names.growing()) {
    if (ast.isDevice(declaration)) devices.push(declaration);
    else elaborateInto(lists, declaration, context);
  }
  // Devices come last: their conductance windows hold at the read voltages of the crossbars that are made of them.
  for (const device of devices)
    lists.devices.push(elaborateDevice(device, (name) => readVoltageOf(lists, name), context));
  return { version: designVersion, ...lists };
}

function elaborateInto(lists: Lists, declaration: ast.Declaration, context: Context): void {
  switch (declaration.$type) {
    case 'Crossbar':
      lists.crossbars.push(elaborateCrossbar(declaration, context));
      break;
    case 'Block':
      lists.blocks.push(elaborateBlock(declaration, context));
      break;
    case 'Cell':
      lists.cells.push(elaborateCell(declaration, context));
      break;
    case 'Hardware':
      lists.hardware.push(elaborateHardware(declaration, context));
      break;
    case 'Network':
      lists.networks.push(elaborateNetwork(declaration, context));
      break;
    case 'Dataset':
      lists.datasets.push(elaborateDataset(declaration, context));
      break;
    case 'Experiment':
      lists.experiments.push(elaborateExperiment(declaration, context));
      break;
    default:
  }
}

/** Every declaration of a document's design under its name there. */
export function reachableDeclarations(
  document: LangiumDocument,
  surroundings: Surroundings,
): readonly NamedDeclaration[] {
  const names = new DesignNames();
  elaborateAll(document, { ...surroundings, report: () => undefined }, names);
  return names.inOrder().map((declaration) => ({ name: names.use(declaration), declaration }));
}

/** A declaration under its name in the design. */
export interface NamedDeclaration {
  readonly name: string;
  readonly declaration: ast.Declaration;
}

/**
 * Unique names for the declarations of a design. Asking for a name makes the declaration part of the design; where
 * declarations of different files share a name, the first keeps it and the others take their file's name in front.
 */
class DesignNames {
  private readonly names = new Map<ast.Declaration, string>();
  private readonly taken = new Set<string>();
  private readonly order: ast.Declaration[] = [];

  readonly use = (declaration: ast.Declaration): string => {
    const known = this.names.get(declaration);
    if (known !== undefined) return known;
    const name = this.freeName(declaration);
    this.taken.add(`${declaration.$type} ${name}`);
    this.names.set(declaration, name);
    this.order.push(declaration);
    return name;
  };

  inOrder(): readonly ast.Declaration[] {
    return this.order;
  }

  /** Every declaration of the design, those that are found on the way included. */
  *growing(): Generator<ast.Declaration> {
    for (let index = 0; index < this.order.length; index++) yield this.order[index];
  }

  private freeName(declaration: ast.Declaration): string {
    const isFree = (name: string) => !this.taken.has(`${declaration.$type} ${name}`);
    const plain = declaration.name ?? '';
    if (isFree(plain)) return plain;
    const file = Utils.basename(AstUtils.getDocument(declaration).uri).replace(/\.loom$/, '');
    let name = `${file}.${plain}`;
    for (let count = 2; !isFree(name); count++) name = `${file}.${plain}_${count}`;
    return name;
  }
}
