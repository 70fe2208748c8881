import { type ArrayLayout, type CrossbarDesign, layoutOf, type SizedNetwork } from '@memloom/sim-core';
import { dummyRows } from './array-fit.ts';
import type { Analysis } from './context.ts';
import { figure, percent } from './figures.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, nearestPlace, pairPlace } from './places.ts';

/** Where no budget is given: what mappings of the literature commonly allow. */
const usualBudget = 0.1;

type Conductor = 'wordWire' | 'bitWire' | 'source' | 'sense';

interface Lines {
  readonly rows: number;
  readonly columns: number;
}

/** A conductor's resistance, and the share of the read voltage that it takes from the farthest device. */
interface Loss {
  readonly conductor: Conductor;
  readonly resistance: number;
  readonly share: number;
}

/**
 * The read voltage that is lost on the way to the farthest device and back. To first order a line of n devices of
 * conductance G on segments of resistance r, fed from one end, loses r·G·n·(n + 1)/2 of its voltage, fed from both that
 * of half its length; a driver or read-out of resistance R loses R·G·n. Devices count with the middle of their window, as
 * half of them do in a differential array at most. Behind a bit line that is read as a voltage no current flows.
 */
export function checkWireDrop(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { array } = pair;
  if (!array) return;
  const { crossbar, device } = array;
  const budget = crossbar.lossBudget ?? usualBudget;
  const conductance = (device.array.gOn + device.array.gOff) / 2;
  if (!(conductance > 0)) return;
  let worst: { layer: string; lines: Lines; losses: readonly Loss[] } | undefined;
  for (const layer of network.layers)
    for (const tile of layoutOf(layer, crossbar, dummyRows(crossbar))?.tiles ?? []) {
      const lines = linesOf(tile);
      const losses = lossesOf(crossbar, conductance, lines);
      if (total(losses) > (worst ? total(worst.losses) : budget))
        worst = { layer: layer.name, lines, losses };
    }
  const text = analysis.declarations.crossbar(crossbar.name);
  if (!worst || !text) return;
  const { losses, lines, layer } = worst;
  const largest = losses.reduce((a, b) => (b.share > a.share ? b : a));
  const where = nearestPlace(analysis.document, [
    {
      place: conductorPlace(text, largest.conductor),
      message: `${crossbar.name} has ${figure(largest.resistance)} Ohm ${meanings[largest.conductor]}.`,
    },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${pair.hardware.name} here.`,
    },
  ]);
  const side = largestSide(crossbar, conductance, budget);
  const details = {
    crossbar: crossbar.name,
    ...lines,
    layer,
    resistances: losses
      .map(({ conductor, resistance }) => `${figure(resistance)} Ohm ${meanings[conductor]}`)
      .join(', '),
    conductance: `${figure(conductance * 1e6)} uS`,
    share: percent(Math.min(1, total(losses))),
    budget: `${percent(budget)} is ${crossbar.lossBudget === undefined ? 'a common budget' : 'its lossBudget'}`,
    remedy: side >= 1 ? `arrays of ${side} x ${side} keep it` : 'no array keeps it',
  };
  if (where) analysis.report('crossbar.drop', where.place, details, where.related);
}

const meanings: Readonly<Record<Conductor, string>> = {
  wordWire: 'for each segment of a word line',
  bitWire: 'for each segment of a bit line',
  source: 'for each driver',
  sense: 'for each read-out',
};

const linesOf = ({ wordLines, bitLines }: ArrayLayout['tiles'][number]): Lines => ({
  rows: wordLines,
  columns: bitLines,
});

const total = (losses: readonly Loss[]): number => losses.reduce((sum, { share }) => sum + share, 0);

function lossesOf(crossbar: CrossbarDesign, conductance: number, { rows, columns }: Lines): readonly Loss[] {
  const fromBothEnds = crossbar.drive === 'both';
  const alongLine = (count: number) => (conductance * count * (count + 1)) / 2;
  const word = crossbar.wordWire ?? crossbar.wire;
  const bit = crossbar.bitWire ?? crossbar.wire;
  const source = crossbar.source ?? 0;
  const sense = crossbar.sense ?? 0;
  const ends = fromBothEnds ? 2 : 1;
  const losses: readonly Loss[] = [
    { conductor: 'wordWire', resistance: word, share: word * alongLine(columns / ends) },
    { conductor: 'source', resistance: source, share: (source * conductance * columns) / ends },
    ...(crossbar.readout === 'current'
      ? ([
          { conductor: 'bitWire', resistance: bit, share: bit * alongLine(rows) },
          { conductor: 'sense', resistance: sense, share: sense * conductance * rows },
        ] as const)
      : []),
  ];
  return losses.filter(({ share }) => share > 0);
}

/** The largest square array that keeps the budget. */
function largestSide(crossbar: CrossbarDesign, conductance: number, budget: number): number {
  const keeps = (side: number) =>
    total(lossesOf(crossbar, conductance, { rows: side, columns: side })) <= budget;
  let side = 1;
  while (side < 2 ** 20 && keeps(side * 2)) side *= 2;
  for (let step = side / 2; step >= 1; step /= 2) if (keeps(side + step)) side += step;
  return keeps(side) ? side : 0;
}

function conductorPlace(text: Parameters<typeof crossbarPlace>[0], conductor: Conductor) {
  const own = crossbarPlace(text, conductor);
  const isWire = conductor === 'wordWire' || conductor === 'bitWire';
  return isWire && own.node === text ? crossbarPlace(text, 'wire') : own;
}
