import type { BinaryFunction, Expression, UnaryFunction } from '../design/design.ts';

/**
 * An expression in the notation of ngspice's behavioural sources (manual, section 5.1). Every power has a base that
 * cannot be negative or an exponent that is a small whole number, which is written out: `pwr` keeps the sign of its base,
 * and `^` and `**` differ between versions.
 *
 * @param nameOf what stands for a name: `V(node)`, `{parameter}` or a number.
 */
export function spiceExpression(expression: Expression, nameOf: (name: string) => string): string {
  const within = (part: Expression) => spiceExpression(part, nameOf);
  switch (expression.op) {
    case 'number':
      return spiceNumber(expression.value);
    case 'reference':
      return nameOf(expression.name);
    case 'unary':
      return unary[expression.fn](within(expression.of));
    case 'binary':
      return expression.fn === 'power'
        ? power(within(expression.left), expression.right, within(expression.right))
        : binary[expression.fn](within(expression.left), within(expression.right));
    case 'clamp':
      return `min(max(${within(expression.of)},${within(expression.low)}),${within(expression.high)})`;
    case 'vmm':
    case 'peephole':
      throw new Error(`A circuit's equations have no ${expression.op}.`);
  }
}

/** Shortest decimals that give the same double; negative numbers in parentheses. */
export const spiceNumber = (value: number): string => {
  if (!Number.isFinite(value)) return value > 0 ? '1e300' : '(-1e300)';
  return value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
};

const unary: Readonly<Record<UnaryFunction, (x: string) => string>> = {
  negate: (x) => `(-(${x}))`,
  // The same function, without an exponential that could overflow.
  sigmoid: (x) => `(0.5+0.5*tanh(0.5*(${x})))`,
  hardSigmoid: (x) => `min(max(0.2*(${x})+0.5,0),1)`,
  tanh: (x) => `tanh(${x})`,
  relu: (x) => `max(${x},0)`,
  exp: (x) => `exp(${x})`,
  ln: (x) => `ln(${x})`,
  sqrt: (x) => `sqrt(${x})`,
  abs: (x) => `abs(${x})`,
  sinh: (x) => `sinh(${x})`,
  cosh: (x) => `cosh(${x})`,
  sign: (x) => `sgn(${x})`,
  step: (x) => `((${x})>=0?1:0)`,
  round: (x) => `floor((${x})+0.5)`,
};

const binary: Readonly<Record<Exclude<BinaryFunction, 'power'>, (a: string, b: string) => string>> = {
  add: (a, b) => `(${a}+${b})`,
  subtract: (a, b) => `(${a}-(${b}))`,
  multiply: (a, b) => `(${a})*(${b})`,
  divide: (a, b) => `((${a})/(${b}))`,
  minimum: (a, b) => `min(${a},${b})`,
  maximum: (a, b) => `max(${a},${b})`,
};

function power(base: string, exponent: Expression, text: string): string {
  const whole = exponent.op === 'number' && Number.isInteger(exponent.value) ? exponent.value : Number.NaN;
  if (Math.abs(whole) <= 8) {
    const product = Array.from({ length: Math.abs(whole) }, () => `(${base})`).join('*') || '1';
    return whole < 0 ? `(1/(${product}))` : `(${product})`;
  }
  return `exp((${text})*ln(max(${base},1e-300)))`;
}
