import type { BinaryFunction } from '../design/design.ts';
import type { DeviceLaw, LawExpression, LawFunction, LawState } from '../devices/laws/law.ts';
import { isNonNegative } from './expression.ts';
import { uniqueNames } from './unique-names.ts';
import { verilogWords } from './verilog-words.ts';

/** A state that is driven against a bound rests at this fraction of its span beyond it, as in the SPICE subcircuit. */
const boundWidth = 1e-5;

/**
 * A memristive device as a Verilog-A module (Accellera Verilog-AMS 2.4) with the electrical pins `p` and `n`: analog
 * operators, functions and contributions alone. Parameters keep their names. Each state is the potential of an inner node,
 * scaled to 0 .. 1 between its bounds, as is the unknown of a law that is solved for.
 */
export function verilogA(name: string, law: DeviceLaw): string {
  const nodes = [...law.states.map(stateNode), ...(law.unknown ? ['node_unknown'] : [])];
  const names = uniqueNames(
    [
      law.voltage,
      ...[...law.parameters, ...law.states, ...law.locals].map((each) => each.name),
      ...(law.unknown ? [law.unknown.name] : []),
    ],
    [...verilogWords, ...nodes, ...nodes.map((node) => `rate_${node}`)],
  );
  const nameOf = (reference: string): string => {
    const found = names.get(reference);
    if (found === undefined) throw new Error(`The device's equations name nothing "${reference}".`);
    return found;
  };
  const text = (expression: LawExpression) => verilogExpression(expression, nameOf);
  const variables = [
    ...[law.voltage, ...law.states.map((state) => state.name), ...law.locals.map((local) => local.name)],
    ...(law.unknown ? [law.unknown.name] : []),
  ].map(nameOf);
  return [
    `// ${name}: ${law.doc}`,
    '`include "constants.vams"',
    '`include "disciplines.vams"',
    '',
    `module ${uniqueNames([name], verilogWords).get(name)}(p, n);`,
    '  inout p, n;',
    `  electrical ${['p', 'n', ...nodes].join(', ')};`,
    ...law.parameters.map(
      ({ name: parameter, value, unit, doc }) =>
        `  parameter real ${nameOf(parameter)} = ${real(value)};${comment(unit, doc)}`,
    ),
    `  real ${[...variables, ...law.states.map((state) => `rate_${stateNode(state)}`)].join(', ')};`,
    '',
    '  analog begin',
    `    ${nameOf(law.voltage)} = V(p, n);`,
    ...law.states.map(
      (state) =>
        `    ${nameOf(state.name)} = ${text(state.low)} + (${text(state.high)} - ${text(state.low)}) * min(max(V(${stateNode(state)}), 0.0), 1.0);`,
    ),
    ...(law.unknown
      ? [`    ${nameOf(law.unknown.name)} = ${real(law.unknown.scale)} * V(node_unknown);`]
      : []),
    ...law.locals.map((local) => `    ${nameOf(local.name)} = ${text(local.value)};`),
    ...(law.unknown
      ? [`    V(node_unknown) <+ ${text(law.unknown.value)} / ${real(law.unknown.scale)};`]
      : []),
    `    I(p, n) <+ ${text(law.current)};`,
    ...law.states.flatMap((state) => stateLines(state, text)),
    '  end',
    'endmodule',
    '',
  ].join('\n');
}

function stateLines(state: LawState, text: (expression: LawExpression) => string): readonly string[] {
  const node = stateNode(state);
  const rate = `rate_${node}`;
  const [low, high, initial] = [state.low, state.high, state.initial].map(text);
  const width = real(boundWidth);
  return [
    `    ${rate} = ${text(state.rate)} / (${high} - ${low});`,
    `    ${rate} = max(${rate}, 0.0) * min(1.0, 1.0 - (V(${node}) - 1.0) / ${width}) + min(${rate}, 0.0) * min(1.0, 1.0 + V(${node}) / ${width});`,
    `    V(${node}) <+ idt(${rate}, (${initial} - ${low}) / (${high} - ${low}));`,
  ];
}

const stateNode = ({ name }: LawState): string => `state_${name}`;

const comment = (unit = '', doc = ''): string =>
  unit + doc === '' ? '' : `  // ${[unit, doc].filter((part) => part !== '').join(', ')}`;

/** A real literal: Verilog-A tells 1 and 1.0 apart. */
function real(value: number): string {
  const text = String(value);
  const literal = text.includes('.') ? text : text.replace(/^(-?\d+)/, '$1.0');
  return value < 0 ? `(${literal})` : literal;
}

function verilogExpression(expression: LawExpression, nameOf: (name: string) => string): string {
  const within = (part: LawExpression) => verilogExpression(part, nameOf);
  switch (expression.op) {
    case 'number':
      return real(expression.value);
    case 'reference':
      return nameOf(expression.name);
    case 'unary':
      return unary[expression.fn](within(expression.of));
    case 'binary':
      return expression.fn === 'power'
        ? power(expression.left, expression.right, within)
        : binary[expression.fn](within(expression.left), within(expression.right));
    case 'clamp':
      return `min(max(${within(expression.of)}, ${within(expression.low)}), ${within(expression.high)})`;
    case 'vmm':
    case 'peephole':
      throw new Error(`A device's equations have no ${expression.op}.`);
  }
}

/** Exponentials stop short of an overflow, as in the SPICE subcircuit. */
const mostExponent = '200.0';

const unary: Readonly<Record<LawFunction, (x: string) => string>> = {
  negate: (x) => `(-${x})`,
  sigmoid: (x) => `(0.5 + 0.5 * tanh(0.5 * ${x}))`,
  hardSigmoid: (x) => `min(max(0.2 * ${x} + 0.5, 0.0), 1.0)`,
  tanh: (x) => `tanh(${x})`,
  relu: (x) => `max(${x}, 0.0)`,
  exp: (x) => `exp(min(${x}, ${mostExponent}))`,
  ln: (x) => `ln(${x})`,
  sqrt: (x) => `sqrt(${x})`,
  abs: (x) => `abs(${x})`,
  sinh: (x) => `sinh(min(max(${x}, -${mostExponent}), ${mostExponent}))`,
  cosh: (x) => `cosh(min(max(${x}, -${mostExponent}), ${mostExponent}))`,
  asin: (x) => `asin(${x})`,
  sign: (x) => `((${x} > 0.0) ? 1.0 : ((${x} < 0.0) ? -1.0 : 0.0))`,
  step: (x) => `((${x} >= 0.0) ? 1.0 : 0.0)`,
  round: (x) => `floor(${x} + 0.5)`,
};

const binary: Readonly<Record<Exclude<BinaryFunction, 'power'>, (a: string, b: string) => string>> = {
  add: (a, b) => `(${a} + ${b})`,
  subtract: (a, b) => `(${a} - ${b})`,
  multiply: (a, b) => `(${a} * ${b})`,
  divide: (a, b) => `(${a} / ${b})`,
  minimum: (a, b) => `min(${a}, ${b})`,
  maximum: (a, b) => `max(${a}, ${b})`,
};

/** `pow` of a negative base has a value only where the exponent is whole, and near zero no finite slope. */
function power(
  base: LawExpression,
  exponent: LawExpression,
  within: (part: LawExpression) => string,
): string {
  if (exponent.op === 'number' && Number.isInteger(exponent.value))
    return `pow(${within(base)}, ${real(exponent.value)})`;
  return isNonNegative(base)
    ? `pow(max(${within(base)}, 1.0e-300), ${within(exponent)})`
    : `pow(${within(base)}, ${within(exponent)})`;
}
