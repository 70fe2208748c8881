import { type ArrayLayout, type CrossbarDesign, layoutOf, type SizedNetwork } from '@memloom/sim-core';
import type { Analysis } from './context.ts';
import type { Pair } from './pairs.ts';
import { crossbarPlace, isGiven, nearestPlace, pairPlace } from './places.ts';

/** Whether the layers fit into the crossbar's size, and how many arrays they take where they are tiled. */
export function checkArrayFit(pair: Pair, network: SizedNetwork, analysis: Analysis): void {
  const { array } = pair;
  const size = array?.crossbar.size;
  if (!array || !size) return;
  const { crossbar } = array;
  const layouts = network.layers.flatMap((layer) => layoutOf(layer, crossbar, dummyRows(crossbar)) ?? []);
  if (layouts.length === 0) return;
  const tallest = layouts.reduce((a, b) => (b.wordLines > a.wordLines ? b : a));
  const widest = layouts.reduce((a, b) => (b.bitLines > a.bitLines ? b : a));
  const fits = `${tallest.wordLines + dummyRows(crossbar)} x ${widest.bitLines}`;
  checkSide('rows', tallest, pair, crossbar, fits, analysis);
  checkSide('columns', widest, pair, crossbar, fits, analysis);
}

/** Rows that the dummies of voltage read-out take at least. */
export const dummyRows = ({ readout, normalise }: CrossbarDesign): number =>
  readout === 'voltage' && normalise === 'dummyRow' ? 1 : 0;

/** One side of the array that needs most of it. */
function checkSide(
  side: 'rows' | 'columns',
  layout: ArrayLayout,
  pair: Pair,
  crossbar: CrossbarDesign,
  fits: string,
  analysis: Analysis,
): void {
  const text = analysis.declarations.crossbar(crossbar.name);
  const has = crossbar.size?.[side] ?? Infinity;
  const needs = side === 'rows' ? layout.wordLines + dummyRows(crossbar) : layout.bitLines;
  if (!text || needs <= has) return;
  const arrays = layout.tiles.length;
  // Tiling that is written is meant.
  if (arrays > 1 && isGiven(text, 'tiling')) return;
  const found = nearestPlace(analysis.document, [
    { place: crossbarPlace(text, 'size'), message: `The size of ${crossbar.name} is given here.` },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${pair.hardware.name} here.`,
    },
  ]);
  if (!found) return;
  const makeUp = side === 'rows' ? rowMakeUp(layout, crossbar, has) : columnMakeUp(layout);
  const details = { crossbar: crossbar.name, layer: layout.layer, has, needs, makeUp, fits };
  if (arrays > 1)
    analysis.report(`crossbar.tiled.${side}`, found.place, { ...details, arrays }, found.related);
  else analysis.report(`crossbar.${side}`, found.place, details, found.related);
}

/** `x (1) + h (4) + bias (1), in pairs, and 1 dummy row`; with the likely slip where the size given is that of single rows. */
function rowMakeUp(layout: ArrayLayout, crossbar: CrossbarDesign, given: number): string {
  const elements = layout.rowGroups.reduce((sum, { size }) => sum + size, 0);
  const inPairs = layout.arrangement === 'rows';
  const dummies = dummyRows(crossbar) > 0 ? ', and 1 dummy row' : '';
  const slip =
    inPairs && (given === elements || given === elements + dummyRows(crossbar))
      ? `. ${given} rows would hold them without their pairs: each drives a word line with +v and one with -v`
      : '';
  return `${listed(layout.rowGroups)}${inPairs ? ', in pairs' : ''}${dummies}${slip}`;
}

function columnMakeUp(layout: ArrayLayout): string {
  const pairs = layout.arrangement === 'columns' ? ', in pairs' : '';
  const references = layout.arrangement === 'reference' ? ', and a reference line for each' : '';
  const slices = layout.slices > 1 ? `, in ${layout.slices} slices` : '';
  return `${listed(layout.columnGroups)}${pairs}${references}${slices}`;
}

const listed = (groups: readonly { readonly name: string; readonly size: number }[]): string =>
  groups.map(({ name, size }) => `${name} (${size})`).join(' + ');
