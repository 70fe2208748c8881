import type { WriteStream } from 'node:tty';

type Paint = (text: string) => string;

/** Colours of a stream; plain text where it is no terminal or the user wants none (https://no-color.org). */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
}

export function styleOf(stream: WriteStream, env: NodeJS.ProcessEnv = process.env): Style {
  const coloured = stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
  };
}
