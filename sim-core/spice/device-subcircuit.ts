import type { DeviceLaw, LawExpression, LawState } from '../devices/laws/law.ts';
import { spiceExpression } from './expression.ts';
import { uniqueNames } from './unique-names.ts';

/** Farads on which a state is kept; any value does, its current follows it. */
const stateCapacitance = 1e-9;

/** A state that is driven against a bound rests at this fraction of its span beyond it; the device sees the bound. */
const boundWidth = 1e-5;

/**
 * A memristive device as an ngspice subcircuit between the nodes `p` and `n`. Its parameters keep their names. Each state is
 * the voltage of a further pin, scaled to 0 .. 1 between its bounds, which may be probed and must not be loaded; it begins
 * at its initial value where the transient says `uic`.
 *
 * At a bound the rate that leads outward falls to zero within {@link boundWidth}, without a jump that Newton's iteration
 * would trip over.
 *
 * @param programmed the parameters `start_PIN`, where a state begins as a share of its span, and `scale`, which the current is
 * multiplied by, come on top: what devices of an array differ in.
 */
export function deviceSubcircuit(name: string, law: DeviceLaw, programmed = false): readonly string[] {
  const pins = statePins(law);
  const own = programmed ? ['scale=1', ...pins.map((pin) => `start_${pin}=0`)] : [];
  const { nameOf, parameters } = namesOf(
    law,
    pins,
    own.map((each) => each.split('=')[0]),
  );
  const text = (expression: LawExpression) => spiceExpression(expression, nameOf);
  return [
    ...wrapped(`${name}: ${law.doc}`),
    ...law.parameters.map(
      (parameter) =>
        `* ${parameters.get(parameter.name)}${parameter.unit ? ` in ${parameter.unit}` : ''}${parameter.doc ? `: ${parameter.doc}` : ''}`,
    ),
    `.subckt ${name} p n ${pins.join(' ')}${pins.length > 0 ? ' ' : ''}params:`,
    ...law.parameters.map(({ name: each, value }) => `+ ${parameters.get(each)}=${value}`),
    ...own.map((each) => `+ ${each}`),
    ...unknownLines(law, text),
    `Bdevice p n I=${programmed ? `{scale}*(${text(law.current)})` : text(law.current)}`,
    ...law.states.flatMap((state, j) => stateLines(state, pins[j], text, programmed)),
    `.ends ${name}`,
  ];
}

type Writer = (expression: LawExpression) => string;

/** How expressions refer to things; locals are written out where they are used. Parameters make way for those `taken`. */
function namesOf(law: DeviceLaw, pins: readonly string[], taken: readonly string[]) {
  const parameters = uniqueNames(
    law.parameters.map(({ name }) => name),
    [...reserved, ...taken],
    (name) => name.toLowerCase(),
  );
  const written = new Map<string, string>([[law.voltage, 'V(p,n)']]);
  for (const { name } of law.parameters) written.set(name, `{${parameters.get(name)}}`);
  const nameOf = (reference: string): string => {
    const found = written.get(reference);
    if (found === undefined) throw new Error(`The device's equations name nothing "${reference}".`);
    return found;
  };
  law.states.forEach((state, j) => void written.set(state.name, physical(state, pins[j], nameOf)));
  if (law.unknown) written.set(law.unknown.name, `(${law.unknown.scale}*V(unknown))`);
  for (const { name, value } of law.locals) written.set(name, `(${spiceExpression(value, nameOf)})`);
  return { nameOf, parameters };
}

/** A state in its own unit, kept within its bounds where the node is beyond. */
const physical = (state: LawState, pin: string, nameOf: (name: string) => string): string => {
  const [low, high] = [spiceExpression(state.low, nameOf), spiceExpression(state.high, nameOf)];
  const share = `min(max(V(${pin}),0),1)`;
  return low === '0' && high === '1' ? share : `(${low}+(${high}-(${low}))*${share})`;
};

const unknownLines = ({ unknown }: DeviceLaw, text: Writer): readonly string[] =>
  unknown
    ? [
        `* ${unknown.name} is what its own equation says, as the voltage of a node in units of ${unknown.scale}.`,
        `Bunknown unknown 0 V=(${text(unknown.value)})/${unknown.scale}`,
      ]
    : [];

function stateLines(state: LawState, pin: string, text: Writer, programmed: boolean): readonly string[] {
  const span = `(${text(state.high)}-(${text(state.low)}))`;
  const given = `{(${bare(text(state.initial))}-(${bare(text(state.low))}))/${bare(span)}}`;
  const initial = programmed ? `{start_${pin}}` : given;
  const rising = `max(V(rate_${pin}),0)*min(1,1-(V(${pin})-1)/${boundWidth})`;
  const falling = `min(V(rate_${pin}),0)*min(1,1+V(${pin})/${boundWidth})`;
  return [
    `* state ${state.name}: its rate per second as a share of its span, and the capacitor that integrates it`,
    `Brate_${pin} rate_${pin} 0 V=(${text(state.rate)})/${span}`,
    `Bmove_${pin} 0 ${pin} I=${stateCapacitance}*(${rising}+${falling})`,
    `C${pin} ${pin} 0 ${stateCapacitance} ic=${initial}`,
    `R${pin} ${pin} 0 1e15`,
  ];
}

/** The pins of a device's states, in their order; ngspice does not tell capitals apart. */
export function statePins({ states }: DeviceLaw): readonly string[] {
  const lower = (name: string) => name.toLowerCase();
  const names = uniqueNames(
    states.map(({ name }) => name),
    [],
    lower,
  );
  return [...names.values()].map((name) => `s_${lower(name)}`);
}

/** An expression over parameters within braces of its own. */
const bare = (text: string): string => text.replaceAll(/[{}]/g, '');

/** Comment lines of moderate length. */
function wrapped(comment: string): readonly string[] {
  const lines: string[] = [];
  for (const word of comment.split(/\s+/)) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length < 110) lines[last] += ` ${word}`;
    else lines.push(`* ${word}`);
  }
  return lines;
}

/** Words that mean something in ngspice's expressions, in lower case. */
const reserved = [
  ...['abs', 'acos', 'acosh', 'agauss', 'asin', 'asinh', 'atan', 'atanh', 'aunif', 'boltz', 'c', 'ceil'],
  ...['cos', 'cosh', 'ddt', 'e', 'echarge', 'exp', 'floor', 'gauss', 'hertz', 'i', 'idt', 'int', 'kelvin'],
  ...[
    'limit',
    'ln',
    'log',
    'log10',
    'max',
    'min',
    'nint',
    'no',
    'params',
    'pi',
    'planck',
    'pow',
    'pwl',
    'pwr',
  ],
  ...['sgn', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'temp', 'temper', 'ternary_fcn', 'time', 'true', 'u'],
  ...[
    'unif',
    'uramp',
    'v',
    'yes',
    'p',
    'n',
    'm',
    'false',
    'vec',
    'and',
    'or',
    'not',
    'mod',
    'div',
    'sqr',
    'var',
  ],
];
