/** Colours of the current VS Code theme, for what CSS does not reach: the canvas of a plot. */
export interface Theme {
  readonly text: string;
  readonly grid: string;
  readonly target: string;
  readonly lines: readonly string[];
}

const lineColours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'];

export function currentTheme(): Theme {
  const style = getComputedStyle(document.body);
  const colour = (name: string, otherwise: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = colour('foreground', '#808080');
  return {
    text,
    grid: withAlpha(text, 0.15),
    target: text,
    lines: lineColours.map((name) => opaque(colour(`charts-${name}`, text))),
  };
}

/** Calls `change` each time the user changes the theme: VS Code then rewrites the classes of the body. */
export function onThemeChange(change: () => void): void {
  new MutationObserver(change).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}

/** Some themes make chart colours from half-transparent ones, too faint for a line. */
const opaque = (colour: string) => `rgb(from ${colour} r g b / 1)`;

/** The colour with the opacity given, for bands and grids. */
export const withAlpha = (colour: string, alpha: number) =>
  `color-mix(in srgb, ${colour} ${Math.round(100 * alpha)}%, transparent)`;
