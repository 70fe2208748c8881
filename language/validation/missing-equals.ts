/** A value that stands behind its name without "=", and where. */
export interface MissingEquals {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

/** A number with what may be its unit, or a text in quotes. */
const value =
  /-?[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?(?:[ \t]*(?:%|\/?[A-Za-zµΩ\u2126][\w^*/µΩ\u2126]*))?|"[^"\n\r]*"/.source;
/** Where a setting begins: behind a bracket, a separator or `param`, or with its line. */
const setting = `([({,;]\\s*|^[ \\t]*(?:param[ \\t]+)?)([A-Za-z]\\w*)[ \\t]+(${value})`;

/** Words that a value follows without "=". */
const statements: ReadonlySet<string> = new Set(
  'seed transient trials for sine triangle pulses program weights import over then by up down'.split(' '),
);

/**
 * The missing "=" that the parser stumbled over: at the value, at the name where nothing but a setting can stand, or at
 * the bracket in front of arguments.
 */
export function missingEquals(source: string, offset: number): MissingEquals | undefined {
  const isCall = source.charAt(offset) === '(';
  const from = isCall ? offset : source.lastIndexOf('\n', offset - 1) + 1;
  const to = isCall ? endOfBrackets(source, offset) : endOfLine(source, offset);
  for (const match of source.slice(from, to).matchAll(new RegExp(setting, 'gmu'))) {
    const [whole, lead, name, text] = match;
    const start = from + match.index;
    const at = start + whole.length - text.length;
    const isHere = isCall || offset === at || offset === start + lead.length;
    if (isHere && !statements.has(name)) return { name, value: text, offset: at };
  }
  return undefined;
}

function endOfLine(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end === -1 ? source.length : end;
}

/** Where the bracket at an offset closes; where the brackets are broken, where its braces begin or end. */
function endOfBrackets(source: string, offset: number): number {
  let depth = 0;
  for (let at = offset; at < source.length; at++) {
    const mark = source.charAt(at);
    if (mark === '{' || mark === '}') return at;
    if (mark === '(') depth++;
    if (mark === ')' && --depth === 0) return at;
  }
  return source.length;
}
