/** A figure as plain data: drawn to SVG by {@link drawFigure}, read again by the cursor of the page. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** One sentence that says what is seen; also what a screen reader says. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Axis {
  readonly label: string;
  /** Empty for a plain number. */
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  /** Only whole numbers have a meaning, as for a time step. */
  readonly whole?: boolean;
  /** Labels in place of numbers: `labels[k]` stands at k. */
  readonly labels?: readonly string[];
}

export interface Series {
  readonly name: string;
  /** Index into the palette of the style sheet: a run keeps its colour in all figures. `ink` is the text's own colour. */
  readonly colour: number | 'ink';
  /** `linked`: points with error bars, joined by a line. `outline`: steps, each point the left edge of its step. */
  readonly mark: 'line' | 'dashed' | 'outline' | 'linked';
  readonly x: readonly number[];
  /** A `null` interrupts the line. */
  readonly y: readonly (number | null)[];
  /** Half width of a band around a line or of an error bar on a point, one standard deviation. */
  readonly deviation?: readonly number[];
}

export const axisText = ({ label, unit }: Axis): string => (unit === '' ? label : `${label} (${unit})`);
