/** A name that is defined in a line of a text, from 0. */
export interface DefinedName {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** `f`, or `c'` of the new value of a state. */
  readonly name: string;
}

/** What the equations of a cell define, from its beginning to the line at which a session stands. */
export function definedAbove(lines: readonly string[], stopped: number): readonly DefinedName[] {
  const names: DefinedName[] = [];
  for (let line = stopped; line >= 0; line--) {
    const text = lines[line] ?? '';
    if (/^\s*(cell|network)\b/.test(text)) return names.reverse();
    const [, indent, name] = /^(\s*)([A-Za-z_]\w*'?)\s*=/.exec(text) ?? [];
    if (name !== undefined) names.push({ line, from: indent.length, to: indent.length + name.length, name });
  }
  return [];
}
