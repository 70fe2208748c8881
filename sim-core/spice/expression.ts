import type { BinaryFunction } from '../design/design.ts';
import type { LawExpression, LawFunction } from '../devices/laws/law.ts';

/**
 * An expression in the notation of ngspice's behavioural sources (manual, section 5.1). Powers are safe: `pwr` keeps the
 * sign of its base, and `^` and `**` differ between versions, so small whole exponents are written out and others are
 * exponentials. Exponentials stop short of an overflow, which an iteration of Newton's can come by on its way.
 *
 * @param nameOf what stands for a name: `V(node)`, `{parameter}` or a number.
 */
export function spiceExpression(expression: LawExpression, nameOf: (name: string) => string): string {
  const within = (part: LawExpression) => spiceExpression(part, nameOf);
  switch (expression.op) {
    case 'number':
      return spiceNumber(expression.value);
    case 'reference':
      return nameOf(expression.name);
    case 'unary':
      return unary[expression.fn](within(expression.of));
    case 'binary':
      return expression.fn === 'power'
        ? power(expression.left, within(expression.left), expression.right, within(expression.right))
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

/** Beyond any physical value, and far enough from the largest double that products stay finite. */
const mostExponent = 200;
const bounded = (x: string): string => `min(max(${x},${-mostExponent}),${mostExponent})`;

const unary: Readonly<Record<LawFunction, (x: string) => string>> = {
  negate: (x) => `(-(${x}))`,
  // The same function, without an exponential that could overflow.
  sigmoid: (x) => `(0.5+0.5*tanh(0.5*(${x})))`,
  hardSigmoid: (x) => `min(max(0.2*(${x})+0.5,0),1)`,
  tanh: (x) => `tanh(${x})`,
  relu: (x) => `max(${x},0)`,
  exp: (x) => `exp(min(${x},${mostExponent}))`,
  ln: (x) => `ln(${x})`,
  sqrt: (x) => `sqrt(${x})`,
  abs: (x) => `abs(${x})`,
  sinh: (x) => `sinh(${bounded(x)})`,
  cosh: (x) => `cosh(${bounded(x)})`,
  asin: (x) => `asin(${x})`,
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

function power(left: LawExpression, base: string, right: LawExpression, exponent: string): string {
  const whole = right.op === 'number' && Number.isInteger(right.value) ? right.value : Number.NaN;
  if (Math.abs(whole) <= 10) {
    const product = Array.from({ length: Math.abs(whole) }, () => `(${base})`).join('*') || '1';
    return whole < 0 ? `(1/(${product}))` : `(${product})`;
  }
  if (isNonNegative(left) || (right.op === 'number' && !Number.isInteger(right.value)))
    return `exp(min((${exponent})*ln(max(${base},1e-300)),${mostExponent}))`;
  // A negative base has a power only where the exponent is whole, and there cos(π·exponent) is its sign.
  return `((${base})<0?cos(${Math.PI}*(${exponent})):1)*exp(min((${exponent})*ln(max(abs(${base}),1e-300)),${mostExponent}))`;
}

/** Whether an expression says of itself that it is not negative. */
export function isNonNegative(expression: LawExpression): boolean {
  switch (expression.op) {
    case 'number':
      return expression.value >= 0;
    case 'unary':
      return ['exp', 'sqrt', 'abs', 'cosh', 'sigmoid', 'hardSigmoid', 'relu', 'step'].includes(expression.fn);
    case 'binary':
      if (expression.fn === 'maximum')
        return isNonNegative(expression.left) || isNonNegative(expression.right);
      return (
        expression.fn === 'power' && expression.right.op === 'number' && expression.right.value % 2 === 0
      );
    case 'clamp':
      return isNonNegative(expression.low);
    default:
      return false;
  }
}
