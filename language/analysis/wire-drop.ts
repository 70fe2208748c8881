import { layoutOf, type SizedNetwork } from '@memloom/sim-core';
import { dummyRows } from './array-fit.ts';
import type { Analysis } from './context.ts';
import { figure, percent } from './figures.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, nearestPlace, pairPlace } from './places.ts';

/** Share of the read voltage that wires may take. */
const budget = 0.1;

/**
 * The read voltage that is lost on the way to the farthest device and back. To first order a line of n devices of
 * conductance G on segments of resistance r, fed from one end, loses r·G·n·(n + 1)/2 of its voltage; word line and bit
 * line add up. Devices count with the middle of their window, as half of them do in a differential array at most.
 */
export function checkWireDrop(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { array } = pair;
  if (!array || !(array.crossbar.wire > 0) || array.crossbar.readout !== 'current') return;
  const { crossbar, device } = array;
  const conductance = (device.array.gOn + device.array.gOff) / 2;
  const loss = (lines: number) => (crossbar.wire * conductance * lines * (lines + 1)) / 2;
  let worst: { layer: string; rows: number; columns: number; share: number } | undefined;
  for (const layer of network.layers)
    for (const { wordLines, bitLines } of layoutOf(layer, crossbar, dummyRows(crossbar))?.tiles ?? []) {
      const share = loss(bitLines) + loss(wordLines);
      if (share > (worst?.share ?? budget))
        worst = { layer: layer.name, rows: wordLines, columns: bitLines, share };
    }
  const text = analysis.declarations.crossbar(crossbar.name);
  if (!worst || !text) return;
  const where = nearestPlace(analysis.document, [
    {
      place: crossbarPlace(text, 'wire'),
      message: `A wire segment of ${crossbar.name} has ${figure(crossbar.wire)} Ohm.`,
    },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${pair.hardware.name} here.`,
    },
  ]);
  const lines = Math.max(1, Math.floor(Math.sqrt(budget / (crossbar.wire * conductance))));
  const details = {
    crossbar: crossbar.name,
    rows: worst.rows,
    columns: worst.columns,
    layer: worst.layer,
    wire: `${figure(crossbar.wire)} Ohm`,
    conductance: `${figure(conductance * 1e6)} uS`,
    share: percent(Math.min(1, worst.share)),
    budget: percent(budget),
    fits: `${lines} x ${lines}`,
  };
  if (where) analysis.report('crossbar.drop', where.place, details, where.related);
}
