import { element } from '../element.ts';
import { formatQuantity } from '../numbers.ts';
import { currentTheme } from '../theme.ts';
import { type ColourScale, colourScale, gradientStops, paintValues } from './colours.ts';

/** One quantity of an array, `[rows][columns]`. */
export interface MapModel {
  readonly rows: number;
  readonly columns: number;
  readonly rowLabel: (row: number) => string;
  readonly columnLabel: (column: number) => string;
  readonly values: Float64Array;
  readonly unit: string;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface HeatMap {
  readonly element: HTMLElement;
  readonly surface: HTMLCanvasElement;
  show(model: MapModel): void;
  redraw(): void;
}

interface Options {
  /** The crossing under the pointer or chosen by the arrow keys. */
  point(cell: Cell | undefined): void;
  choose(cell: Cell): void;
  drawn(script: number, model: MapModel): void;
}

/** Pixels beside the map for the names of lines and the scale of colours. */
const margin = { left: 76, top: 22, right: 84, bottom: 8 };
/** Pixels that a line must be wide for its name to be written. */
const legible = 13;

/**
 * A map that is painted once, pixel by device, and then only moved and enlarged: a frame costs the same for every size.
 * Drag moves, the wheel and + − zoom, Home shows all, the arrows move a mark, Enter reveals its text.
 */
export function createHeatMap({ point, choose, drawn }: Options): HeatMap {
  const surface = element('canvas', { tabindex: '0', role: 'application', 'aria-label': 'Map of the array' });
  const holder = element('div', { class: 'map' }, surface);
  const image = document.createElement('canvas');
  let model: MapModel | undefined;
  let scale: ColourScale | undefined;
  /** The visible part, in lines. */
  let view = { row: 0, column: 0, rows: 1, columns: 1 };
  let marked: Cell | undefined;
  let frame = 0;

  const area = () => ({
    width: Math.max(1, holder.clientWidth - margin.left - margin.right),
    height: Math.max(1, holder.clientHeight - margin.top - margin.bottom),
  });
  const draw = () => {
    if (model === undefined || scale === undefined || holder.clientWidth === 0) return;
    const started = performance.now();
    paint(surface, holder, image, { model, scale, view, marked, ...area() });
    drawn(performance.now() - started, model);
  };
  const drawSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  const look = (next: typeof view) => {
    if (model === undefined) return;
    const columns = Math.min(model.columns, Math.max(2, next.columns));
    const rows = Math.min(model.rows, Math.max(2, next.rows));
    view = {
      rows,
      columns,
      row: Math.max(0, Math.min(model.rows - rows, next.row)),
      column: Math.max(0, Math.min(model.columns - columns, next.column)),
    };
    drawSoon();
  };
  const whole = () => model && look({ row: 0, column: 0, rows: model.rows, columns: model.columns });
  const cellAt = (x: number, y: number): Cell | undefined => {
    const { width, height } = area();
    const column = Math.floor(view.column + ((x - margin.left) / width) * view.columns);
    const row = Math.floor(view.row + ((y - margin.top) / height) * view.rows);
    if (model === undefined || x < margin.left || y < margin.top) return undefined;
    return row < model.rows && column < model.columns && x <= margin.left + width
      ? { row, column }
      : undefined;
  };
  const zoom = (factor: number, at: { x: number; y: number } = { x: 0.5, y: 0.5 }) =>
    look({
      rows: view.rows * factor,
      columns: view.columns * factor,
      row: view.row + view.rows * (1 - factor) * at.y,
      column: view.column + view.columns * (1 - factor) * at.x,
    });
  const mark = (cell: Cell | undefined) => {
    marked = cell;
    point(cell);
    drawSoon();
  };
  follow(surface, {
    cellAt,
    mark,
    choose,
    zoom: (factor, x, y) => {
      const { width, height } = area();
      zoom(factor, { x: (x - margin.left) / width, y: (y - margin.top) / height });
    },
    pan: (dx, dy) => {
      const { width, height } = area();
      look({
        ...view,
        column: view.column - (dx / width) * view.columns,
        row: view.row - (dy / height) * view.rows,
      });
    },
    key: (key) => {
      const { row, column } = marked ?? { row: Math.floor(view.row), column: Math.floor(view.column) };
      const { rows, columns } = model ?? { rows: 1, columns: 1 };
      const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
      const to = (down: number, right: number) =>
        mark({ row: within(row + down, rows), column: within(column + right, columns) });
      const keys: Readonly<Record<string, () => void>> = {
        ArrowUp: () => to(-1, 0),
        ArrowDown: () => to(1, 0),
        ArrowLeft: () => to(0, -1),
        ArrowRight: () => to(0, 1),
        '+': () => zoom(0.5),
        '-': () => zoom(2),
        Home: () => whole(),
        Enter: () => marked && choose(marked),
      };
      keys[key]?.();
      return key in keys;
    },
  });
  new ResizeObserver(drawSoon).observe(holder);
  return {
    element: holder,
    surface,
    redraw: drawSoon,
    show: (next) => {
      const sameSize = model?.rows === next.rows && model.columns === next.columns;
      model = next;
      scale = colourScale(next.values);
      paintImage(image, next, scale);
      if (sameSize) drawSoon();
      else whole();
    },
  };
}

function paintImage(image: HTMLCanvasElement, { rows, columns, values }: MapModel, scale: ColourScale): void {
  image.width = columns;
  image.height = rows;
  const context = image.getContext('2d');
  if (context === null) return;
  const pixels = new ImageData(columns, rows);
  paintValues(values, scale, new Uint32Array(pixels.data.buffer));
  context.putImageData(pixels, 0, 0);
}

interface Scene {
  readonly model: MapModel;
  readonly scale: ColourScale;
  readonly view: {
    readonly row: number;
    readonly column: number;
    readonly rows: number;
    readonly columns: number;
  };
  readonly marked: Cell | undefined;
  readonly width: number;
  readonly height: number;
}

function paint(
  surface: HTMLCanvasElement,
  holder: HTMLElement,
  image: HTMLCanvasElement,
  scene: Scene,
): void {
  const context = surface.getContext('2d');
  if (context === null) return;
  const [width, height] = [holder.clientWidth, holder.clientHeight];
  const ratio = devicePixelRatio;
  if (surface.width !== Math.round(width * ratio) || surface.height !== Math.round(height * ratio)) {
    surface.width = Math.round(width * ratio);
    surface.height = Math.round(height * ratio);
    surface.style.width = `${width}px`;
    surface.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = scene.view.columns > scene.width;
  const { column, row, columns, rows } = scene.view;
  context.drawImage(image, column, row, columns, rows, margin.left, margin.top, scene.width, scene.height);
  const theme = currentTheme();
  context.font = `11px ${theme.family}`;
  context.textBaseline = 'middle';
  paintNames(context, scene, theme.muted);
  paintScale(context, scene, theme.muted);
  if (scene.marked === undefined) return;
  context.strokeStyle = theme.cursor;
  context.lineWidth = 2;
  context.strokeRect(
    margin.left + ((scene.marked.column - column) / columns) * scene.width,
    margin.top + ((scene.marked.row - row) / rows) * scene.height,
    Math.max(2, scene.width / columns),
    Math.max(2, scene.height / rows),
  );
}

/** What the lines carry, as many as are legible. */
function paintNames(
  context: CanvasRenderingContext2D,
  { model, view, width, height }: Scene,
  colour: string,
): void {
  context.fillStyle = colour;
  const everyRow = Math.ceil((legible * view.rows) / height);
  context.textAlign = 'right';
  for (let row = everyRow * Math.ceil(view.row / everyRow); row < view.row + view.rows; row += everyRow)
    context.fillText(
      model.rowLabel(row),
      margin.left - 6,
      margin.top + ((row + 0.5 - view.row) / view.rows) * height,
      margin.left - 8,
    );
  const everyColumn = Math.ceil((46 * view.columns) / width);
  context.textAlign = 'center';
  const first = everyColumn * Math.ceil(view.column / everyColumn);
  for (let column = first; column < view.column + view.columns; column += everyColumn)
    context.fillText(
      model.columnLabel(column),
      margin.left + ((column + 0.5 - view.column) / view.columns) * width,
      margin.top - 10,
      44,
    );
}

function paintScale(
  context: CanvasRenderingContext2D,
  { model, scale, width, height }: Scene,
  colour: string,
): void {
  const left = margin.left + width + 10;
  const gradient = context.createLinearGradient(0, margin.top + height, 0, margin.top);
  const stops = gradientStops(scale);
  for (const [at, stop] of stops.entries()) gradient.addColorStop(at / (stops.length - 1), stop);
  context.fillStyle = gradient;
  context.fillRect(left, margin.top, 10, height);
  context.fillStyle = colour;
  context.textAlign = 'left';
  for (const part of [0, 0.5, 1])
    context.fillText(
      formatQuantity(scale.low + part * (scale.high - scale.low), model.unit),
      left + 14,
      margin.top + Math.min(height - 6, Math.max(6, (1 - part) * height)),
      margin.right - 26,
    );
}

interface Pointer {
  cellAt(x: number, y: number): Cell | undefined;
  mark(cell: Cell | undefined): void;
  choose(cell: Cell): void;
  zoom(factor: number, x: number, y: number): void;
  pan(dx: number, dy: number): void;
  /** Whether the key means something. */
  key(key: string): boolean;
}

function follow(surface: HTMLCanvasElement, pointer: Pointer): void {
  let from: { x: number; y: number; moved: boolean } | undefined;
  surface.addEventListener('pointerdown', ({ offsetX: x, offsetY: y, pointerId }) => {
    surface.setPointerCapture(pointerId);
    from = { x, y, moved: false };
  });
  surface.addEventListener('pointermove', ({ offsetX: x, offsetY: y }) => {
    if (from === undefined) return pointer.mark(pointer.cellAt(x, y));
    const moved = from.moved || Math.hypot(x - from.x, y - from.y) > 4;
    if (moved) pointer.pan(x - from.x, y - from.y);
    from = moved ? { x, y, moved } : from;
  });
  surface.addEventListener('pointerup', ({ offsetX: x, offsetY: y }) => {
    const cell = from?.moved ? undefined : pointer.cellAt(x, y);
    from = undefined;
    if (cell !== undefined) pointer.choose(cell);
  });
  surface.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      pointer.zoom(Math.exp(event.deltaY / 400), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  surface.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && pointer.key(event.key)) event.preventDefault();
  });
}
