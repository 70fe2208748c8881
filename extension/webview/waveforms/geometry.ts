import type { SeriesWindow } from '../../results/series.ts';
import type { LaneLayout } from '../../waveforms/lane-layout.ts';
import type { LaneWindow } from '../../waveforms/lanes.ts';
import type { Interval, WaveformSource, WaveformsState } from '../../waveforms/view.ts';

/** What there is to draw. */
export interface ChartModel {
  readonly sources: readonly WaveformSource[];
  /** Of the sources; each revision has other curves. */
  readonly revision: number;
  readonly lanes: readonly LaneLayout[];
  readonly state: WaveformsState;
  readonly range: Interval;
}

/** What the worker of one source said about the visible part. */
export interface SourceWindow {
  /** Columns of the source, in the order of the window's. */
  readonly columns: readonly number[];
  readonly window: SeriesWindow;
  readonly digital: readonly LaneWindow[];
}

/** Where everything lies on a drawing of the given size, in pixels. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly digital: readonly { readonly top: number; readonly name: string }[];
  readonly frames: readonly Frame[];
  readonly axisTop: number;
  readonly range: Interval;
}

export interface Frame {
  readonly lane: LaneLayout;
  readonly top: number;
  readonly bottom: number;
  readonly scale: Interval;
}

export const digitalHeight = 20;
export const smallestLane = 110;
const gutter = 64;
const margin = 12;
const axisHeight = 36;
const gap = 10;

/** The height that the lanes need at least. */
export const neededHeight = ({ sources, lanes }: ChartModel): number =>
  (sources[0]?.series.lanes.length ?? 0) * digitalHeight + lanes.length * (smallestLane + gap) + axisHeight;

export function geometryOf(
  model: ChartModel,
  windows: ReadonlyMap<number, SourceWindow>,
  width: number,
  height: number,
): Geometry {
  const names = model.sources[0]?.series.lanes ?? [];
  const top = names.length * digitalHeight;
  const axisTop = height - axisHeight;
  const each = (axisTop - top) / Math.max(1, model.lanes.length);
  const frames = model.lanes.map((lane, at) => ({
    lane,
    top: top + at * each + gap,
    bottom: top + (at + 1) * each,
    scale: model.state.scales[lane.key] ?? visibleScale(lane, windows),
  }));
  return {
    width,
    height,
    left: gutter,
    right: width - margin,
    digital: names.map((name, at) => ({ name, top: at * digitalHeight })),
    frames,
    axisTop,
    range: model.range,
  };
}

/** From the lowest to the highest visible value, with some air. */
function visibleScale({ curves }: LaneLayout, windows: ReadonlyMap<number, SourceWindow>): Interval {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { source, column } of curves) {
    const values = columnOf(windows.get(source), column);
    if (values === undefined) continue;
    for (let at = 0; at < values.length; at++) {
      if (values[at] < low) low = values[at];
      if (values[at] > high) high = values[at];
    }
  }
  if (low > high) return { from: 0, to: 1 };
  const air = high > low ? 0.06 * (high - low) : Math.abs(high) * 0.1 || 1;
  return { from: low - air, to: high + air };
}

export const columnOf = (held: SourceWindow | undefined, column: number): Float64Array | undefined =>
  held?.window.columns[held.columns.indexOf(column)];

export const toPixelX = ({ left, right, range }: Geometry, x: number): number =>
  left + ((x - range.from) / (range.to - range.from)) * (right - left);

export const toX = ({ left, right, range }: Geometry, pixel: number): number =>
  range.from + ((pixel - left) / (right - left)) * (range.to - range.from);

export const toPixelY = ({ top, bottom, scale }: Frame, value: number): number =>
  bottom - ((value - scale.from) / (scale.to - scale.from)) * (bottom - top);

export const toValue = ({ top, bottom, scale }: Frame, pixel: number): number =>
  scale.from + ((bottom - pixel) / (bottom - top)) * (scale.to - scale.from);

export const frameAt = ({ frames }: Geometry, y: number): Frame | undefined =>
  frames.find(({ top, bottom }) => y >= top && y <= bottom);
