/** A word of a command line; what was quoted is to be quoted again. */
export interface CommandWord {
  readonly text: string;
  readonly quoted: boolean;
}

/** Takes a command line apart at its spaces, as `npx memloom` or `"C:\\My Tools\\memloom.cmd"`. */
export const commandWords = (line: string): readonly CommandWord[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(([word, double, single]) => {
    const inside = double ?? single;
    return { text: inside ?? word, quoted: inside !== undefined };
  });
