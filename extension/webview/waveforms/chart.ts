import type { Answer, QuestionKind, Questions } from '../../waveforms/questions.ts';
import type { Interval } from '../../waveforms/view.ts';
import { element } from '../element.ts';
import { canvasPen, svgPen } from '../pen.ts';
import { currentTheme } from '../theme.ts';
import { type ChartModel, type Geometry, geometryOf, neededHeight, type SourceWindow } from './geometry.ts';
import { memberAt } from './member.ts';
import { type Painting, paintLanes } from './paint.ts';
import { type Box, paintCursors } from './paint-cursors.ts';

/** Asks the worker of a source. */
export type AskSource = <Kind extends QuestionKind>(
  source: number,
  kind: Kind,
  asked: Questions[Kind]['asked'],
) => Promise<Answer<Kind>>;

export interface Chart {
  readonly element: HTMLElement;
  /** The canvas that takes the pointer. */
  readonly surface: HTMLCanvasElement;
  geometry(): Geometry;
  /** Draws a model: at once from what is held, and again when the workers have answered. */
  show(model: ChartModel): void;
  /** Draws the cursors of the model anew, and a box while one is drawn. */
  showCursors(model: ChartModel, box?: Box): void;
  /** The member of a family whose curve is at a point of the drawing. */
  memberAt(x: number, y: number): number | undefined;
  picture(format: 'png' | 'svg'): Promise<Uint8Array>;
  redraw(): void;
}

interface ChartOptions {
  readonly ask: AskSource;
  /** Called after each drawing with milliseconds of script, and the revision of the sources that was drawn. */
  drawn(script: number, model: ChartModel, revision: number): void;
}

/** Lanes over a common abscissa on two canvases: curves below, cursors above. */
export function createChart({ ask, drawn }: ChartOptions): Chart {
  const curves = element('canvas', { class: 'curves', 'aria-hidden': 'true' });
  const surface = element('canvas', {
    class: 'surface',
    tabindex: '0',
    role: 'application',
    'aria-label': 'Waveforms',
    'aria-describedby': 'waveforms-help',
  });
  const holder = element('div', { class: 'chart' }, curves, surface);
  let model: ChartModel | undefined;
  let windows: ReadonlyMap<number, SourceWindow> = new Map();
  /** Of the sources that the windows are of. */
  let revision = 0;
  let theme = currentTheme();
  let turn = 0;
  let frame = 0;

  const geometry = () =>
    geometryOf(
      model ?? { sources: [], revision: 0, lanes: [], state: noState, range: { from: 0, to: 1 } },
      windows,
      holder.clientWidth,
      holder.clientHeight,
    );
  const painting = (canvas: HTMLCanvasElement): Painting | undefined => {
    const context = canvas.getContext('2d');
    if (model === undefined || context === null || holder.clientWidth === 0) return undefined;
    const place = geometry();
    fit(canvas, place);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    return { pen: canvasPen(context), geometry: place, model, theme, windows };
  };
  const drawCursors = (box?: Box) => {
    const paint = painting(surface);
    if (paint === undefined) return;
    surface.getContext('2d')?.clearRect(0, 0, paint.geometry.width, paint.geometry.height);
    paintCursors(paint, box);
  };
  const draw = () => {
    const started = performance.now();
    const paint = painting(curves);
    if (paint === undefined) return;
    paintLanes(paint);
    drawCursors();
    drawn(performance.now() - started, paint.model, revision);
  };
  /** At most once for each frame of the screen. */
  const drawSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  const fetch = async () => {
    if (model === undefined || holder.clientWidth === 0) return;
    const mine = ++turn;
    const { revision: asked } = model;
    const { left, right } = geometry();
    const fetched = await fetchWindows(ask, model, Math.max(1, Math.floor(right - left)));
    // A later request has overtaken this one.
    if (mine !== turn) return;
    windows = fetched;
    revision = asked;
    drawSoon();
  };
  new ResizeObserver(() => {
    drawSoon();
    void fetch();
  }).observe(holder);
  return {
    element: holder,
    surface,
    geometry,
    show: (next) => {
      model = next;
      // Lanes that do not fit make the page longer rather than the lanes flatter.
      holder.style.minHeight = `${neededHeight(next)}px`;
      drawSoon();
      void fetch();
    },
    showCursors: (next, box) => {
      model = next;
      drawCursors(box);
    },
    memberAt: (x, y) => memberAt(geometry(), windows, x, y),
    redraw: () => {
      theme = currentTheme();
      drawSoon();
    },
    picture: async (format) => {
      const paint = painting(surface);
      if (paint === undefined) throw new Error('There is nothing to draw.');
      return format === 'svg' ? svgPicture(paint) : pngPicture(paint);
    },
  };
}

const noState = {
  sources: [],
  shown: [],
  layout: 'signal',
  scales: {},
  cursors: [],
  levels: [],
  stepped: [],
  snap: 'none',
  measures: false,
  spectrum: false,
  members: false,
} as const;

/** The canvas has a pixel for each of the screen's. */
function fit(canvas: HTMLCanvasElement, { width, height }: Geometry): void {
  const [pixelWidth, pixelHeight] = [width, height].map((size) => Math.round(size * devicePixelRatio));
  if (canvas.width === pixelWidth && canvas.height === pixelHeight) return;
  canvas.width = pixelWidth;
  canvas.height = pixelHeight;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

/** The visible part of every source that has a curve in a lane. */
async function fetchWindows(
  ask: AskSource,
  { sources, lanes, range }: ChartModel,
  pixels: number,
): Promise<ReadonlyMap<number, SourceWindow>> {
  const curves = lanes.flatMap((lane) => lane.curves);
  const entries = await Promise.all(
    sources.map(async ({ series }, source) => {
      const columns = [
        ...new Set(curves.filter((curve) => curve.source === source).map(({ column }) => column)),
      ];
      const visible: Interval & { series: string; pixels: number } = { series: series.id, ...range, pixels };
      const [window, digital] = await Promise.all([
        ask(source, 'window', { ...visible, columns }),
        source === 0 && series.lanes.length > 0 ? ask(source, 'lanes', visible) : [],
      ]);
      return [source, { columns, window, digital }] as const;
    }),
  );
  return new Map(entries);
}

function svgPicture(painting: Painting): Uint8Array {
  const { width, height } = painting.geometry;
  const pen = svgPen(width, height);
  const drawing = { ...painting, pen };
  paintLanes(drawing);
  paintCursors(drawing);
  return new TextEncoder().encode(pen.document(painting.theme.background));
}

async function pngPicture(painting: Painting): Promise<Uint8Array> {
  const { width, height } = painting.geometry;
  const canvas = new OffscreenCanvas(2 * width, 2 * height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page cannot draw on a canvas.');
  context.scale(2, 2);
  const drawing = { ...painting, pen: canvasPen(context as unknown as CanvasRenderingContext2D) };
  paintLanes(drawing);
  paintCursors(drawing);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
