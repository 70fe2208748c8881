/** Colours of the current VS Code theme, for what CSS does not reach: what is drawn on a canvas or into a file. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly target: string;
  readonly cursor: string;
  readonly selection: string;
  readonly lines: readonly string[];
  readonly family: string;
}

const lineColours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'];

export function currentTheme(): Theme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string) =>
    resolved(style.getPropertyValue(`--vscode-${name}`).trim() || otherwise);
  const text = colour('foreground', '#808080');
  return {
    background: colour('editor-background', '#ffffff'),
    text,
    muted: colour('descriptionForeground', text),
    grid: resolved(withAlpha(text, 0.15)),
    target: text,
    cursor: colour('focusBorder', text),
    selection: resolved(withAlpha(colour('focusBorder', text), 0.2)),
    lines: lineColours.map((name) => opaque(colour(`charts-${name}`, text))),
    family: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  };
}

/** Calls `change` each time the user changes the theme: VS Code then rewrites the classes of the body. */
export function onThemeChange(change: () => void): void {
  new MutationObserver(change).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}

/** The colour as `rgb(…)` or `rgba(…)`: files and other programs do not know the theme's variables and functions. */
function resolved(colour: string): string {
  const context = probe();
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 255
    ? `rgb(${red}, ${green}, ${blue})`
    : `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`;
}

let kept: CanvasRenderingContext2D | undefined;

function probe(): CanvasRenderingContext2D {
  if (kept !== undefined) return kept;
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This page cannot draw on a canvas.');
  kept = context;
  return context;
}

/** Some themes make chart colours from half-transparent ones, too faint for a line. */
const opaque = (colour: string) => colour.replace(/^rgba\((.*), [\d.]+\)$/, 'rgb($1)');

/** The colour with the opacity given, for bands and grids. */
export const withAlpha = (colour: string, alpha: number) =>
  `color-mix(in srgb, ${colour} ${Math.round(100 * alpha)}%, transparent)`;
