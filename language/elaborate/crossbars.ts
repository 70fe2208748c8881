import type { CrossbarDesign, CrossingDesign } from '@memloom/sim-core';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.ts';
import { chain } from '../references/members.ts';
import { type Context, originOf } from './context.ts';
import { type Properties, readProperties } from './properties.ts';
import { linksOfCycle } from './related-cycle.ts';

export function elaborateCrossbar(crossbar: ast.Crossbar, context: Context): CrossbarDesign {
  const name = context.use(crossbar);
  const links = chain(crossbar, (link) => link.base?.ref);
  if (links[links.length - 1].base?.ref)
    context.report(
      'extends.cycle',
      { node: crossbar, property: 'base' },
      { names: links.map((link) => link.name).join(' → ') },
      linksOfCycle(links),
    );
  const inherited = [...links.slice(1)].reverse().flatMap((link) => link.body?.properties ?? []);
  const properties = readProperties(
    'crossbar',
    crossbar,
    crossbar.body?.properties ?? [],
    context,
    inherited,
  );
  const device = properties.device('device');
  if (!properties.given('device') && !isSolved(crossbar)) {
    const details = { owner: crossbar.name, name: 'device', meaning: 'The device at each crossing' };
    context.report('parameter.missing', { node: crossbar, property: 'name' }, details);
  }
  const size = properties.size('size');
  const sizeProperty = properties.given('size');
  if (size && sizeProperty && (size.rows < 1 || size.columns < 1))
    context.report(
      'dimension.value',
      { node: sizeProperty, property: 'values', index: 0 },
      { dimension: 'size' },
    );
  const weightMax = properties.number('weightMax');
  const lossBudget = properties.number('lossBudget');
  return {
    id: `crossbar:${name}`,
    name,
    origin: originOf(crossbar),
    device: device ? context.use(device) : '',
    cell: crossing(crossbar, properties, context),
    ...(size ? { size } : {}),
    readout: properties.word('readout') === 'current' ? 'current' : 'voltage',
    ...arrangement(properties),
    pairs: properties.word('pairs') === 'columns' ? 'columns' : 'rows',
    normalise: properties.word('normalise') === 'amplifier' ? 'amplifier' : 'dummyRow',
    vRead: properties.number('vRead') ?? 0,
    ...conductors(properties),
    wireCapacitance: properties.number('wireCapacitance') ?? 0,
    load: properties.number('load') ?? 0,
    ...(weightMax === undefined ? {} : { weightMax }),
    ...(lossBudget === undefined ? {} : { lossBudget }),
  };
}

/** What stands in series with each device. */
function crossing(crossbar: ast.Crossbar, properties: Properties, context: Context): CrossingDesign {
  const word = properties.word('cell');
  const kind = word === 'transistor' || word === 'selector' ? word : 'passive';
  const onResistance = properties.number('onResistance');
  checkCell(crossbar, kind, onResistance !== undefined, context);
  // The schema has a default for each of these.
  const number = (name: string) => properties.number(name) ?? 0;
  return {
    kind,
    ...(onResistance === undefined ? {} : { onResistance }),
    gate: number('gate'),
    gateThreshold: number('gateThreshold'),
    transconductance: number('transconductance'),
    selectorCurrent: number('selectorCurrent'),
    selectorVoltage: number('selectorVoltage'),
  };
}

const square: ReadonlySet<string> = new Set(['gate', 'gateThreshold', 'transconductance']);
const selecting: ReadonlySet<string> = new Set(['selectorCurrent', 'selectorVoltage']);

/** A property of another kind of cell, given by the crossbar itself, would have no effect. */
function checkCell(
  { body }: ast.Crossbar,
  kind: CrossingDesign['kind'],
  isResistor: boolean,
  { report }: Context,
): void {
  for (const node of body?.properties ?? []) {
    const property = node.parameter?.$refText;
    const ofTransistor = property === 'onResistance' || square.has(property);
    const reason =
      ofTransistor && kind !== 'transistor'
        ? 'the cells have no transistor: cell = transistor gives them one'
        : square.has(property) && isResistor
          ? 'onResistance says already what the transistor does'
          : selecting.has(property) && kind !== 'selector'
            ? 'the cells have no selector: cell = selector gives them one'
            : undefined;
    if (reason) report('property.unfit', { node, property: 'parameter' }, { property, reason });
  }
}

/** Whether an experiment of the file gives the cells of the crossbar, or of one that extends it, itself. */
export function isSolved(crossbar: ast.Crossbar): boolean {
  const experiments = AstUtils.getContainerOfType(crossbar, ast.isModel)?.declarations.filter(
    ast.isExperiment,
  );
  const solved = (experiments ?? [])
    .flatMap(({ statements }) => statements.filter(ast.isSolve))
    .flatMap((statement) => statement.crossbar?.ref ?? []);
  return solved.some((one) => chain(one, (link) => link.base?.ref).includes(crossbar));
}

/** Lines, drivers and read-outs that are no ideal conductors. */
function conductors(
  properties: Properties,
): Pick<CrossbarDesign, 'wire' | 'wordWire' | 'bitWire' | 'source' | 'sense' | 'drive'> {
  const [wordWire, bitWire] = [properties.number('wordWire'), properties.number('bitWire')];
  return {
    wire: properties.number('wire') ?? 0,
    ...(wordWire === undefined ? {} : { wordWire }),
    ...(bitWire === undefined ? {} : { bitWire }),
    source: properties.number('source') ?? 0,
    sense: properties.number('sense') ?? 0,
    drive: properties.word('drive') === 'both' ? 'both' : 'left',
  };
}

/** How weights are spread over devices and arrays. */
function arrangement(
  properties: Properties,
): Pick<
  CrossbarDesign,
  'coding' | 'tiling' | 'partialSums' | 'slices' | 'sliceBits' | 'inputCycles' | 'cycleBits' | 'inputRange'
> {
  const coding = properties.word('coding');
  const slices = properties.number('slices');
  const inputCycles = properties.number('inputCycles');
  return {
    coding: coding === 'complementary' || coding === 'offset' ? coding : 'differential',
    tiling: properties.word('tiling') !== 'false',
    partialSums: properties.word('partialSums') === 'analog' ? 'analog' : 'digital',
    ...(slices === undefined ? {} : { slices }),
    sliceBits: properties.number('sliceBits') ?? 0,
    ...(inputCycles === undefined ? {} : { inputCycles }),
    cycleBits: properties.number('cycleBits') ?? 1,
    inputRange: properties.number('inputRange') ?? 1,
  };
}
