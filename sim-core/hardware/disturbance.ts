import type { WeightArray } from './array-targets.ts';
import { type Conductances, conductances } from './conductance.ts';
import { devicePlaces, placeDevices, type TilePlaces } from './device-places.ts';
import type { Disturbance } from './made-device.ts';
import type { PulseWriter, Stress } from './pulse-writing.ts';

/**
 * What writing and reading an array does to devices that it is not meant for.
 *
 * Half-select: devices are written one after another, row by row, each pulse V as V/2 on its word line and -V/2 on its
 * bit line, so that all other devices of the two lines see V/2. Each device suffers that of the devices written after it,
 * all raising pulses before all lowering ones, which is our order. Transistors and selectors keep it off.
 *
 * Reads: each device sees for their whole time what its cell leaves it of the read voltage, of its negative on the second
 * word line of a pair. Devices of dummy rows are not counted.
 */
export function disturbance(array: WeightArray): Disturbance | undefined {
  const { writer, stress, device, crossbar } = array;
  if (!stress) return undefined;
  const isRead = (device.reads ?? 0) > 0;
  const isBare = (crossbar.cell?.kind ?? 'passive') === 'passive';
  const halves = writer && isBare ? halfSelect(array, writer, stress) : undefined;
  if (!halves && !isRead) return undefined;
  return {
    note: (side, p, time) => halves?.note(side, p, time),
    act(actual) {
      halves?.act(actual);
      if (isRead) readAll(array, stress, actual);
    },
  };
}

function readAll(
  { device, crossbar, crossing, layout }: WeightArray,
  stress: Stress,
  actual: Conductances,
): void {
  const width = device.conditions?.readTime ?? 0;
  const time = (device.reads ?? 0) * width;
  for (const side of ['plus', 'minus'] as const) {
    const values = actual[side];
    const isSecond = side === 'minus' && layout.arrangement === 'rows';
    const word = new Float64Array(values.length).fill(isSecond ? -crossbar.vRead : crossbar.vRead);
    const across = crossing.deviceVoltages?.(values, word, new Float64Array(values.length)) ?? word;
    for (const [p, v] of across.entries()) values[p] = stress(values[p], v, time, width);
  }
}

function halfSelect({ layout }: WeightArray, { pulses }: PulseWriter, stress: Stress): Disturbance {
  const places = layout.tiles.map((_, index) => devicePlaces(layout, index));
  const [up, down] = [conductances(layout), conductances(layout)];
  return {
    note(side, p, time) {
      up[side][p] = time.up;
      down[side][p] = time.down;
    },
    act(actual) {
      for (const tile of places) {
        const [raising, lowering] = [laterTimes(tile, up), laterTimes(tile, down)];
        for (const side of ['plus', 'minus'] as const)
          for (const { device, cell } of tile[side]) {
            const raised = stress(actual[side][device], pulses.up / 2, raising[cell], pulses.width);
            actual[side][device] = stress(raised, pulses.down / 2, lowering[cell], pulses.width);
          }
      }
    },
  };
}

/** For each cell, the time of the pulses on its two lines after its own. */
function laterTimes(places: TilePlaces, time: Conductances): Float64Array {
  const { wordLines, bitLines } = places;
  const own = new Float64Array(wordLines * bitLines);
  placeDevices(places, time, own);
  const later = new Float64Array(own.length);
  const below = new Float64Array(bitLines);
  for (let row = wordLines - 1; row >= 0; row--) {
    let right = 0;
    for (let column = bitLines - 1; column >= 0; column--) {
      const cell = row * bitLines + column;
      later[cell] = right + below[column];
      right += own[cell];
      below[column] += own[cell];
    }
  }
  return later;
}
